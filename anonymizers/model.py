"""What a privacy model is: a named condition on equivalence classes, with the letters of its paper.

A file in ``anonymizers/models`` that sets ``MODEL`` is found by discovery.  A model judges every class by itself;
``whole`` tells it what the undivided table looks like.  A search needs to know what a failing class says of finer
generalisations, where it is split: ``Judge.doomed`` is a number of rows that fail however it is split, 0 when nothing
can be said.  A number too high makes a search miss the optimum; the conformance suite tries to refute it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from anonymizers.errors import AnonymizerError
from anonymizers.hierarchy import Hierarchy
from anonymizers.params import Spec

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
Params = Mapping[str, Any]

FIELD = "field"
BLOCK_CELLS = 1 << 21


@dataclass(frozen=True, slots=True)
class Histogram:
    """Value counts of one sensitive field in every class: class ``i`` owns the entries ``start[i]:start[i+1]``
    (the last one up to the end) of ``value`` and ``count``; every class has at least one entry, all counts ≥ 1."""

    start: Ints
    value: Ints
    count: Ints

    def owner(self) -> Ints:
        """The class number of every entry."""
        return np.repeat(np.arange(self.start.size, dtype=np.int64), self.sizes())

    def sizes(self) -> Ints:
        """The entries of every class: how many different values it has."""
        sizes = np.empty_like(self.start)
        np.subtract(self.start[1:], self.start[:-1], out=sizes[:-1])
        sizes[-1:] = self.value.size - self.start[-1:]
        return sizes

    def sums(self, numbers: NDArray[Any]) -> NDArray[Any]:
        """``numbers`` (one per entry) added up class by class."""
        total: NDArray[Any] = np.add.reduceat(numbers, self.start)
        return total

    def blocks(
        self, width: int, chosen: Flags | None = None, codes: Ints | None = None
    ) -> Iterator[tuple[Ints, Floats]]:
        """Counts as matrices that fit a cache: numbers of some classes (those ``chosen``), and their counts
        float[classes, width].  ``codes`` lumps values together: ``codes[v]`` < ``width`` is the column of value v."""
        value = self.value if codes is None else codes[self.value]
        sizes = self.sizes()
        numbers = np.arange(self.start.size) if chosen is None else np.flatnonzero(chosen)
        step = max(BLOCK_CELLS // max(width, 1), 1)
        for first in range(0, numbers.size, step):
            some = numbers[first : first + step]
            mine = sizes[some]
            ends = np.cumsum(mine)
            entries = np.arange(int(ends[-1])) + np.repeat(self.start[some] - (ends - mine), mine)
            cells = np.repeat(np.arange(some.size) * width, mine) + value[entries]
            matrix = np.bincount(cells, weights=self.count[entries], minlength=some.size * width).astype(float)
            yield some, matrix.reshape(some.size, width)


@dataclass(frozen=True, slots=True)
class Classes:
    """Equivalence classes of one generalisation.  ``count``: released rows of each class; ``population``: rows of
    the wider table in it (equal to ``count`` where there is no research subset).  ``information``: the share of its
    information that a row of each class has lost, 0 to 1, worked out only for models that ask for it."""

    count: Ints
    population: Ints
    histograms: Mapping[str, Histogram] = field(default_factory=dict)
    information: Floats | None = None


@dataclass(frozen=True, slots=True)
class Distribution:
    """A sensitive field over the whole table: ``count[v]`` rows hold ``values[v]``."""

    values: tuple[str, ...]
    count: Ints
    hierarchy: Hierarchy | None = None

    def share(self) -> Floats:
        """Share of rows by value; adds up to 1."""
        result: Floats = self.count / max(int(self.count.sum()), 1)
        return result


@dataclass(frozen=True, slots=True)
class Whole:
    """The undivided table: its rows, its sensitive fields, and whether a research subset was named."""

    rows: int
    sensitive: Mapping[str, Distribution] = field(default_factory=dict)
    has_subset: bool = False


class Judge(Protocol):
    """A model with its parameters fixed and the whole table seen.  It may say ``least``: no class of fewer released
    rows can hold (but one of none)."""

    def holds(self, classes: Classes) -> Flags:
        """One flag a class."""

    def doomed(self, classes: Classes, failing: Flags) -> Ints:
        """For every failing class a lower bound on the rows that fail in any split of it (0 for the others)."""

    def value(self, classes: Classes) -> float:
        """What the table attains in the model's own unit (k, l, t …); nan when there is no class."""


class Overall(Protocol):
    """A model that looks at all classes at once, through their sizes; the smallest are suppressed until it is met."""

    def met(self, sizes: Ints) -> bool:
        """``sizes`` int64[classes] of the classes that are kept, ascending; nothing kept is always good."""

    def least(self, sizes: Ints) -> int:
        """Rows that are lost at least, however classes of these sizes are split and parts suppressed until it is met;
        0 when nothing can be said."""

    def value(self, sizes: Ints) -> float:
        """What the table attains in the model's own unit; nan when there is no class."""


@dataclass(frozen=True, slots=True)
class Example:
    """A worked case for the conformance suite: ``rows`` are (class, sensitive value, in the subset); does it hold?"""

    params: Params
    rows: tuple[tuple[str, str, bool], ...]
    holds: bool
    values: tuple[str, ...] = ()
    hierarchy: Hierarchy | None = None


@dataclass(frozen=True, slots=True)
class Model:
    """``judge(params, whole)`` fixes the parameters, already read by ``spec``.

    ``letter`` is the parameter that ``Judge.value`` is measured in, ``sense`` how the value must meet it (">=", "<="
    or "<", "in").  ``per_field``: also takes ``field``, the sensitive field.
    ``refines``: a class that fails still fails in every part it is split into (then ``doomed`` is all its rows).
    ``needs_subset``: speaks of a research subset inside a wider table; ``everyone(params)``: no class of that wider
    table may be without a released row, which suppression cannot repair.  ``informed``: asks for
    ``Classes.information``.  ``overall`` stands in place of ``judge`` where all classes are judged at once."""

    name: str
    letter: str
    sense: str
    spec: Spec
    source: str
    judge: Callable[[Params, Whole], Judge] | None = None
    overall: Callable[[Params, Whole], Overall] | None = None
    per_field: bool = False
    refines: bool = False
    needs_subset: bool = False
    informed: bool = False
    everyone: Callable[[Params], bool] = field(default=lambda params: False)
    examples: tuple[Example, ...] = ()

    def read(self, params: Params) -> dict[str, Any]:
        """``params`` with defaults filled in.  Raises AnonymizerError naming the model and the parameter."""
        own = {name: value for name, value in params.items() if not (self.per_field and name == FIELD)}
        try:
            full = self.spec.read(own)
        except AnonymizerError as error:
            raise AnonymizerError(f"Model {self.name}: {error}") from None
        if self.per_field:
            if not isinstance(params.get(FIELD), str):
                raise AnonymizerError(f'Model {self.name}: name the sensitive field, as field = "...".')
            full[FIELD] = params[FIELD]
        return full
