"""Treat a table as its plan says: count, generalise by search, recode, write.

The input is only read.  The same plan, table and key give the same bytes.  The file appears under its final name
when it is whole; until then everything lies in a directory of its own beside it, which goes in any case.  Rows of
tables about persons are shuffled (``shuffle``).
"""

from __future__ import annotations

import shutil
import tempfile
import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from anonymizers.discovery import treatment
from anonymizers.errors import AnonymizerError
from release.nouns.dataset import Table
from release.nouns.errors import BadInput
from release.nouns.plan import Plan
from release.nouns.refusal import Refusal
from release.steps.coding import prepared
from release.steps.fitting import check_plan, model_fields
from release.steps.perturb import perturbed
from release.steps.reading import Counts, count_values, shape
from release.steps.recode import Recoding, labels_at, recode
from release.steps.search import Searched, search
from release.steps.shuffle import order_key
from release.steps.stages import Clock, Progress, Stages
from release.steps.treated import Treated

PERSONAL_ROLES = ("direct-identifier", "quasi-identifier", "sensitive")


def treat(
    table: Table,
    plan: Plan,
    *,
    key: bytes,
    out: Path,
    spans: Any = None,
    progress: Progress | None = None,
    clock: Clock = time.perf_counter,
) -> Treated | tuple[Refusal, ...]:
    """Write the treated table to ``out`` (Parquet, string columns, the plan's order of fields).

    ``key`` is the release key (≥ 32 bytes); ``spans`` finds identifiers in free text: a function from texts to lists
    of (start, end, kind).  Returns refusals where nothing releasable is found: no generalisation satisfies the models,
    no row or no field would stay.  Raises BadInput where plan and table do not fit each other."""
    stages = Stages(clock, progress)
    try:
        check_plan(table, plan, key, spans)
        with perturbed(table, plan, key, stages) as first:
            done = _treat(first.table, first.plan, order_key(key, plan.digest()), key, out, spans, stages)
        return replace(done, perturbed=first.measured) if isinstance(done, Treated) else done
    except AnonymizerError as error:
        raise BadInput(str(error)) from None


def _treat(
    table: Table, plan: Plan, order: bytes, key: bytes, out: Path, spans: Any, stages: Stages
) -> Treated | tuple[Refusal, ...]:
    released = [one for one in plan.fields if one.method != "drop"]
    rows, _, _ = shape(table.path)
    if not rows:
        return (Refusal("treat.no-row", "The table has no rows.", remedy="Bring a table that holds data."),)
    if not released:
        return (
            Refusal("treat.no-field", "The plan drops every field.", remedy="Keep a field, or do not open this table."),
        )
    quasi = [one for one in released if one.role == "quasi-identifier"]
    with stages.stage("count"):
        wanted = [one.field for one in released if one in quasi or treatment(one.method).prepare]
        counts = count_values(table.path, list(dict.fromkeys([*wanted, *model_fields(plan)])))
    searched: Searched | None = None
    if quasi and (plan.models or any(one.method == "generalize" and "level" not in one.params for one in quasi)):
        found = search(table, plan, quasi, counts, key=key, spans=spans, stages=stages)
        if isinstance(found, Refusal):
            return (found,)
        searched = found
    lost = searched.solution.suppressed_rows if searched else 0
    if lost == rows:
        return (_nothing_left(plan),)
    shuffled = any(one.role in PERSONAL_ROLES for one in plan.fields)
    recoding = _recoding(plan, searched, counts, key, spans, order=order if shuffled else None)
    with stages.stage("write") as report:
        notes = _write(table.path, out, recoding, report)
    return _treated(out, rows, searched, notes, "shuffled" if shuffled else "kept", stages.seconds)


def _recoding(
    plan: Plan, searched: Searched | None, counts: Mapping[str, Counts], key: bytes, spans: Any, *, order: bytes | None
) -> Recoding:
    labels = {}
    if searched:
        for number, (quasi, level) in enumerate(zip(searched.axes, searched.solution.levels, strict=True)):
            rows = np.ascontiguousarray(searched.collapsed.keys[:, number])
            labels[quasi.coding.field] = labels_at(quasi.hierarchy, level, rows)
    states = {
        one.field: prepared(one, counts.get(one.field, {}), key=key, spans=spans)
        for one in plan.fields
        if one.field not in labels and one.method != "drop"
    }
    return Recoding(
        fields=plan.fields,
        labels=labels,
        states=states,
        keep=searched.solution.keep if searched else None,
        tuple_of=searched.collapsed.tuple_of if searched else None,
        key=key,
        order_key=order,
    )


def _write(source: Path, out: Path, recoding: Recoding, report: Callable[[float], None]) -> dict[str, dict[str, int]]:
    """Recode into a directory of its own beside ``out``, then put the file in its place in one move."""
    out.parent.mkdir(parents=True, exist_ok=True)
    room = Path(tempfile.mkdtemp(prefix=f".{out.name}-", dir=out.parent))
    try:
        whole = room / "treated.parquet"
        notes = recode(source, whole, recoding, report)
        whole.replace(out)
        return notes
    finally:
        shutil.rmtree(room, ignore_errors=True)


def _treated(
    out: Path,
    rows: int,
    searched: Searched | None,
    notes: Mapping[str, Mapping[str, int]],
    order: str,
    seconds: Mapping[str, float],
) -> Treated:
    axes = searched.axes if searched else ()
    solution = searched.solution if searched else None
    lost = solution.suppressed_rows if solution else 0
    return Treated(
        path=out,
        rows_in=rows,
        rows_out=rows - lost,
        suppressed_rows=lost,
        levels=dict(zip((one.coding.field for one in axes), solution.levels if solution else (), strict=True)),
        heights={one.coding.field: one.hierarchy.height for one in axes},
        loss=solution.loss if solution else 0.0,
        optimal=solution.optimal if solution else True,
        nodes={"lattice": solution.lattice, "checked": solution.checked} if solution else {},
        notes=notes,
        order=order,
        seconds=dict(seconds),
    )


def _nothing_left(plan: Plan) -> Refusal:
    return Refusal(
        "treat.nothing-left",
        "Every row would be suppressed: the table has no group large enough at any allowed level.",
        article=next((limit.article for limit in plan.limits if limit.article), ""),
        remedy="Drop a quasi-identifier or give its hierarchy coarser levels.",
    )
