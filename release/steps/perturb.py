"""Carry out the perturbations of a plan (noise, swapping, shuffling) on whole columns, before anything else is done.

What a reader would get wrong: a perturbed value depends on its row, not on its value, so it cannot be worked out once
a value like other treatments.  The table is therefore copied beside itself with those columns replaced, in a
directory that goes when the treating is over, and the rest of the plan keeps them as they then are.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from anonymizers.discovery import treatment
from anonymizers.risk.perturbation import correlation_difference, perturbation
from anonymizers.treatment import Context
from release.nouns.dataset import Table
from release.nouns.errors import BadInput
from release.nouns.plan import FieldPlan, Plan
from release.steps.reading import batches
from release.steps.stages import Stages

KEEP = "keep"


@dataclass(frozen=True, slots=True)
class Perturbed:
    """The table with its columns perturbed, the plan that is left to do, and by perturbed field what was measured
    (``anonymizers.risk.perturbation``), ``correlation`` being the largest change among perturbed fields."""

    table: Table
    plan: Plan
    measured: Mapping[str, Mapping[str, float]]


@contextmanager
def perturbed(table: Table, plan: Plan, key: bytes, stages: Stages) -> Iterator[Perturbed]:
    """Nothing is copied where the plan perturbs nothing.  Raises BadInput where a treatment reads a field that the
    table does not have, AnonymizerError where values do not fit it."""
    chosen = [one for one in plan.fields if one.method != "drop" and treatment(one.method).whole is not None]
    if not chosen:
        yield Perturbed(table, plan, {})
        return
    with tempfile.TemporaryDirectory(prefix=".perturbed-", dir=table.path.parent) as room:
        with stages.stage("perturb"):
            done = _perturb(table, plan, chosen, key, Path(room) / "perturbed.parquet")
        yield done


def _perturb(table: Table, plan: Plan, chosen: list[FieldPlan], key: bytes, copy: Path) -> Perturbed:
    wanted = {one.field: (one.field, *treatment(one.method).reads(one.params)) for one in chosen}
    _check(table, wanted)
    columns, raw = {}, {}
    for one in chosen:
        read = _columns(table.path, wanted[one.field])
        made = treatment(one.method)
        assert made.whole is not None
        columns[one.field] = made.whole(read, one.params, Context(one.field, key))
        raw[one.field] = read[one.field]
    measured = {name: perturbation(raw[name], columns[name]).document() for name in columns}
    largest = correlation_difference(raw, columns)
    if largest == largest:
        measured = {name: {**values, "correlation": round(largest, 6)} for name, values in measured.items()}
    del raw
    _copy(table.path, copy, [one.field for one in plan.fields if one.method != "drop"], columns)
    fields = tuple(_left(one, columns) for one in plan.fields)
    return Perturbed(Table(table.dataset, copy), replace(plan, fields=fields), measured)


def _left(one: FieldPlan, columns: Mapping[str, Any]) -> FieldPlan:
    return replace(one, method=KEEP, params={}) if one.field in columns else one


def _check(table: Table, wanted: Mapping[str, tuple[str, ...]]) -> None:
    known = set(pq.read_schema(table.path).names)
    for name, fields in wanted.items():
        for other in fields:
            if other not in known:
                raise BadInput(
                    f"The treatment of field {name!r} reads field {other!r}, which the table does not have.",
                    "Correct its parameters.",
                )


def _columns(path: Path, names: tuple[str, ...]) -> dict[str, pa.Array]:
    """Whole columns as single arrays of texts."""
    unique = list(dict.fromkeys(names))
    read = pq.read_table(path, columns=unique)
    return {name: read.column(name).cast(pa.string()).combine_chunks() for name in unique}


def _copy(source: Path, out: Path, names: list[str], columns: Mapping[str, pa.Array]) -> None:
    """The fields that are released, batch by batch, the perturbed ones replaced."""
    schema = pa.schema([pa.field(name, pa.string()) for name in names])
    start = 0
    with pq.ParquetWriter(out, schema, compression="snappy") as writer:
        for batch in batches(source, names):
            made = [
                columns[name].slice(start, batch.num_rows) if name in columns else batch.column(name).cast(pa.string())
                for name in names
            ]
            writer.write_batch(pa.RecordBatch.from_arrays(made, schema=schema))
            start += batch.num_rows
