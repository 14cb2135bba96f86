"""An administrative tree as public data: which area lies in which, from the whole country down to the smallest.

What a reader would get wrong: the tree is no part of the data.  It comes from a file that a person gives, and an area
in which nobody lives has its place in it like any other.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from release.nouns.errors import BadInput

DEEPEST = 8


@dataclass(frozen=True, slots=True)
class Tree:
    """``names[l]`` are the areas of level l, coarsest first; ``parents[l]`` say where each lies in level l - 1.

    Areas stand in the order of their parents, so that the children of one area are neighbours.  ``parents[0]`` is
    empty: a first level of several areas has no common root."""

    levels: tuple[str, ...]
    names: tuple[tuple[str, ...], ...]
    parents: tuple[tuple[int, ...], ...]

    def leaves(self) -> tuple[str, ...]:
        """The smallest areas: the values of the field that is grouped by."""
        return self.names[-1]

    def starts(self, level: int) -> np.ndarray:
        """Where the children of each area of ``level`` begin in the level below."""
        return np.searchsorted(np.asarray(self.parents[level + 1]), np.arange(len(self.names[level])))

    def above(self, level: int, values: np.ndarray) -> np.ndarray:
        """Sums of the areas of ``level + 1`` within each area of ``level``; ``values`` has one row an area."""
        return np.add.reduceat(values, self.starts(level), axis=0)

    def rolled(self, leaves: np.ndarray, level: int) -> np.ndarray:
        """Leaf values summed up to ``level``."""
        values = leaves
        for upper in range(len(self.levels) - 2, level - 1, -1):
            values = self.above(upper, values)
        return values


def read_tree(path: Path) -> Tree:
    """A CSV with a header: one line a smallest area, one column a level, coarsest first.

    Raises BadInput when an area lies in two places, a line is short, or an area has no name."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            lines = [line for line in csv.reader(file) if line]
    except (OSError, UnicodeDecodeError) as error:
        raise BadInput(f"The tree file {path.name} cannot be read.", "Give a UTF-8 CSV, one level a column.") from error
    if len(lines) < 2 or not 2 <= len(lines[0]) <= DEEPEST:
        raise BadInput(f"{path.name} is no tree.", f"One line an area, 2 to {DEEPEST} columns, coarsest level first.")
    for number, line in enumerate(lines[1:], 2):
        if len(line) != len(lines[0]) or not all(cell.strip() for cell in line):
            raise BadInput(f"{path.name} line {number} does not name an area at every level.", "Fill every column.")
    return built(tuple(lines[0]), [tuple(cell.strip() for cell in line) for line in lines[1:]], path.name)


def built(levels: tuple[str, ...], paths: list[tuple[str, ...]], name: str) -> Tree:
    """The tree of ``paths``, each from the coarsest level to the smallest area."""
    ordered = sorted(set(paths))
    if len(ordered) != len(paths) or len({path[-1] for path in ordered}) != len(ordered):
        raise BadInput(f"{name} names a smallest area twice.", "Give every smallest area one line and one name.")
    names: list[tuple[str, ...]] = []
    parents: list[tuple[int, ...]] = []
    before: dict[tuple[str, ...], int] = {}
    for level in range(len(levels)):
        heads = sorted({path[: level + 1] for path in ordered})
        if len({head[-1] for head in heads}) != len(heads):
            raise BadInput(
                f"{name} has two areas of the same name in level {levels[level]}.", "Tell them apart, or use codes."
            )
        names.append(tuple(head[-1] for head in heads))
        parents.append(tuple(before[head[:-1]] for head in heads) if level else ())
        before = {head: place for place, head in enumerate(heads)}
    return Tree(levels, tuple(names), tuple(parents))
