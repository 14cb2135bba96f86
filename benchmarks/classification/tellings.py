"""Tables that people read: calibration, coverage, confusions and sources, as markdown."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from benchmarks.classification.score import Judged, figures

COVERAGES = (0.3, 0.5, 0.7, 0.85, 1.0)


def _row(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cells) + " |"


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    return "\n".join([_row(head), _row(["---"] * len(head)), *(_row(r) for r in rows)])


def calibration(judged: Sequence[Judged], bins: int = 10) -> str:
    """Said against right, by bands of confidence."""
    rows: list[list[str]] = []
    for b in range(bins):
        own = [j for j in judged if min(int(j.confidence * bins), bins - 1) == b]
        if own:
            said, right = sum(j.confidence for j in own) / len(own), sum(j.right for j in own) / len(own)
            rows.append([f"{b / bins:.1f}-{(b + 1) / bins:.1f}", str(len(own)), f"{said:.3f}", f"{right:.3f}"])
    return _table(["confidence", "columns", "said", "right"], rows)


def coverage(judged: Sequence[Judged]) -> str:
    """Accuracy on the most confident share of the columns."""
    order = sorted(judged, key=lambda j: (-j.confidence, j.id))
    cells = []
    for share in COVERAGES:
        top = order[: max(1, round(share * len(order)))]
        cells.append(f"{sum(j.right for j in top) / len(top):.3f}")
    return _table([f"top {share:.0%}" for share in COVERAGES], [cells])


def confusions(judged: Sequence[Judged], most: int = 15) -> str:
    """The commonest wrong verdicts."""
    wrong = Counter((j.truth, j.category) for j in judged if not j.right)
    rows = [[str(n), truth, category] for (truth, category), n in wrong.most_common(most)]
    return _table(["columns", "is", "was said to be"], rows)


def sources(judged: Sequence[Judged]) -> str:
    """The figures, source by source."""
    rows: list[list[str]] = []
    for source in sorted({j.source for j in judged}):
        f = figures([j for j in judged if j.source == source])
        names = ("macro-F1", "level accuracy", "grave recall", "grave precision", "under-graded", "top 70 %")
        rows.append([source, f"{f['columns']:.0f}", *(f"{f[n]:.3f}" for n in names)])
    return _table(["source", "columns", "macro-F1", "level acc.", "recall ≥ 3", "precision", "under", "top 70 %"], rows)
