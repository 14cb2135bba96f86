"""The figures: macro-F1, accuracy, recall and precision of the grave columns, under-graded share, calibration."""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

GRAVE = 3
LABELS: Mapping[str, list[str]] = tomllib.loads(Path(__file__).with_name("labels.toml").read_text(encoding="utf-8"))


@dataclass(frozen=True, slots=True)
class Judged:
    """One column: the true label and level, the verdict as a label and level, its category and confidence."""

    id: str
    source: str
    truth: str
    level: int
    verdict: str
    verdict_level: int
    category: str
    confidence: float
    review: bool

    @property
    def right(self) -> bool:
        """Whether the verdict counts as right."""
        return self.verdict == self.truth


def label_of(category: str, truth: str) -> str:
    """The label a category counts as: the true one where the category covers it."""
    at = category
    while at not in LABELS:
        at = at.rpartition(".")[0]
    return truth if truth in LABELS[at] else LABELS[at][0]


def macro_f1(judged: Sequence[Judged]) -> float:
    """Mean F1 over the labels that occur."""
    scores = [f1 for f1, _ in per_label(judged).values()]
    return sum(scores) / len(scores)


def per_label(judged: Sequence[Judged]) -> dict[str, tuple[float, int]]:
    """(F1, support) of every label that occurs."""
    truth = Counter(j.truth for j in judged)
    said = Counter(j.verdict for j in judged)
    both = Counter(j.truth for j in judged if j.right)
    return {label: (2 * both[label] / (n + said[label]), n) for label, n in truth.items()}


def figures(judged: Sequence[Judged]) -> dict[str, float]:
    """All figures of one view.  ``unknown`` counts as grave: it stays closed until a person has looked."""
    n = len(judged)
    grave = [j for j in judged if j.level >= GRAVE]
    said = [j for j in judged if j.verdict_level >= GRAVE]
    both = sum(j.verdict_level >= GRAVE for j in grave)
    order = sorted(judged, key=lambda j: (-j.confidence, j.id))
    top = order[: round(0.7 * n)]
    return {
        "columns": n,
        "macro-F1": macro_f1(judged),
        "accuracy": sum(j.right for j in judged) / n,
        "level accuracy": sum(j.verdict_level == j.level for j in judged) / n,
        "grave recall": both / len(grave) if grave else 1.0,
        "grave precision": both / len(said) if said else 1.0,
        "under-graded": sum(j.verdict_level < j.level for j in judged) / n,
        "under-graded unseen": sum(j.verdict_level < j.level and not j.review for j in judged) / n,
        "top 70 %": sum(j.right for j in top) / len(top),
        "to review": sum(j.review for j in judged) / n,
        "unknown": sum(j.category == "unknown" for j in judged) / n,
        "calibration error": calibration_error(judged),
    }


def calibration_error(judged: Sequence[Judged], bins: int = 10) -> float:
    """Expected calibration error over equal bins of confidence."""
    total = 0.0
    for b in range(bins):
        chosen = [
            j for j in judged if b / bins <= j.confidence < (b + 1) / bins or (b == bins - 1 and j.confidence == 1)
        ]
        if chosen:
            right = sum(j.right for j in chosen) / len(chosen)
            said = sum(j.confidence for j in chosen) / len(chosen)
            total += abs(right - said) * len(chosen) / len(judged)
    return total
