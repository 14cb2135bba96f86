"""kᵐ-anonymity: whoever knows up to m items of a person's set finds at least k rows with them, in every class.

The field holds sets, written with a separator ("A01; B20").  With quasi-identifiers this is (k, kᵐ)-anonymity: an
attacker who knows them and m items still faces k rows.  A row without items has nothing to be known by.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from anonymizers.errors import AnonymizerError
from anonymizers.model import FIELD, Classes, Example, Flags, Ints, Model, Params, Whole
from anonymizers.params import Param, Spec

MOST_COMBINATIONS = 1 << 22


@dataclass(frozen=True, slots=True)
class Judge:
    """Combination numbers of value v: ``member[start[v]:start[v] + size[v]]``; ``kinds`` combinations in all."""

    field: str
    k: int
    start: Ints
    size: Ints
    member: Ints
    kinds: int

    def _rare(self, classes: Classes) -> tuple[Flags, Ints]:
        """Entries of the histogram with a combination that too few rows of their class hold, and the rows that hold
        each combination in each class."""
        histogram = classes.histograms[self.field]
        sizes = self.size[histogram.value]
        entry = np.repeat(np.arange(sizes.size), sizes)
        first = np.repeat(self.start[histogram.value] - (np.cumsum(sizes) - sizes), sizes)
        key = histogram.owner()[entry] * self.kinds + self.member[first + np.arange(entry.size)]
        distinct, place = np.unique(key, return_inverse=True)
        rows = np.bincount(place.ravel(), weights=histogram.count[entry], minlength=distinct.size).astype(np.int64)
        rare = np.zeros(sizes.size, dtype=bool)
        rare[entry[rows[place.ravel()] < self.k]] = True
        return rare, rows

    def holds(self, classes: Classes) -> Flags:
        """Classes in which every combination that occurs occurs k times."""
        if not classes.count.size:
            return np.zeros(0, dtype=bool)
        rare, _ = self._rare(classes)
        return ~np.logical_or.reduceat(rare, classes.histograms[self.field].start)

    def doomed(self, classes: Classes, failing: Flags) -> Ints:
        """Rows with a rare combination: it is no more frequent in any part of the class."""
        histogram = classes.histograms[self.field]
        if not failing.any():
            return np.zeros(failing.size, dtype=np.int64)
        rare, _ = self._rare(classes)
        return np.where(failing, histogram.sums(np.where(rare, histogram.count, 0)), 0)

    def value(self, classes: Classes) -> float:
        """The fewest rows of a class that share a combination that occurs in it; nan where no row has items."""
        rows = self._rare(classes)[1] if classes.count.size else np.zeros(0)
        return float(rows.min()) if rows.size else float("nan")


def judge(params: Params, whole: Whole) -> Judge:
    """k, m and the field from the parameters.  Raises AnonymizerError when the sets are too large for m."""
    values = whole.sensitive[params[FIELD]].values
    sets = [items(value, params["separator"]) for value in values]
    total = sum(math.comb(len(one), size) for one in sets for size in range(1, params["m"] + 1))
    if total > MOST_COMBINATIONS:
        raise AnonymizerError(
            f"Model km-anonymity: field {params[FIELD]!r} has {total} combinations of up to {params['m']} items, more "
            f"than the {MOST_COMBINATIONS} that can be counted; lower m or group the items."
        )
    numbers: dict[tuple[str, ...], int] = {}
    members = [
        [numbers.setdefault(one, len(numbers)) for size in range(1, params["m"] + 1) for one in combinations(own, size)]
        for own in sets
    ]
    size = np.array([len(one) for one in members], dtype=np.int64)
    flat = np.array([number for one in members for number in one], dtype=np.int64)
    return Judge(params[FIELD], params["k"], np.cumsum(size) - size, size, flat, max(len(numbers), 1))


def items(value: str, separator: str) -> tuple[str, ...]:
    """The items of a cell, each once, in order."""
    return tuple(sorted({item.strip() for item in value.split(separator)} - {""}))


def _rule(params: Params) -> str:
    return "" if params["separator"] else "Parameter 'separator' must not be empty."


_SETS = (("a", "u;v", True), ("a", "u;v", True), ("a", "u", True))

MODEL = Model(
    name="km-anonymity",
    letter="k",
    sense=">=",
    spec=Spec(
        (
            Param("k", "integer", "fewest rows that share what is known", least=1),
            Param("m", "integer", "most items of a set that are known", least=1, most=5),
            Param("separator", "text", "what stands between the items of a cell", default=";"),
        ),
        _rule,
    ),
    judge=judge,
    source="Terrovitis, Mamoulis, Kalnis 2008, Privacy-preserving anonymization of set-valued data, PVLDB 1(1), "
    "doi:10.14778/1453856.1453874; Poulis et al. 2013, Anonymizing data with relational and transaction attributes, "
    "ECML PKDD, doi:10.1007/978-3-642-40994-3_23",
    per_field=True,
    examples=(
        Example({"k": 2, "m": 2}, _SETS, True),
        Example({"k": 3, "m": 1}, _SETS, False),
        Example({"k": 2, "m": 1}, (("a", "u;v", True), ("a", "u;v", True), ("b", "", True)), True),
    ),
)
