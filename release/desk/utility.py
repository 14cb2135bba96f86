"""Measure what a treated table is still good for, and draw it into a folder: utility.json, utility.html."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from release.job.job import Job
from release.nouns.dataset import Table
from release.nouns.errors import BadInput
from release.publish.report.utility_page import utility_page
from release.steps.stages import Progress
from release.steps.utility import utility


def measure_utility(
    raw: Table,
    treated: Table,
    job: Job | None,
    *,
    target: str = "",
    paired: bool | None = None,
    out: Path | None = None,
    progress: Progress | None = None,
) -> Mapping[str, Any]:
    """The document; the files, where a folder was named, are both there or not at all."""
    if job is None:
        raise BadInput("There is no job file.", "Give one with --job: roles and hierarchies.")
    found = utility(raw, treated, job, target=target, paired=paired, progress=progress)
    if out is not None:
        _write(out, raw.dataset.name, found)
    return found


def _write(out: Path, name: str, found: Mapping[str, Any]) -> None:
    out.mkdir(parents=True, exist_ok=True)
    texts = {
        "utility.json": json.dumps(found, ensure_ascii=False, indent=2, allow_nan=False) + "\n",
        "utility.html": utility_page(name, found),
    }
    staged = {target: out / f".{target}.part" for target in texts}
    try:
        for target, part in staged.items():
            part.write_text(texts[target], encoding="utf-8")
        for target, part in staged.items():
            part.replace(out / target)
    finally:
        for part in staged.values():
            part.unlink(missing_ok=True)


def utility_lines(found: Mapping[str, Any]) -> Iterator[str]:
    """The document for a person at a terminal."""
    rows = found["rows"]
    told = "rows are paired" if found["paired"] else "rows are not paired: metrics that need pairs are left out"
    yield f"{rows['treated']:,} treated rows of {rows['raw']:,}, {rows['suppressed']:,} suppressed; {told}"
    for name, both in found["table"].items():
        if both["after"] is not None:
            before = f"  (before {both['before']:.6g})" if both["before"] is not None else ""
            yield f"  {found['metrics'][name]['en']}: {both['after']:.6g}{before}"
    yield "fields (total variation, earth mover's, granularity, missings):"
    for name, values in found["fields"].items():
        shown = (values.get(one) for one in ("total-variation", "wasserstein", "granularity", "missings"))
        yield f"  {name}: " + "  ".join("-" if value is None else f"{value:.4f}" for value in shown)
    if found["fields_not_paired"]:
        yield f"pairs are of the first fields only; {len(found['fields_not_paired'])} fields are left out of them"
    worst = sorted((one for one in found["links"] if one["two-way"]), key=lambda one: -one["two-way"]["distance"])[:5]
    if worst:
        yield "pairs that changed most (two-way total variation):"
        for one in worst:
            yield f"  {' × '.join(one['fields'])}: {one['two-way']['distance']:.4f}"
    if found["learning"] is not None:
        yield from _learnt(found["learning"])


def _learnt(found: Mapping[str, Any]) -> Iterator[str]:
    held = "" if found["held_out"] else " (not held out: rows are not paired)"
    yield f"predicting {found['target']} on {found['rows']:,} raw rows{held}:"
    for one in found["models"]:
        treated = "nothing to learn from" if one["treated"] is None else f"{one['treated']:.4f}"
        kept = "" if one["kept"] is None else f", {one['kept']:.0%} of the gain kept"
        yield (
            f"  {one['model']}: {one['metric']} {treated} (raw {one['raw']:.4f}, baseline {one['baseline']:.4f}){kept}"
        )
