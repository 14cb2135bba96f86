"""Multidimensional recoding (Mondrian): boxes cut at medians and along hierarchies while the models hold in each.

A number reads as its box's range, ``20-29``; a word as the lowest group of its hierarchy that holds the whole box.
A reader would get wrong that hierarchies of numeric fields are not used, unless the field is listed in
``by_hierarchy``: medians fit the data better than intervals drawn beforehand.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from anonymizers.errors import AnonymizerError
from anonymizers.hierarchy import MISSING, TOP
from anonymizers.params import Param, Spec
from anonymizers.partition.cells import cells
from anonymizers.partition.judged import Judged, distinct
from anonymizers.partition.medians import Side, cut
from anonymizers.partition.points import Numbers, numbers
from anonymizers.recoder import Column, Params, Recoded, Recoder, column
from anonymizers.search.axis import Axis
from anonymizers.search.problem import NoSolution, Problem

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]


def recode(problem: Problem, params: Params) -> Recoded | NoSolution:
    """Cut, label, and check what was made."""
    units = problem.counts.size
    judged = Judged(problem)
    keep = np.ones(units, dtype=bool)
    made = cells(problem)
    fields = [numbers(problem, place) for place in range(len(problem.fields))]
    _known(problem, params["by_hierarchy"])
    sides = [
        _side(axis, made.codes[:, place], fields[place], axis.name in params["by_hierarchy"])
        for place, axis in enumerate(made.axes)
    ]
    if not units:
        return Recoded(tuple(Column((), np.zeros(0, np.int32)) for _ in fields), keep, 0, 0.0, {"classes": 0})
    if not judged.one(np.arange(units)):
        return NoSolution("The whole table taken as one class does not satisfy the models; weaken them.")
    box = cut(judged, sides, strict=params["cuts"] == "strict")
    columns, costs = zip(
        *(_column(problem, place, side, fields[place], box) for place, side in enumerate(sides)), strict=True
    )
    weights = np.array([side.axis.weight for side in sides])
    rows = problem.counts / max(int(problem.counts.sum()), 1)
    loss = float(sum(weight * (cost @ rows) for weight, cost in zip(weights, costs, strict=True)))
    number, groups = distinct([one.codes for one in columns], units)
    if not judged.holds(np.arange(units), number, groups).all():
        return NoSolution("Different groups of a hierarchy share a label; give every group its own.")
    notes = {"classes": groups, "cuts": params["cuts"]}
    return Recoded(tuple(columns), keep, 0, loss / max(float(weights.sum()), 1e-300), notes)


def _known(problem: Problem, names: Sequence[str]) -> None:
    for name in names:
        if name not in problem.fields:
            raise AnonymizerError(f"Recoding multidimensional: by_hierarchy names {name!r}, no quasi-identifier.")


def _side(axis: Axis, code: Ints, one: Numbers, by_hierarchy: bool) -> Side:
    if one.value is None or by_hierarchy:
        if len(np.unique(axis.group[axis.high])) > 1:
            raise AnonymizerError(
                f"Field {axis.name!r}: its hierarchy does not end in one group, so a box of all rows has no "
                "label; add a level of '*' or raise max_level."
            )
        return Side(axis, code, None, 0.0)
    known = one.value[~np.isnan(one.value)]
    return Side(axis, code, one.by_unit(), float(np.ptp(known)) if known.size else 0.0)


def _column(problem: Problem, place: int, side: Side, one: Numbers, box: Ints) -> tuple[Column, Floats]:
    """What every unit reads, and what part of the field that spans."""
    boxes = int(box.max()) + 1
    width, level = side.width(box, boxes)
    if side.number is None:
        table = problem.hierarchies[place].rows
        present = np.unique(problem.keys[:, place]).tolist()
        axis = side.axis
        texts = [table[row][at] for at in range(axis.top + 1) for row in present]
        return column(texts, level[box] * axis.leaves + side.code), width[box]
    low, high, missing = side.range(box, boxes)
    texts = [
        _range(least, most, gone, one.decimals)
        for least, most, gone in zip(low.tolist(), high.tolist(), missing.tolist(), strict=True)
    ]
    return column(texts, box), width[box]


def _range(low: float, high: float, missing: bool, decimals: int) -> str:
    if not np.isfinite(low):
        return MISSING
    if missing:
        return TOP
    first, last = f"{low:.{decimals}f}", f"{high:.{decimals}f}"
    return first if first == last else f"{first}..{last}" if low < 0 else f"{first}-{last}"


RECODING = Recoder(
    name="multidimensional",
    title_zh="多维重编码(Mondrian)",
    title_en="multidimensional recoding (Mondrian)",
    recode=recode,
    spec=Spec(
        (
            Param(
                "cuts",
                "text",
                "strict: equal values stay together; relaxed: a cut at the median may part equal rows",
                default="strict",
                choices=("strict", "relaxed"),
            ),
            Param("by_hierarchy", "texts", "numeric fields to be cut along their hierarchy", default=()),
        )
    ),
    source="LeFevre, DeWitt, Ramakrishnan 2006, Mondrian multidimensional k-anonymity, ICDE, doi:10.1109/ICDE.2006.101",
    measure="ncp",
    splits=lambda params: params["cuts"] == "relaxed",
)
