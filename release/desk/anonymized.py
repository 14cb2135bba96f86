"""``anonymize`` and ``risk`` for people who come with a job of their own: run, report, and lines to read."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from release.job.job import Job
from release.nouns.dataset import Table
from release.nouns.errors import BadInput
from release.nouns.refusal import Refusal
from release.steps.anonymize import anonymize
from release.steps.exposed import exposed_lines
from release.steps.risk import risk
from release.steps.stages import Progress


def anonymize_table(
    table: Table, job: Job | None, *, out: Path, report: Path | None, progress: Progress | None = None
) -> Mapping[str, Any] | tuple[Refusal, ...]:
    """Writes the anonymised table to ``out`` and the report, where asked, to ``report``; gives the report."""
    for path in (out, report):
        if path is not None and path.exists():
            raise BadInput(f"{path.name} exists already.", "Name a new file: nothing is overwritten.")
    done = anonymize(table, _given(job), out, progress=progress)
    if isinstance(done, tuple):
        return done
    document = done.document()
    if report is not None:
        staged = report.with_name(report.name + ".part")
        staged.write_text(json.dumps(document, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
        staged.replace(report)
    return document


def measure_table(table: Table, job: Job | None) -> Mapping[str, Any]:
    """Every model of the job and every risk, measured on the table as it is."""
    return risk(table, _given(job))


def _given(job: Job | None) -> Job:
    if job is None:
        raise BadInput("There is no job file.", "Give one with --job: roles, hierarchies, models.")
    return job


def lines(document: Mapping[str, Any]) -> Iterator[str]:
    """The report of ``anonymize`` for a person."""
    if "recoding" in document:
        yield f"recoding: {document['recoding']}"
        yield f"{document['metric']}: {document['loss']:.10g}"
        for name, value in document["notes"].items():
            if not isinstance(value, dict):
                yield f"{name.replace('_', ' ')}: {value}"
        yield f"rows: {document['rows']:,}, {document['suppressed_rows']:,} suppressed"
        yield from risk_lines(document)
        return
    levels = ", ".join(f"{field} {level}" for field, level in document["levels"].items())
    proof = "proven optimal" if document["optimal"] else "best found in the time given"
    yield f"levels: {levels}"
    yield f"{document['metric']}: {document['loss']:.10g} ({proof}; {document['nodes']['checked']} nodes checked)"
    yield f"rows: {document['rows']:,}, {document['suppressed_rows']:,} suppressed"
    yield from risk_lines(document)


def risk_lines(document: Mapping[str, Any]) -> Iterator[str]:
    """Models, risks and classes, one a line."""
    for model in document.get("models", ()):
        params = " ".join(f"{k}={v}" for k, v in model["params"].items())
        yield f"  {'✓' if model['holds'] else '✗'} {model['name']} {params}   measured {model['value']}"
    for block in ("risk", "classes"):
        for name, value in document.get(block, {}).items():
            if not isinstance(value, (list, tuple, dict)):
                yield f"  {name.replace('_', ' ')}: {value:.6g}" if value is not None else f"  {name}: not defined"
    yield from exposed_lines(document)
