"""The second pass over the table: every field treated, rows of suppressed classes left out, one file written.

Quasi-identifiers come out of the labels that the search worked with, so what is published is what was judged.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from anonymizers.discovery import treatment
from anonymizers.hierarchy import MISSING, Hierarchy
from anonymizers.treatment import Context
from release.nouns.plan import FieldPlan
from release.steps.reading import batches, shape
from release.steps.shuffle import Writer, bucket_bits, places

Report = Callable[[float], None]


@dataclass(frozen=True, slots=True)
class Labels:
    """What one quasi-identifier becomes: ``labels[rows[t]]`` for tuple ``t``."""

    labels: pa.Array
    rows: npt.NDArray[np.int32]

    def of(self, tuples: npt.NDArray[np.int32]) -> pa.Array:
        """The labels of rows that fell into ``tuples``."""
        return self.labels.take(pa.array(self.rows[tuples]))


@dataclass(frozen=True, slots=True)
class Recoding:
    """How to write the table.  ``labels`` are by quasi-identifier; ``states`` by field that was prepared; ``keep`` has
    a flag a tuple and ``tuple_of`` a tuple a row, both None where there was no search."""

    fields: Sequence[FieldPlan]
    labels: Mapping[str, Labels]
    states: Mapping[str, Any]
    keep: npt.NDArray[np.bool_] | None
    tuple_of: npt.NDArray[np.int32] | None
    key: bytes
    order_key: bytes | None


def labels_at(hierarchy: Hierarchy, level: int, rows: npt.NDArray[np.int32]) -> Labels:
    """The labels of a hierarchy at ``level``; the empty text is a missing cell."""
    texts = [row[level] if row[level] != MISSING else None for row in hierarchy.rows]
    return Labels(pa.array(texts, pa.string()), rows)


def recode(source: Path, out: Path, recoding: Recoding, report: Report) -> dict[str, dict[str, int]]:
    """Write ``out``; returns by field how many cells changed and how many are missing, of the rows that stay.

    The order of rows is shuffled under ``order_key``, or kept where that is None."""
    released = [plan for plan in recoding.fields if plan.method != "drop"]
    names = [plan.field for plan in released]
    schema = pa.schema([pa.field(name, pa.string()) for name in names])
    rows, _, size = shape(source)
    notes = {name: {"changed": 0, "missing": 0} for name in names}
    bits = bucket_bits(rows, size) if recoding.order_key is not None else 0
    start = 0
    with Writer(out, schema, bits=bits) as writer:
        for batch in batches(source, names):
            stop = start + batch.num_rows
            treated, chosen = _treat(batch, released, recoding, start, notes)
            where = None if recoding.order_key is None else places(recoding.order_key, start, batch.num_rows)
            if where is not None and chosen is not None:
                where = where[chosen]
            writer.add(pa.RecordBatch.from_arrays(treated, schema=schema), where)
            start = stop
            report(start / rows)
    return notes


def _treat(
    batch: pa.RecordBatch,
    released: Sequence[FieldPlan],
    recoding: Recoding,
    start: int,
    notes: Mapping[str, dict[str, int]],
) -> tuple[list[pa.Array], npt.NDArray[np.bool_] | None]:
    """The treated columns of the rows that stay, and which those are (None: all)."""
    chosen = tuples = None
    if recoding.keep is not None and recoding.tuple_of is not None:
        tuples = recoding.tuple_of[start : start + batch.num_rows]
        chosen = recoding.keep[tuples]
        batch, tuples = batch.filter(pa.array(chosen)), tuples[chosen]
    columns = []
    for plan in released:
        raw = batch.column(plan.field).cast(pa.string())
        known = recoding.labels.get(plan.field)
        done = _apply(plan, raw, recoding) if known is None or tuples is None else known.of(tuples)
        note = notes[plan.field]
        same = pc.sum(pc.equal(raw, done)).as_py() or 0
        both = pc.sum(pc.and_(raw.is_null(), done.is_null())).as_py() or 0
        note["changed"] += len(raw) - same - both
        note["missing"] += done.null_count
        columns.append(done)
    return columns, chosen


def _apply(plan: FieldPlan, raw: pa.Array, recoding: Recoding) -> pa.Array:
    apply = treatment(plan.method).apply
    assert apply is not None, "dropped fields are not read"
    return apply(raw, plan.params, Context(plan.field, recoding.key, recoding.states.get(plan.field)))
