"""Microaggregation: rows are gathered into groups of at least k near ones, and all show the group's mean.

A reader would get wrong what k is promised for: all quasi-identifiers together are k-anonymous only when they are
aggregated together; with ``groups`` each group of fields is, by itself.  A missing cell takes the value of its group.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from anonymizers.errors import AnonymizerError
from anonymizers.hierarchy import MISSING
from anonymizers.params import Param, Spec
from anonymizers.partition.nearest import mdav, mdav_in_blocks
from anonymizers.partition.points import Numbers, coordinates, numbers
from anonymizers.recoder import Column, Params, Recoded, Recoder, column
from anonymizers.search.problem import NoSolution, Problem

BLOCK = 2000
FINER = 2  # digits that a mean shows more than the values it was taken of

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]


def recode(problem: Problem, params: Params) -> Recoded | NoSolution:
    """Group, then show each group's mean, median or most frequent value."""
    k = max(int(given["k"]) for _, given in problem.models)
    rows = problem.counts.size
    if 0 < rows < k:
        return NoSolution(f"The table has fewer than the {k} rows that a group needs; lower k.")
    fields = [numbers(problem, place) for place in range(len(problem.fields))]
    shown = [Column(one.texts, one.code.astype(np.int32)) for one in fields]
    squares = total = 0.0
    groups = 0
    for names in groups_of(params) or (problem.fields,):
        places = [_place(problem, name) for name in names]
        points = coordinates([fields[place] for place in places])
        fast = params["method"] == "mdav-blocks"
        group = mdav_in_blocks(points, k, BLOCK) if fast else mdav(points, k)
        count = int(group.max(initial=-1)) + 1
        groups += count
        for place in places:
            shown[place], within, whole = _aggregate(fields[place], group, count, params)
            squares, total = squares + within, total + whole
    loss = squares / total if total > 0 else 0.0
    notes: dict[str, Any] = {"groups": groups, "k": k, "method": params["method"], "sse_by_sst_percent": 100.0 * loss}
    if params["groups"]:
        notes["promise"] = "k-anonymity within each group of fields, not over all of them together"
    return Recoded(tuple(shown), np.ones(rows, dtype=bool), 0, min(loss, 1.0), notes)


def groups_of(params: Params) -> tuple[tuple[str, ...], ...]:
    """The fields that are aggregated together; none: all of them."""
    return tuple(tuple(names) for names in params["groups"])


def _place(problem: Problem, name: str) -> int:
    if name not in problem.fields:
        raise AnonymizerError(f"Recoding microaggregation: groups names {name!r}, which is no quasi-identifier.")
    return problem.fields.index(name)


def _aggregate(one: Numbers, group: Ints, groups: int, params: Params) -> tuple[Column, float, float]:
    """The column shown, the squares within groups and the squares in all, both on the standardised scale."""
    way = params["aggregate"] if one.value is not None else "mode"
    if way == "mode":
        code = _mode(one, group, groups)
        made = column(one.texts, code[group])
        centre = coordinates([Numbers(one.texts, np.concatenate((one.code, code[group])), one.value, one.decimals)])
        points, replaced = centre[: group.size], centre[group.size :]
    else:
        points = coordinates([one])
        value = _centre(one.by_unit(), group, groups, way)
        made = column([_text(number, one.decimals, params) for number in value.tolist()], group)
        replaced = _rescaled(one.by_unit(), value[group])
    within = float(((points - replaced) ** 2).sum())
    return made, within, float(((points - points.mean(axis=0)) ** 2).sum()) if points.size else 0.0


def _rescaled(values: Floats, shown: Floats) -> Floats:
    """``shown`` on the scale on which ``values`` are standardised."""
    known = values[~np.isnan(values)]
    mean = float(known.mean()) if known.size else 0.0
    spread = float(known.std(ddof=1)) if known.size > 1 else 0.0
    scaled = (np.where(np.isnan(shown), mean, shown) - mean) / spread if spread > 0 else np.zeros_like(shown)
    return np.asarray(scaled)[:, None]


def _centre(values: Floats, group: Ints, groups: int, way: str) -> Floats:
    """Mean or median of the values that are there; nan where a group has none."""
    known = ~np.isnan(values)
    if way == "mean":
        size = np.bincount(group[known], minlength=groups)
        total = np.bincount(group[known], weights=values[known], minlength=groups)
        return np.asarray(np.divide(total, size, out=np.full(groups, np.nan), where=size > 0))
    order = np.lexsort((values, group))
    order = order[known[order]]
    size = np.bincount(group[order], minlength=groups)
    start = np.cumsum(size) - size
    some = size > 0
    result = np.full(groups, np.nan)
    low = values[order[start[some] + (size[some] - 1) // 2]]
    result[some] = (low + values[order[start[some] + size[some] // 2]]) / 2.0
    return result


def _mode(one: Numbers, group: Ints, groups: int) -> Ints:
    """The most frequent value of every group that is not missing, the first one in order among several."""
    width = max(len(one.texts), 1)
    counts = np.bincount(group * width + one.code, minlength=groups * width).reshape(groups, width)
    if MISSING in one.texts:
        missing = one.texts.index(MISSING)
        counts[:, missing] = 0
        return np.asarray(np.where(counts.any(axis=1), counts.argmax(axis=1), missing), dtype=np.int64)
    return np.asarray(counts.argmax(axis=1), dtype=np.int64)


def _text(number: float, decimals: int, params: Params) -> str:
    if number != number:
        return MISSING
    digits = params["decimals"] if params["decimals"] >= 0 else decimals + FINER
    text = f"{number:.{digits}f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text == "-0" else text


def _rule(params: Params) -> str:
    names: Sequence[str] = [name for group in params["groups"] for name in group]
    if any(not group for group in params["groups"]):
        return "Parameter 'groups' holds an empty list: name the fields that are aggregated together."
    return "Parameter 'groups' names a field twice." if len(set(names)) != len(names) else ""


RECODING = Recoder(
    name="microaggregation",
    title_zh="微聚合",
    title_en="microaggregation",
    recode=recode,
    spec=Spec(
        (
            Param(
                "method",
                "text",
                "mdav, or mdav-blocks: MDAV inside blocks of near rows, for large tables",
                default="mdav",
                choices=("mdav", "mdav-blocks"),
            ),
            Param(
                "aggregate",
                "text",
                "what a group shows of numbers; of words it shows the most frequent",
                default="mean",
                choices=("mean", "median", "mode"),
            ),
            Param("groups", "rows", "fields that are aggregated together, group by group; all when absent", default=()),
            Param("decimals", "integer", "digits after the point; -1: two more than the data", default=-1, least=-1),
        ),
        _rule,
    ),
    source="Domingo-Ferrer, Mateo-Sanz 2002, Practical data-oriented microaggregation for statistical disclosure "
    "control, IEEE TKDE 14(1), doi:10.1109/69.979982; MDAV: Domingo-Ferrer, Torra 2005, doi:10.1007/s10618-005-0007-5",
    measure="sse/sst",
    splits=lambda params: True,
    together=groups_of,
    only=("k-anonymity",),
)
