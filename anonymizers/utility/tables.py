"""The raw and the treated table as coded columns, with the classes of the treated one.

What a reader would get wrong: a suppressed row is one whose every quasi-identifier is ``*``.  It is still a row of the
table (it has a sensitive value), it belongs to no class, and its quasi-identifiers may be anything.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from anonymizers.errors import AnonymizerError
from anonymizers.hierarchy import Hierarchy
from anonymizers.search.groups import group_ids
from anonymizers.utility.column import Codes, Column, Floats, column

Flags = NDArray[np.bool_]
Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Tables:
    """``quasi`` are the names of generalised fields; ``paired``: row i of both tables is the same record; ``lost``
    flags suppressed rows (bool[treated rows]); ``classes`` numbers the class of every treated row from 0 (suppressed
    rows: -1) and ``sizes`` counts their rows."""

    columns: tuple[Column, ...]
    quasi: tuple[str, ...]
    before: int
    after: int
    paired: bool
    lost: Flags
    classes: Ints
    sizes: Ints
    _place: Mapping[str, int] = field(default_factory=dict, repr=False)

    def column(self, name: str) -> Column:
        """The column called ``name``."""
        return self.columns[self._place[name]]

    def generalised(self) -> tuple[Column, ...]:
        """The columns of the quasi-identifiers, in order."""
        return tuple(self.column(name) for name in self.quasi)

    def numeric(self) -> tuple[Column, ...]:
        """Columns whose raw values are all numbers or days and that hold at least one."""
        return tuple(one for one in self.columns if one.numbers is not None and (one.before >= 0).any())


def tables(
    before: Mapping[str, pa.Array],
    after: Mapping[str, pa.Array],
    hierarchies: Mapping[str, Hierarchy] | None = None,
    *,
    quasi: Sequence[str] | None = None,
    paired: bool | None = None,
) -> Tables:
    """Puts the text columns that both tables have side by side.

    ``paired`` None: found out; rows are paired where there are as many on both sides and some column with more than one
    value is the same in every row.  ``quasi`` None: every column.  Raises AnonymizerError where nothing is shared, a
    quasi-identifier is not, or tables said to be paired differ in their number of rows."""
    names = [name for name in before if name in after]
    if not names:
        raise AnonymizerError("The two tables have no field in common; compare a table with its own treated copy.")
    chosen = tuple(names if quasi is None else quasi)
    for name in chosen:
        if name not in names:
            raise AnonymizerError(f"Quasi-identifier {name!r} is not in both tables; correct its name.")
    known = hierarchies or {}
    columns = tuple(column(name, before[name], after[name], known.get(name)) for name in names)
    first, second = columns[0].before.size, columns[0].after.size
    if paired and first != second:
        raise AnonymizerError(
            f"The tables are said to be paired, but one has {first} rows and the other {second}; leave that out."
        )
    place = {name: number for number, name in enumerate(names)}
    own = [columns[place[name]] for name in chosen]
    lost = _lost(own, second)
    classes, sizes = _classes(own, lost)
    together = _together(columns) if paired is None else paired
    return Tables(columns, chosen, first, second, together, lost, classes, sizes, place)


def _lost(columns: Sequence[Column], rows: int) -> Flags:
    lost = np.full(rows, bool(columns))
    for one in columns:
        star = np.append(one.starred, False)
        lost &= star[one.after]
    return lost


def _classes(columns: Sequence[Column], lost: Flags) -> tuple[Ints, Ints]:
    kept = ~lost
    codes = [(one.after[kept].astype(np.int64) + 1, len(one.labels) + 1) for one in columns]
    word, _ = group_ids(codes, int(kept.sum()))
    _, inverse, sizes = np.unique(word, return_inverse=True, return_counts=True)
    classes = np.full(lost.size, -1, dtype=np.int64)
    classes[kept] = inverse
    return classes, sizes.astype(np.int64)


def _together(columns: Sequence[Column]) -> bool:
    if columns[0].before.size != columns[0].after.size:
        return False
    return any(_same(one) for one in columns)


def _same(one: Column) -> bool:
    """More than one raw value, and the same text in every row."""
    if one.before.size < 2 or int(one.before.min()) == int(one.before.max()):
        return False
    place = {value: number for number, value in enumerate(one.domain)}
    table = np.array([place.get(label, -2) for label in one.labels] + [-1], dtype=np.int32)
    return bool((table[one.after] == one.before).all())


def raw_classes(made: Tables) -> Ints:
    """Sizes of the classes of the raw table over the same quasi-identifiers."""
    codes: list[tuple[Codes, int]] = [(one.before + np.int32(1), len(one.domain) + 1) for one in made.generalised()]
    word, _ = group_ids([(code.astype(np.int64), radix) for code, radix in codes], made.before)
    return np.unique(word, return_counts=True)[1].astype(np.int64)


def per_cell(made: Tables, one: Column, worth: Floats, missing: float) -> float:
    """Σ over treated rows of ``worth`` (float[labels]); a missing cell is worth ``missing`` as long as the raw table
    had as many, and 1 beyond that; a suppressed row is worth 1."""
    kept = one.after[~made.lost]
    present = np.bincount(kept[kept >= 0], minlength=len(one.labels)).astype(float)
    blank, gone = int((kept < 0).sum()), one.missing()[0]
    own = min(blank, gone)
    return float(present @ worth) + own * missing + (blank - own) + float(made.lost.sum())
