"""Cell suppression: single cells are left empty until every row is one of at least k.

Two meanings of an empty cell are kept apart by name.  ``own-category``: empty is a value like any other, so rows must
be alike in their empty cells too; this is the k that a reader of the file counts.  ``wildcard``: empty matches every
value, as statistical disclosure control counts it; fewer cells, a weaker promise.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from anonymizers.errors import AnonymizerError
from anonymizers.hierarchy import MISSING, Hierarchy
from anonymizers.params import Param, Spec
from anonymizers.partition.matches import GONE, differing, frequencies, within
from anonymizers.partition.peel import peel
from anonymizers.recoder import Column, Params, Recoded, Recoder
from anonymizers.search.problem import NoSolution, Problem

MOST_FIELDS = 16

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]


def recode(problem: Problem, params: Params) -> Recoded | NoSolution:
    """Suppress cells; ``loss`` is the share of cells suppressed."""
    weights = _importance(problem, params["importance"])
    if len(problem.fields) > MOST_FIELDS:
        raise AnonymizerError(f"Recoding cell-suppression takes {MOST_FIELDS} quasi-identifiers at most.")
    if params["null"] == "wildcard":
        for name, _ in problem.models:
            if name != "k-anonymity":
                raise AnonymizerError(
                    f"Recoding cell-suppression: with null = 'wildcard' there are no classes to judge {name} by; "
                    "use null = 'own-category'."
                )
        return _wildcards(problem, weights)
    return _own_category(problem, weights)


def _importance(problem: Problem, given: Mapping[str, Any]) -> Floats:
    """What suppressing a cell of each field costs: its importance, 1 where none is given."""
    for name, value in given.items():
        if name not in problem.fields:
            raise AnonymizerError(
                f"Recoding cell-suppression: importance names {name!r}, which is no quasi-identifier."
            )
        if isinstance(value, bool) or not isinstance(value, (int, float)) or not 0 < value < float("inf"):
            raise AnonymizerError(f"Recoding cell-suppression: the importance of {name!r} must be a number above 0.")
    return np.array([float(given.get(name, 1.0)) for name in problem.fields])


def _own_category(problem: Problem, weights: Floats) -> Recoded | NoSolution:
    """Peeling over hierarchies of two levels: the value, and nothing."""
    hierarchies = tuple(Hierarchy(tuple((row[0], MISSING) for row in one.rows)) for one in problem.hierarchies)
    settings = replace(
        problem.settings,
        weights={name: float(weight) for name, weight in zip(problem.fields, weights, strict=True)},
        min_levels={},
        max_levels={},
    )
    done = peel(replace(problem, hierarchies=hierarchies, settings=settings))
    if isinstance(done, NoSolution):
        return done
    return _counted(problem, done.columns, done.keep, "own-category")


def _wildcards(problem: Problem, weights: Floats) -> Recoded | NoSolution:
    """Tuple by tuple, rarest first: the cheapest set of cells that makes it match k rows, and among those the one
    that helps most of the others below k."""
    k = max(int(given["k"]) for _, given in problem.models)
    counts = problem.counts.astype(np.int64)
    if 0 < int(counts.sum()) < k:
        return NoSolution(f"The table has fewer than {k} rows; lower k.")
    codes = np.stack([_codes(problem, place) for place in range(len(problem.fields))], axis=1)
    fields = codes.shape[1]
    sets = np.arange(1 << fields)
    price = ((sets[:, None] >> np.arange(fields)) & 1) @ weights
    found = frequencies(codes, counts)
    waiting = np.flatnonzero(found < k)
    for unit in waiting[np.argsort(found[waiting], kind="stable")].tolist():
        if found[unit] >= k:
            continue
        mask = differing(codes, unit)
        needs = found < k
        enough = np.flatnonzero(within(mask, counts, fields) >= k)
        cheapest = enough[price[enough] <= price[enough].min() + 1e-9]
        helped = within(mask[needs], counts[needs], fields)
        chosen = int(cheapest[helped[cheapest].argmax()])
        touched = (mask & ~chosen) == 0
        found[touched & (mask != 0)] += counts[unit]
        found[unit] = int(counts[touched].sum())
        codes[unit, ((chosen >> np.arange(fields)) & 1).astype(bool)] = GONE
    columns = tuple(_column(problem, place, codes[:, place]) for place in range(fields))
    return _counted(problem, columns, np.ones(counts.size, dtype=bool), "wildcard")


def _codes(problem: Problem, place: int) -> Ints:
    """Row numbers of the hierarchy, a cell that is missing from the start being a wildcard as well."""
    missing = [number for number, row in enumerate(problem.hierarchies[place].rows) if row[0] == MISSING]
    keys = problem.keys[:, place].astype(np.int64)
    return np.where(np.isin(keys, missing), GONE, keys)


def _column(problem: Problem, place: int, codes: Ints) -> Column:
    texts = (*(row[0] for row in problem.hierarchies[place].rows), MISSING)
    return Column(texts, np.where(codes == GONE, len(texts) - 1, codes).astype(np.int32))


def _counted(problem: Problem, columns: tuple[Column, ...], keep: NDArray[np.bool_], null: str) -> Recoded:
    """The cells that were emptied, by field; cells that were missing from the start do not count."""
    cells = {}
    for place, (name, one) in enumerate(zip(problem.fields, columns, strict=True)):
        empty = np.array([text == MISSING for text in one.labels], dtype=bool)[one.codes]
        cells[name] = int(problem.counts[keep & empty & (_codes(problem, place) != GONE)].sum())
    lost = int(problem.counts[~keep].sum())
    total = problem.rows * len(problem.fields)
    suppressed = sum(cells.values())
    loss = (suppressed + lost * len(problem.fields)) / total if total else 0.0
    notes = {"null": null, "suppressed_cells": suppressed, "cells": cells}
    return Recoded(columns, keep, lost, loss, notes)


RECODING = Recoder(
    name="cell-suppression",
    title_zh="单元格抑制",
    title_en="cell suppression",
    recode=recode,
    spec=Spec(
        (
            Param(
                "null",
                "text",
                "what an empty cell means: own-category (a value like any other) or wildcard (matches every value)",
                default="own-category",
                choices=("own-category", "wildcard"),
            ),
            Param("importance", "table", "what emptying a cell of a field costs, 1 where absent", default={}),
        )
    ),
    source="Templ, Kowarik, Meindl 2015, Statistical disclosure control for micro-data using sdcMicro, JSS 67(4), "
    "doi:10.18637/jss.v067.i04; the choice of cells is our own",
    measure="suppressed-cells",
    wildcards=lambda params: params["null"] == "wildcard",
)
