"""The hierarchy of one field, proposed or as the job has it: what its levels leave, shown by labels of our own making.

Nothing here quotes a cell; only the file that was asked for (ARX's form) holds the column's values.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from anonymizers.build import KEEP_TOP, KIND, SUPPRESS, UNPLACED, grow
from anonymizers.discovery import builder
from anonymizers.errors import AnonymizerError, Unplaced
from anonymizers.hierarchy import MISSING, Hierarchy
from anonymizers.hierarchy_file import write_rows
from anonymizers.propose import NUMERIC, Counts, intervals, preview, propose
from release.job.job import Job
from release.nouns.dataset import Table
from release.nouns.errors import BadInput
from release.steps.classify import classify
from release.steps.reading import count_values, first_row

OWN = "as the job has it"
WORDS = {SUPPRESS: "suppress", KEEP_TOP: "keep-top"}
LISTED = ("rows", "values", "path", "sha256")  # parameters that may hold values or places of files


def show_hierarchy(table: Table, field: str, job: Job | None, *, out: Path | None = None) -> Mapping[str, Any]:
    """The document of ``sluice hierarchy``; the hierarchy itself goes to ``out`` where that is given.

    Raises BadInput on a field that the table lacks, or that nothing can be proposed for."""
    if field not in [one.name for one in table.dataset.fields]:
        raise BadInput(f"The table has no field {field!r}.", "Name one of its fields.")
    counts = count_values(table.path, [field])[field]
    category = _category(table, field, job)
    spec, why = _spec(table, field, job, counts, category)
    lost, hierarchy = _grown(table, field, counts, spec)
    if out is not None:
        part = out.with_name(out.name + ".part")
        write_rows(hierarchy, part)
        part.replace(out)
    return {
        "field": field,
        "category": category,
        "kind": spec[KIND],
        "source": builder(spec[KIND]).source,
        "why": why,
        "hierarchy": {name: value for name, value in spec.items() if name not in LISTED and name != UNPLACED},
        "missing": WORDS.get(spec.get(UNPLACED, ""), "refuse"),
        "rows": sum(counts.values()),
        "distinct": len(counts) - (MISSING in counts),
        "missing_cells": counts.get(MISSING, 0),
        "unplaced": lost,
        "levels": [asdict(level) for level in preview(hierarchy, counts)],
        "intervals": intervals(counts) if table.dataset.field(field).type.value in NUMERIC and why != OWN else None,
    }


def _category(table: Table, field: str, job: Job | None) -> str:
    """The job's word, or the classifiers'."""
    said = job.fields.get(field) if job is not None else None
    if said is not None and said.category:
        return said.category
    return next(one.category for one in classify(table, {}) if one.field == field)


def _spec(table: Table, field: str, job: Job | None, counts: Counts, category: str) -> tuple[dict[str, Any], str]:
    said = job.fields.get(field) if job is not None else None
    if said is not None and said.hierarchy is not None:
        return dict(said.hierarchy), OWN
    least = max((int(one.params["k"]) for one in (job.models if job else ()) if "k" in one.params), default=2)
    found = propose(counts, category=category, type=table.dataset.field(field).type.value, least=least)
    if found is None:
        raise BadInput(
            f"Field {field!r} has values that nothing is known of, and too few rows share one.",
            "Write a hierarchy for it, or leave it out of the quasi-identifiers.",
        )
    return dict(found.spec), found.why


def _grown(table: Table, field: str, counts: Counts, spec: Mapping[str, Any]) -> tuple[dict[str, int], Hierarchy]:
    """What has no place (values, rows, first row: all 0 where nothing is), and the hierarchy with those on top."""
    try:
        try:
            grow(counts, {**spec, UNPLACED: "refuse"})
            lost = {"values": 0, "rows": 0, "first_row": 0}
        except Unplaced as error:
            first = first_row(table.path, field, error.values)
            lost = {"values": len(error.values), "rows": error.rows, "first_row": first}
        return lost, grow(counts, {**spec, UNPLACED: KEEP_TOP})
    except AnonymizerError as error:
        raise BadInput(f"Field {field!r}: {error}") from None


def lines(document: Mapping[str, Any]) -> Iterator[str]:
    """The document for a person."""
    known = f" ({document['category']})" if document["category"] else ""
    yield f"{document['field']}{known}: {document['rows']:,} rows, {document['distinct']:,} distinct values"
    if document["missing_cells"]:
        yield f"  {document['missing_cells']:,} cells are missing"
    yield f"hierarchy: {document['kind']}, {document['why']}"
    if document["source"]:
        yield f"  {document['source']}"
    yield f"  {'level':>5}  {'values':>9}  {'smallest':>9}  for example"
    for level in document["levels"]:
        yield f"  {level['level']:>5}  {level['labels']:>9,}  {level['smallest']:>9,}  {level['example']}".rstrip()
    lost = document["unplaced"]
    if lost["values"]:
        yield (
            f"  {lost['values']:,} distinct values in {lost['rows']:,} rows have no place, the first in row "
            f'{lost["first_row"]:,}: missing = "keep-top" or "suppress"'
        )
    if document["why"] != OWN:
        yield "in a job file:"
        yield f"  [fields.{_toml(document['field'])}]"
        yield '  role = "quasi-identifier"'
        yield f"  hierarchy = {_toml(document['hierarchy'])}"
        if lost["values"]:
            yield f"  missing = {_toml(WORDS[KEEP_TOP])}"
        if document["intervals"]:
            yield f"  # or: hierarchy = {_toml(document['intervals'])}"


def _toml(value: Any) -> str:
    """A value as TOML writes it on one line."""
    if isinstance(value, Mapping):
        return "{ " + ", ".join(f"{name} = {_toml(part)}" for name, part in value.items()) + " }"
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(_toml(part) for part in value) + "]"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str):
        escaped = value.replace("\\", "\\\\").replace('"', '\\"')
        return '"' + "".join(sign if sign.isprintable() else f"\\u{ord(sign):04x}" for sign in escaped) + '"'
    return str(value)
