"""Build the hierarchy of one column: every distinct value placed, or a refusal that counts those that are not.

Missing cells get a path of their own: missing at every level, and "*" at the top where everything else is "*" too.
A top that still says something ("2000-2009") is never said of a missing cell.  Values without a place refuse the
column, become "*" from level 1 on (``top``), or share the path of missing cells (``suppress``): see ``codes_of``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from anonymizers.discovery import builder
from anonymizers.errors import AnonymizerError, Unplaced
from anonymizers.hierarchy import MISSING, TOP, Builder, Hierarchy
from anonymizers.params import Param, Spec

KIND = "kind"
UNPLACED = "unplaced"
REFUSE, KEEP_TOP, SUPPRESS = "refuse", "top", "suppress"

_UNPLACED = Spec(
    (
        Param(
            UNPLACED,
            "text",
            "what happens to values that have no place: refuse the column, '*' from level 1 on, or an empty cell",
            default=REFUSE,
            choices=(REFUSE, KEEP_TOP, SUPPRESS),
        ),
    )
)


def check_hierarchy(spec: Mapping[str, Any]) -> None:
    """Raise AnonymizerError unless ``spec`` is a kind with parameters that its builder takes."""
    _split(spec)


def build_hierarchy(field: str, counts: Mapping[str, int], spec: Mapping[str, Any]) -> Hierarchy:
    """``grow`` for the column called ``field``: its AnonymizerErrors name the field."""
    try:
        return grow(counts, spec)
    except Unplaced as error:
        raise error.located(field) from None
    except AnonymizerError as error:
        raise AnonymizerError(f"Field {field!r}: {error}") from None


def fit_hierarchy(field: str, counts: Mapping[str, int], spec: Mapping[str, Any]) -> Hierarchy:
    """``build_hierarchy`` for a search: a row for missing cells, which always comes last, is in it only where cells are
    missing or emptied, since it would count as part of the domain."""
    made = build_hierarchy(field, counts, spec)
    if MISSING in counts or len(made.rows) == 1 or made.rows[-1][0] != MISSING:
        return made
    fitted = Hierarchy(made.rows[:-1])
    return fitted if counts.keys() <= {row[0] for row in fitted.rows} else made


def grow(counts: Mapping[str, int], spec: Mapping[str, Any]) -> Hierarchy:
    """The hierarchy of a column from its distinct values with counts, missing cells counted under the empty text.

    ``spec`` is ``{"kind": builder name, …its parameters…, "unplaced": "refuse" | "top" | "suppress"}``.  Raises
    Unplaced saying how many values and rows have no place; suppressed values have no row of their own."""
    made, params, unplaced = _split(spec)
    present = dict(counts)
    present.pop(MISSING, None)
    rows = list(made.build(present, params))
    placed = {row[0] for row in rows}
    left = sorted(present.keys() - placed)
    if left and unplaced == REFUSE:
        raise Unplaced(made.name, frozenset(left), sum(present[value] for value in left))
    width = len(rows[0]) if rows else 2
    topped = all(row[-1] == TOP for row in rows)
    if unplaced == KEEP_TOP:
        rows += [(value, *([TOP] * (width - 1))) for value in left]
    empty = MISSING in counts or (left and unplaced == SUPPRESS) or not rows
    if empty and MISSING not in placed:
        rows.append((*([MISSING] * (width - 1)), TOP if topped and width > 1 else MISSING))
    return Hierarchy(tuple(rows))


def codes_of(hierarchy: Hierarchy, values: Iterable[str]) -> dict[str, int]:
    """The row of every value, those of ``values`` included that are suppressed: they stand with the missing cells.

    Raises AnonymizerError where such a value meets a hierarchy without a row for missing cells."""
    rows = {row[0]: number for number, row in enumerate(hierarchy.rows)}
    left = [value for value in values if value not in rows]
    if left and MISSING not in rows:
        raise AnonymizerError(f"{len(left)} distinct values have no row in the hierarchy: build it from this column.")
    return rows | dict.fromkeys(left, rows[MISSING]) if left else rows


def _split(spec: Mapping[str, Any]) -> tuple[Builder, dict[str, Any], str]:
    kind = spec.get(KIND)
    if not isinstance(kind, str):
        raise AnonymizerError('A hierarchy needs its kind, for example kind = "interval".')
    made = builder(kind)
    given = {name: value for name, value in spec.items() if name not in (KIND, UNPLACED)}
    unplaced = _UNPLACED.read({name: value for name, value in spec.items() if name == UNPLACED})[UNPLACED]
    return made, made.spec.read(given), unplaced
