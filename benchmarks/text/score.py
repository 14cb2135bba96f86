"""Recall and precision of spans.  A gold span is found when every character of it is covered, whatever it is called."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from benchmarks.text.sentences import Sentence

Span = tuple[int, int, str]


@dataclass(slots=True)
class Score:
    """By kind: how many there are, how many are covered wholly, how many in part; and of the spans found, the right
    ones (they touch gold) by category."""

    there: Counter[str] = field(default_factory=Counter)
    whole: Counter[str] = field(default_factory=Counter)
    part: Counter[str] = field(default_factory=Counter)
    found: Counter[str] = field(default_factory=Counter)
    right: Counter[str] = field(default_factory=Counter)
    missed: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)

    def recall(self, kinds: Iterable[str] | None = None) -> float:
        chosen = list(self.there if kinds is None else kinds)
        there = sum(self.there[k] for k in chosen)
        return sum(self.whole[k] for k in chosen) / there if there else float("nan")

    def precision(self, category: str = "") -> float:
        chosen = [c for c in self.found if c.startswith(category)]
        found = sum(self.found[c] for c in chosen)
        return sum(self.right[c] for c in chosen) / found if found else float("nan")


def score(cases: Sequence[Sentence], spans: Sequence[Sequence[Span]]) -> Score:
    """The score over all sentences."""
    total = Score()
    for case, found in zip(cases, spans, strict=True):
        covered = {place for start, end, _ in found for place in range(start, end)}
        for start, end, kind in case.gold:
            total.there[kind] += 1
            inside = sum(place in covered for place in range(start, end))
            total.whole[kind] += inside == end - start
            total.part[kind] += 0 < inside < end - start
            if inside < end - start:
                total.missed.append(f"{kind}: {case.text[start:end]} | {case.text}")
        gold = {place for start, end, _ in case.gold for place in range(start, end)}
        for start, end, category in found:
            total.found[category] += 1
            right = any(place in gold for place in range(start, end))
            total.right[category] += right
            if not right:
                total.wrong.append(f"{category}: {case.text[start:end]} | {case.text}")
    return total
