"""One dimension of a table: a tree of codes with the total on top.  Codes stand parents first; code 0 is the total.

What a reader would get wrong: only leaves occur in microdata; every other code is the sum of its children."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from anonymizers.errors import AnonymizerError
from anonymizers.hierarchies.csv import read
from anonymizers.hierarchy import TOP

Ints = NDArray[np.int64]
TOTAL = "Total"
MOST_CODES = 50_000


@dataclass(frozen=True, slots=True)
class Dimension:
    """``parents[i]`` is the code under which code i adds up, -1 for the total; parents come before their children."""

    name: str
    codes: tuple[str, ...]
    parents: tuple[int, ...]

    def __post_init__(self) -> None:
        if len(self.codes) < 2 or len(self.codes) != len(self.parents):
            raise AnonymizerError(f"Dimension {self.name!r} has no codes below its total.")
        if len(self.codes) > MOST_CODES:
            raise AnonymizerError(f"Dimension {self.name!r} has more than {MOST_CODES} codes: group them first.")
        if len(set(self.codes)) != len(self.codes):
            raise AnonymizerError(
                f"Dimension {self.name!r} has a code twice (or one that is called like its total): "
                "name every code once."
            )
        if self.parents[0] != -1 or any(not 0 <= p < i for i, p in enumerate(self.parents) if i):
            raise AnonymizerError(f"Dimension {self.name!r} must list parents before their children, the total first.")

    def children(self) -> list[Ints]:
        """The children of every code, an empty array for a leaf."""
        below: list[list[int]] = [[] for _ in self.codes]
        for code, parent in enumerate(self.parents):
            if parent >= 0:
                below[parent].append(code)
        return [np.array(one, np.int64) for one in below]

    def leaves(self) -> Ints:
        """The codes that have no children, in order."""
        inner = set(self.parents)
        return np.array([code for code in range(len(self.codes)) if code not in inner], np.int64)

    def ancestors(self) -> Ints:
        """Shape (depths, codes): row t holds every code's ancestor t steps below the total, itself included; -1 where
        the code stands higher than that."""
        depth = [0] * len(self.codes)
        for code, parent in enumerate(self.parents[1:], 1):
            depth[code] = depth[parent] + 1
        rows = np.full((max(depth) + 1, len(self.codes)), -1, np.int64)
        for code, own in enumerate(depth):
            rows[:own, code] = rows[:own, self.parents[code]] if code else -1
            rows[own, code] = code
        return rows


def flat(name: str, values: Iterable[str], total: str = TOTAL) -> Dimension:
    """The total and its values, sorted."""
    codes = (total, *sorted(set(values)))
    return Dimension(name, codes, (-1, *(0 for _ in codes[1:])))


def nested(name: str, rows: Sequence[Sequence[str]], total: str = TOTAL) -> Dimension:
    """Rows of ARX's form: the value first, then ever coarser; a last level of one group (often ``*``) is the total.

    A code that stands above itself (a value that keeps its name at the next level) is one code."""
    if not rows or len({len(row) for row in rows}) != 1:
        raise AnonymizerError(f"The hierarchy of {name!r} must have rows of one width.")
    top = {row[-1].strip() for row in rows}
    width = len(rows[0]) - (1 if len(rows[0]) > 1 and (top <= {TOP, total}) else 0)
    parent: dict[str, str] = {}
    for number, row in enumerate(rows, 1):
        path = [code.strip() for code in row[:width]]
        path = [code for at, code in enumerate(path) if code and (at == 0 or code != path[at - 1])]
        for code, above in zip(path, [*path[1:], total], strict=True):
            if parent.setdefault(code, above) != above:
                raise AnonymizerError(f"Row {number} of the hierarchy of {name!r} puts a code under two parents.")
    return _ordered(name, parent, total)


def led(name: str, text: str, lead: str = "@", total: str = TOTAL) -> Dimension:
    """The form of τ-ARGUS: one code a line, each lead sign one level deeper than the total."""
    parent: dict[str, str] = {}
    path: list[str] = []
    for number, line in enumerate(text.splitlines(), 1):
        code = line.strip()
        if not code:
            continue
        depth = len(code) - len(code.lstrip(lead))
        code = code.lstrip(lead).strip()
        if depth > len(path) or not code or code in parent:
            raise AnonymizerError(f"Line {number} of the hierarchy of {name!r} has no parent, no code, or one twice.")
        path = [*path[:depth], code]
        parent[code] = path[-2] if depth else total
    return _ordered(name, parent, total)


def read_dimension(name: str, path: Path, *, lead: str = "@", total: str = TOTAL) -> Dimension:
    """A hierarchy file: ``.hrc`` by lead signs, anything else a CSV of ARX's form."""
    if path.suffix.lower() != ".hrc":
        return nested(name, read(path, None, None), total)
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError):
        raise AnonymizerError(f"The hierarchy file {path.name} cannot be read as UTF-8 text.") from None
    return led(name, text, lead, total)


def _ordered(name: str, parent: dict[str, str], total: str) -> Dimension:
    if total in parent:
        raise AnonymizerError(f"Dimension {name!r} has a code that is called like its total: give another 'total'.")
    below: dict[str, list[str]] = {}
    for code, above in parent.items():
        below.setdefault(above, []).append(code)
    codes, parents, at = [total], [-1], 0
    while at < len(codes):
        fresh = below.get(codes[at], [])
        codes += fresh
        parents += [at] * len(fresh)
        at += 1
        if len(codes) > len(parent) + 1:
            break
    if len(codes) != len(parent) + 1:
        raise AnonymizerError(f"The hierarchy of {name!r} runs in a circle or has a code that leads to no total.")
    return Dimension(name, tuple(codes), tuple(parents))
