"""Verify: measure the treated table from its written bytes and judge every limit of the plan.

What a reader would get wrong: nothing here asks the treatment what it did.  Of what the treat step tells, only its
count of suppressed rows is read, and only to be contradicted by a count of our own.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, Protocol

from release.nouns.dataset import Dataset, Table
from release.nouns.plan import FieldPlan, Plan
from release.nouns.report import RiskReport, UtilityReport
from release.steps.comparison import change, counted
from release.steps.distribution import distribution
from release.steps.exposure import Measured, demanded, expose
from release.steps.judging import judge
from release.steps.linkage import linked_rows
from release.steps.overlap import names_in, same_values, secrets, seen_in
from release.steps.residual import DIRECT, PSEUDONYMS, residual, told
from release.steps.sides import Sides, shape, side_by_side

MEMORY_MB = 768
UNTOUCHED = "keep"
FORMAT_PRESERVING = "fpe"
NAMES = "person.name"
# Format-preserving pseudonyms fall into the same numbers as the raw values, so a few meet by chance.
MEETING_SHARE = 0.01


class TreatedInfo(Protocol):
    """What verification reads of what the treat step tells about itself."""

    @property
    def levels(self) -> Mapping[str, int]:
        """Generalisation level by field."""

    @property
    def suppressed_rows(self) -> int:
        """Rows that came in and did not go out."""


def verify(
    raw: Table, treated: Path, plan: Plan, info: TreatedInfo, *, temp: Path | None = None
) -> tuple[RiskReport, UtilityReport]:
    """The risk and utility of ``treated`` (a Parquet file of strings) beside ``raw``, with a verdict on every limit.

    ``temp`` is where DuckDB may spill.  Raises BadInput when a file cannot be read; a limit that does not hold is a
    verdict, not an exception (see :func:`release.steps.judging.breaches`).
    """
    found = expose(treated, plan, reference=raw.path)
    seen = residual(treated, plan)
    found.values["residual-identifiers"] = float(len(seen))
    found.notes["residual-identifiers"] = told(seen, plan.fields)
    _schema(treated, plan, found)
    with side_by_side(raw.path, treated, memory_mb=MEMORY_MB, temp=temp) as sides:
        compare(sides, plan, info.suppressed_rows, found)
        utility = usefulness(sides, plan, raw.dataset)
    for name, measured in getattr(info, "perturbed", {}).items():
        if name in utility.fields:  # only whoever holds the order of rows can pair them: measured before the shuffle
            utility = replace(
                utility, fields={**utility.fields, name: {**utility.fields[name], "perturbation": measured}}
            )
    report = RiskReport(
        rows_in=sides.raw.rows,
        rows_out=sides.treated.rows,
        suppressed_rows=sides.raw.rows - sides.treated.rows,
        values=found.values,
        classes=found.classes,
        residual=seen,
        verdicts=(*judge(demanded(plan), found.values, found.notes), *found.models),
    )
    return report, utility


def _schema(treated: Path, plan: Plan, found: Measured) -> None:
    """How many places of the header are not what the plan says they are."""
    names, _ = shape(treated)
    wanted = tuple(field.field for field in plan.fields if field.method != "drop")
    wrong = sum(a != b for a, b in zip(names, wanted, strict=False)) + abs(len(names) - len(wanted))
    found.values["schema-mismatches"] = float(wrong)


def compare(sides: Sides, plan: Plan, suppressed: int, found: Measured) -> None:
    """Everything that needs both tables: rows accounted for, rows linked, raw identifiers still to be read."""
    gone = sides.raw.rows - sides.treated.rows
    found.values["rows-unaccounted"] = float(abs(gone - suppressed))
    if sides.raw.rows:
        found.values["suppressed-share"] = max(gone, 0) / sides.raw.rows
    found.values["linked-rows"] = float(linked_rows(sides, plan.quasi_identifiers()))
    leaks = _leaks(sides, plan)
    found.values["raw-overlap"] = float(sum(leaks.values()))
    if leaks:
        found.notes["raw-overlap"] = "Seen in " + ", ".join(f"{name} ({n:,} values)" for name, n in leaks.items()) + "."


def _a_name(entry: FieldPlan) -> bool:
    """Whether the field's names are published by decision (a legal representative's), or are pseudonyms."""
    return entry.method in PSEUDONYMS or (entry.category.startswith(NAMES) and entry.method == UNTOUCHED)


def _leaks(sides: Sides, plan: Plan) -> dict[str, int]:
    """By released field, how many raw values of direct identifiers can be read in it."""
    leaks: dict[str, int] = {}
    direct = [field for field in plan.fields if field.role == DIRECT and field.method != UNTOUCHED]
    with secrets(sides, [field.field for field in direct if field.method != FORMAT_PRESERVING]) as known:
        for field in sides.treated.places:
            found = seen_in(sides, known, field)
            if found:
                leaks[field] = found
    named = [entry.field for entry in direct if entry.category.startswith(NAMES)]
    for entry in plan.fields:
        if entry.field in sides.treated.places and not _a_name(entry):
            found = names_in(sides, named, entry.field)
            if found:
                leaks[entry.field] = max(found, leaks.get(entry.field, 0))
    for entry in plan.fields:
        if entry.method not in PSEUDONYMS or entry.field not in sides.shared():
            continue
        met = same_values(sides, entry.field)
        column = sides.treated.column(entry.field)
        allowed = MEETING_SHARE * sides.one(f"SELECT count(DISTINCT {column}) FROM treated")
        if met > (allowed if entry.method == FORMAT_PRESERVING else 0):
            leaks[entry.field] = max(met, leaks.get(entry.field, 0))
    return leaks


def usefulness(sides: Sides, plan: Plan, dataset: Dataset) -> UtilityReport:
    """Each released field before and after, and the whole.

    ``rows-kept`` is the share of rows released, ``cells-kept`` the share of all raw cells that are released with a
    value of the raw table (removed fields and rows count as lost), ``loss`` the mean over all fields of what is lost
    of a field: its granularity and its removed rows, 1 for a removed field.
    """
    roles = {field.field: field.role for field in plan.fields}
    kinds = {field.name: field.type for field in dataset.fields}
    threshold = max((int(model.params.get("k", 0)) for model in plan.models if model.name == "k-anonymity"), default=0)
    fields: dict[str, dict[str, Any]] = {}
    rows = sides.treated.rows / sides.raw.rows if sides.raw.rows else 0.0
    cells = 0.0
    losses = [1.0] * len(sides.raw.places)
    for place, name in enumerate(sides.shared()):
        with counted(sides, name) as table:
            moved = change(sides, table, kinds[name])
            fields[name] = moved.as_values()
            if roles.get(name) != DIRECT:
                fields[name]["distribution"] = distribution(sides, table, kinds[name], threshold=threshold)
        cells += moved.kept * (sides.treated.rows - moved.missing_after)
        losses[place] = 1 - rows * (1 - moved.granularity_loss)
    present = sum(field.rows - field.missing for field in dataset.fields)
    values = {
        "rows-kept": rows,
        "cells-kept": min(1.0, cells / present) if present else 0.0,
        "loss": sum(losses) / len(losses) if losses else 0.0,
    }
    return UtilityReport({name: round(value, 6) for name, value in values.items()}, fields)
