"""Ask the models of a problem about any grouping of its units.

The search asks about nodes of the lattice; here a group is whatever a recoding made it, and units may be left out.
The baseline of a model (the whole table of t-closeness) stays that of all units, those left out included.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from anonymizers.model import Classes, Histogram
from anonymizers.search.groups import group_ids, ranks, starts
from anonymizers.search.problem import Problem
from anonymizers.search.solve import judges_of

Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Values:
    """One sensitive field by unit: unit ``u`` owns the entries ``start[u]:start[u + 1]``."""

    start: Ints
    value: Ints
    count: Ints
    radix: int

    def entries(self, units: Ints) -> tuple[Ints, Ints]:
        """For every entry of ``units`` its place in ``units``, and its number."""
        sizes = self.start[units + 1] - self.start[units]
        owner = np.repeat(np.arange(units.size), sizes)
        ends = np.cumsum(sizes)
        number = np.arange(owner.size) + np.repeat(self.start[units] - (ends - sizes), sizes)
        return owner, number


class Judged:
    """The models of ``problem``, ready to be asked; a class of fewer than ``least`` rows fails.

    Raises AnonymizerError on models that do not fit the problem, or that judge all classes at once."""

    def __init__(self, problem: Problem) -> None:
        self.judges = judges_of(problem)
        self.counts = problem.counts.astype(np.int64)
        self.fields = {name: _by_unit(problem, name) for name in problem.sensitive}
        self.least = max((_least(name, params) for name, params in problem.models), default=1)

    def classes(self, units: Ints, group: Ints, groups: int) -> Classes:
        """The classes that ``group`` (0 … ``groups`` − 1, each at least once) makes of ``units``."""
        count = np.bincount(group, weights=self.counts[units], minlength=groups).astype(np.int64)
        histograms = {name: _histogram(values, units, group) for name, values in self.fields.items()}
        return Classes(count, count, histograms)

    def holds(self, units: Ints, group: Ints, groups: int) -> Flags:
        """One flag a group: does every model hold for it?"""
        if not groups:
            return np.zeros(0, dtype=bool)
        classes = self.classes(units, group, groups)
        flags = np.ones(groups, dtype=bool)
        for judge in self.judges:
            flags &= judge.holds(classes)
        return flags

    def one(self, units: Ints) -> bool:
        """Do the models hold for ``units`` taken as one class?"""
        return bool(units.size) and bool(self.holds(units, np.zeros(units.size, dtype=np.int64), 1)[0])


def _least(name: str, params: Mapping[str, Any]) -> int:
    """Rows that a class must have for the model to hold, as far as the letters say it; 1 where they do not."""
    letter = {"k-anonymity": "k", "distinct-l-diversity": "l"}.get(name)
    return max(int(params[letter]), 1) if letter else 1


def _by_unit(problem: Problem, name: str) -> Values:
    triples = problem.sensitive[name]
    order = np.argsort(triples.tuple_index, kind="stable")
    sizes = np.bincount(triples.tuple_index, minlength=problem.counts.size)
    start = np.concatenate(([0], np.cumsum(sizes))).astype(np.int64)
    value, count = triples.value_code[order].astype(np.int64), triples.count[order].astype(np.int64)
    return Values(start, value, count, max(len(triples.values), 1))


def _histogram(values: Values, units: Ints, group: Ints) -> Histogram:
    owner, number = values.entries(units)
    word = group[owner] * values.radix + values.value[number]
    order = np.argsort(word, kind="stable")
    word, count = word[order], values.count[number[order]]
    first = starts(word)
    word, count = word[first], np.add.reduceat(count, first) if first.size else count
    return Histogram(starts(word // values.radix), word % values.radix, count)


def distinct(columns: Sequence[NDArray[np.integer]], rows: int) -> tuple[Ints, int]:
    """One number a row from 0 up, equal where all ``columns`` are, and how many numbers there are."""
    word, _ = group_ids([(codes, int(codes.max(initial=0)) + 1) for codes in columns], rows)
    number, _ = ranks(word)
    return number, int(number.max(initial=-1)) + 1
