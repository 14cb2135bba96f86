"""What a utility metric is: a named function of two tables, with its bounds, its direction and worked examples.

``scope`` says what it looks at: ``table`` (all quasi-identifiers together), ``cells`` (one quasi-identifier; the
table's value is put together from theirs), ``field`` (any column, numeric ones only where ``numeric``), ``link`` (two
columns).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from anonymizers.utility.column import Column
from anonymizers.utility.joint import Joint
from anonymizers.utility.tables import Tables

TABLE, CELLS, FIELD, LINK = "table", "cells", "field", "link"
Cells = tuple[str | None, ...]


@dataclass(frozen=True, slots=True)
class Link:
    """How two columns hang together ``before`` and ``after`` (None where that is not defined), and the distance."""

    before: float | None
    after: float | None
    distance: float


@dataclass(frozen=True, slots=True)
class Example:
    """A worked case: these columns give this value.  ``trees`` are hierarchy rows by column; ``field`` (and ``other``)
    name the columns of a metric that looks at one (or two); ``expected`` None: not defined there."""

    before: Mapping[str, Cells]
    after: Mapping[str, Cells]
    expected: float | None
    trees: Mapping[str, tuple[tuple[str, ...], ...]] = field(default_factory=dict)
    quasi: tuple[str, ...] | None = None
    field: str = ""
    other: str = ""
    paired: bool | None = None


@dataclass(frozen=True, slots=True)
class Utility:
    """``take`` is (Tables) for ``table``, (Tables, Column) for ``cells`` and ``field``, (Joint) for ``link``; gives
    the value, None where it is not defined.  ``better``: ``low`` (0 is nothing lost) or ``high``.  Promises that are
    tested: ``within`` (least, most or None), ``zero`` (0 for equal tables), ``symmetric`` (they may be exchanged).
    ``together`` puts ``cells`` together: ``mean`` or ``sum``."""

    name: str
    title_zh: str
    title_en: str
    scope: str
    take: Callable[..., Any]
    within: tuple[float, float | None] = (0.0, 1.0)
    zero: bool = True
    symmetric: bool = False
    numeric: bool = False
    paired: bool = False
    better: str = "low"
    together: str = "mean"
    examples: tuple[Example, ...] = ()

    def of_table(self, made: Tables) -> float | None:
        """The value for the whole table.  Only for ``table`` and ``cells``."""
        if self.paired and not made.paired:
            return None
        if self.scope == TABLE:
            return _number(self.take(made))
        values = [self.of_column(made, one) for one in made.generalised()]
        known = [value for value in values if value is not None]
        if not known:
            return None
        return sum(known) / (len(known) if self.together == "mean" else 1)

    def of_column(self, made: Tables, one: Column) -> float | None:
        """The value for one column.  Only for ``cells`` and ``field``."""
        if (self.paired and not made.paired) or (self.numeric and one.numbers is None):
            return None
        return _number(self.take(made, one))

    def of_link(self, joint: Joint) -> Link | None:
        """How two columns hang together.  Only for ``link``."""
        made: Link | None = self.take(joint)
        return made


def _number(value: float | None) -> float | None:
    return None if value is None or value != value else float(value)
