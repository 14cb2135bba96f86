"""Small tables as problems, and what a naive reader finds in their recoded texts."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import Any

import numpy as np
from hypothesis import strategies as st

from anonymizers.hierarchy import MISSING, TOP, Hierarchy
from anonymizers.recoder import Recoded
from anonymizers.search.problem import Problem, SensitiveCounts, Settings

NUMBERS = ("0", "1", "2", "5", "7.5", "30", "-4")
WORDS = ("aa", "ab", "ba", "bb", "bc", "ca")
SICK = ("flu", "cold", "none", "")
Row = tuple[str, ...]


@st.composite
def tables(draw: st.DrawFn) -> tuple[list[Row], list[str]]:
    """Up to 30 rows of one to three fields, numbers or words, with missing cells, and a sensitive value a row."""
    kinds = draw(st.lists(st.sampled_from((NUMBERS, WORDS, ("x",))), min_size=1, max_size=3))
    row = st.tuples(*(st.sampled_from((*kind, MISSING)) for kind in kinds))
    rows = draw(st.lists(row, max_size=30))
    return rows, draw(st.lists(st.sampled_from(SICK), min_size=len(rows), max_size=len(rows)))


def hierarchy(values: Sequence[str]) -> Hierarchy:
    """Words by first letter, numbers by sign, everything under ``*``."""
    return Hierarchy(tuple((value, group(value), TOP) for value in sorted(set(values))) or ((MISSING, MISSING, TOP),))


def group(value: str) -> str:
    """The group of a value; a missing one stays missing."""
    if value == MISSING:
        return MISSING
    return value[0] + "…" if value[0].isalpha() else "negative" if value.startswith("-") else "positive"


def problem(
    rows: Sequence[Row],
    sick: Sequence[str],
    models: Sequence[tuple[str, dict[str, Any]]],
    *,
    by_row: bool = False,
    settings: Settings | None = None,
) -> Problem:
    """Rows as a problem, a unit a distinct tuple or (``by_row``) a row."""
    width = len(rows[0]) if rows else 2
    hierarchies = tuple(hierarchy([row[place] for row in rows]) for place in range(width))
    places = [{path[0]: number for number, path in enumerate(one.rows)} for one in hierarchies]
    keys = [tuple(places[place][value] for place, value in enumerate(row)) for row in rows]
    units = list(keys) if by_row else sorted(set(keys))
    number = range(len(rows)) if by_row else [units.index(key) for key in keys]
    values = tuple(sorted(set(sick)))
    joint = Counter((unit, values.index(value)) for unit, value in zip(number, sick, strict=True))
    triples = sorted((unit, value, count) for (unit, value), count in joint.items())
    counts = Counter(number)
    sensitive = {}
    if any("field" in params for _, params in models):
        sensitive["sick"] = SensitiveCounts(
            np.array([unit for unit, _, _ in triples], dtype=np.int64),
            np.array([value for _, value, _ in triples], dtype=np.int32),
            np.array([count for _, _, count in triples], dtype=np.int64),
            values,
        )
    return Problem(
        fields=tuple(f"f{place}" for place in range(width)),
        hierarchies=hierarchies,
        keys=np.array(units, dtype=np.int32).reshape(len(units), width),
        counts=np.array([counts[unit] for unit in range(len(units))], dtype=np.int64),
        sensitive=sensitive,
        models=tuple(models),
        settings=settings or Settings(suppression_limit=1.0),
    )


def texts(found: Recoded) -> list[Row]:
    """What every unit reads."""
    return [
        tuple(one.labels[one.codes[unit]] for one in found.columns) if found.keep[unit] else (TOP,) * len(found.columns)
        for unit in range(found.keep.size)
    ]


def written(found: Recoded, made: Problem) -> list[tuple[Row, str]]:
    """The kept rows as (texts, sensitive value), one an entry."""
    shown = texts(found)
    if not made.sensitive:
        return [
            (shown[unit], "") for unit in range(len(shown)) if found.keep[unit] for _ in range(int(made.counts[unit]))
        ]
    part = made.sensitive["sick"]
    return [
        (shown[unit], part.values[value])
        for unit, value, count in zip(
            part.tuple_index.tolist(), part.value_code.tolist(), part.count.tolist(), strict=True
        )
        if found.keep[unit]
        for _ in range(count)
    ]


def holds(name: str, params: dict[str, Any], rows: Sequence[tuple[Row, str]], everyone: Sequence[str]) -> bool:
    """A model recomputed class by class from the texts."""
    classes: dict[Row, list[str]] = defaultdict(list)
    for row, value in rows:
        classes[row].append(value)
    if name == "k-anonymity":
        return all(len(values) >= params["k"] for values in classes.values())
    if name == "distinct-l-diversity":
        return all(len(set(values)) >= params["l"] for values in classes.values())
    assert name == "t-closeness"
    whole = Counter(everyone)
    for values in classes.values():
        own = Counter(values)
        gap = sum(abs(own[v] / len(values) - whole[v] / len(everyone)) for v in whole) / 2
        if gap > params["t"] + 1e-9:
            return False
    return True


def matches(rows: Sequence[Row], one: Row) -> int:
    """How many rows ``one`` may be taken for when missing cells match everything."""
    return sum(all(a == b or MISSING in (a, b) for a, b in zip(one, other, strict=True)) for other in rows)
