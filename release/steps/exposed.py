"""Risks of a table beyond its classes: special uniques, population uniqueness, records with weights, households.

What a reader would get wrong: a key of the answer that needs what the job did not tell (``[risk]``) is absent, and
absent is not zero.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from numpy.typing import NDArray

from anonymizers.errors import AnonymizerError
from anonymizers.magnitudes import read_magnitudes
from anonymizers.risk.individual import classes_of, household, individual
from anonymizers.risk.population import estimates
from anonymizers.risk.suda import Suda, suda
from release.job.job import Job, RiskSpec
from release.nouns.dataset import Table
from release.nouns.errors import BadInput

Ints = NDArray[np.int64]
DIS_BANDS = (0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7)


def exposed(table: Table, job: Job, quasi: Sequence[str]) -> dict[str, Any]:
    """``special_uniques``; ``population_uniqueness`` with a sampling fraction (the job's, or that of a model's
    population); ``individual`` with weights and ``household`` with households.  As JSON types.

    Raises BadInput where a field is missing or does not fit."""
    spec = replace(job.risk, sampling_fraction=_fraction(table, job))
    _check(table, spec)
    made: dict[str, Any] = {}
    codes, counts = _tuples(table, quasi)
    made["special_uniques"] = _suda(codes, counts, quasi, spec)
    if spec.sampling_fraction is not None:
        sizes, classes = np.unique(counts, return_counts=True)
        found = asdict(estimates(sizes.astype(np.int64), classes.astype(np.int64), spec.sampling_fraction))
        made["population_uniqueness"] = {
            "sampling_fraction": spec.sampling_fraction,
            **{
                name: None if isinstance(value, float) and math.isnan(value) else value for name, value in found.items()
            },
        }
    if spec.weight or spec.household:
        made |= _by_record(table, quasi, spec)
    return made


def _fraction(table: Table, job: Job) -> float | None:
    """The sampling fraction that the job tells: in ``[risk]``, or as the population of one of its models."""
    if job.risk.sampling_fraction is not None:
        return job.risk.sampling_fraction
    for model in job.models:
        people = model.params.get("population")
        if isinstance(people, Mapping):
            if "sampling_fraction" in people:
                return float(people["sampling_fraction"])
            if people.get("size"):
                return min(table.dataset.rows / float(people["size"]), 1.0) or None
    return None


def _check(table: Table, spec: RiskSpec) -> None:
    known = pq.read_schema(table.path).names
    for key, name in (("weight", spec.weight), ("household", spec.household)):
        if name and name not in known:
            raise BadInput(f"The job's [risk] names {name!r} as {key}, which the table does not have.", "Correct it.")


def _codes(column: pa.ChunkedArray) -> Ints:
    """Small whole numbers for the values; a missing cell is a value."""
    encoded = column.combine_chunks().dictionary_encode(null_encoding="encode")
    return np.asarray(encoded.indices.to_numpy(zero_copy_only=False), np.int64)


def _tuples(table: Table, quasi: Sequence[str]) -> tuple[list[Ints], Ints]:
    """The distinct quasi-identifier tuples as codes, and how many rows have each."""
    grouped = pq.read_table(table.path, columns=list(quasi)).group_by(list(quasi)).aggregate([([], "count_all")])
    counts = np.asarray(grouped.column("count_all").to_numpy(), np.int64)
    return [_codes(grouped.column(name)) for name in quasi], counts


def _suda(codes: list[Ints], counts: Ints, quasi: Sequence[str], spec: RiskSpec) -> dict[str, Any]:
    fraction = spec.sampling_fraction if spec.sampling_fraction is not None else 0.01
    size = min(spec.suda_size, len(quasi))
    try:
        found: Suda = suda(codes, size=size, fraction=fraction, counts=counts)
    except AnonymizerError as error:
        return {"size": size, "not_measured": str(error)}
    scored = found.dis[found.score > 0]
    bands = {f"<= {band:g}": int((scored <= band).sum()) for band in DIS_BANDS} | {"<= 1": int(scored.size)}
    return {
        "size": size,
        "sampling_fraction": fraction,
        "records": int(scored.size),
        "highest_score": float(found.score.max(initial=0.0)),
        "highest_dis": float(scored.max(initial=0.0)),
        "sets": {str(number): count for number, count in found.found.items()},
        "contributions": dict(zip(quasi, found.contributions, strict=True)),
        "dis": bands,
    }


def _by_record(table: Table, quasi: Sequence[str], spec: RiskSpec) -> dict[str, Any]:
    names = list(dict.fromkeys([*quasi, *(name for name in (spec.weight, spec.household) if name)]))
    read = pq.read_table(table.path, columns=names)
    classes = classes_of([_codes(read.column(name)) for name in quasi], read.num_rows)
    weights = None
    if spec.weight:
        weighed = read_magnitudes(read.column(spec.weight).combine_chunks(), field=spec.weight)
        if not weighed.present.all():
            raise BadInput(f"Field {spec.weight!r} lacks a weight in some rows.", "Fill it in, or name no weight.")
        weights = weighed.values
    found = individual(classes, weights)
    made: dict[str, Any] = {
        "individual": {
            "weighted": bool(spec.weight),
            "expected_reidentifications": found.expected,
            "rate": found.rate,
            "highest": float(found.risk.max(initial=0.0)),
        }
    }
    if spec.household:
        risk = household(found.risk, _codes(read.column(spec.household)))
        made["household"] = {
            "expected_reidentifications": float(risk.sum()),
            "rate": float(risk.mean()) if risk.size else 0.0,
            "highest": float(risk.max(initial=0.0)),
        }
    return made


def exposed_lines(document: Mapping[str, Any]) -> list[str]:
    """The same for a person, one measure a line."""
    lines = []
    special = document.get("special_uniques", {})
    if "records" in special:
        lines.append(
            f"  special uniques (up to {special['size']} fields): {special['records']:,} records, "
            f"highest DIS {special['highest_dis']:.4g}"
        )
    elif special:
        lines.append(f"  special uniques: not measured ({special['not_measured']})")
    people = document.get("population_uniqueness")
    if people:
        shown = {
            name: "none" if people[name] is None else f"{people[name]:.4g}" for name in ("zayatz", "pitman", "snb")
        }
        lines.append(
            f"  population uniqueness at {people['sampling_fraction']:g}: {people['dankar']:.4g} (Dankar's rule: "
            f"{people['chosen']}; " + ", ".join(f"{name} {value}" for name, value in shown.items()) + ")"
        )
    for name in ("individual", "household"):
        if name in document:
            one = document[name]
            lines.append(
                f"  {name} risk: {one['expected_reidentifications']:.6g} expected re-identifications, "
                f"rate {one['rate']:.6g}, highest {one['highest']:.6g}"
            )
    return lines
