"""What two hundred corrections from a new source are worth on the rest of it.

``python benchmarks/classification/corrections.py`` — for every Chinese source: the ranker without the source, the rules
without its wordings; then the same after 200 random columns of it were corrected (half of them where it has fewer than
400).  Mean and standard deviation over several draws.  ``elsewhere`` is what the same corrections do to another source.
"""

from __future__ import annotations

import argparse
import random
import statistics
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent.parent))

from benchmarks.classification.columns import HERE, load
from benchmarks.classification.run import judge_source
from benchmarks.classification.score import Judged, figures
from benchmarks.classification.unseen import blinded, weights_without
from classifiers.ranker.column import Lesson
from classifiers.ranker.corpus import VIEWS, Labelled, read_labels
from classifiers.ranker.lessons import of_columns
from classifiers.ranker.refit import refit

TAUGHT, DRAWS = 200, 3
LEAST = 30  # columns of a source below which half of it teaches nothing that can be measured
SHOWN = ("macro-F1", "accuracy", "grave recall", "grave precision", "under-graded", "to review", "calibration error")
Figures = dict[str, float]


@dataclass(frozen=True, slots=True)
class Draw:
    """The rest of a source before and after ``corrected`` of its columns were corrected."""

    corrected: int
    before: Figures
    after: Figures


def draws(source: str, view: str, seeds: Sequence[int], taught: int = TAUGHT) -> list[Draw]:
    """One for every seed.  A label that stands for several categories is given as all of them."""
    columns = load()
    own = [c for c in columns if c.source == source]
    classifiers, weights = blinded(columns, source), weights_without(source)
    seen = of_columns(own, classifiers, read_labels(HERE / "labels.toml"), blind=False, views=(view,))
    before = judge_source(own, view, classifiers, weights)
    found: list[Draw] = []
    for seed in seeds:
        picked = drawn(own, seed, taught)
        lessons = [lesson for column, lesson in seen if column.id in picked]
        after = judge_source(own, view, classifiers, refit(weights, lessons))
        found.append(Draw(len(picked), _rest(before, picked), _rest(after, picked)))
    return found


def drawn(own: Sequence[Labelled], seed: int, taught: int = TAUGHT) -> frozenset[str]:
    """Ids of the columns that are corrected."""
    return frozenset(c.id for c in random.Random(seed).sample(list(own), min(taught, len(own) // 2)))


def elsewhere(source: str, other: str, view: str, seed: int) -> tuple[Figures, Figures]:
    """What corrections from ``source`` do to ``other``, which neither rules nor ranker nor corrections have seen."""
    columns = load()
    labels = read_labels(HERE / "labels.toml")
    own, rest = ([c for c in columns if c.source == s] for s in (source, other))
    classifiers, weights = blinded(columns, other), weights_without(other)
    picked = drawn(own, seed)
    lessons: list[Lesson] = [
        lesson for column, lesson in of_columns(own, classifiers, labels, views=(view,)) if column.id in picked
    ]
    judged = (judge_source(rest, view, classifiers, w) for w in (weights, refit(weights, lessons)))
    before, after = (figures(j) for j in judged)
    return before, after


def _rest(judged: Sequence[Judged], picked: frozenset[str]) -> Figures:
    return figures([j for j in judged if j.id not in picked])


def line(source: str, view: str, found: Sequence[Draw]) -> str:
    """A row of the table: before → after of every figure, and the gain in points of the first two."""
    cells = [source, view, str(found[0].corrected)]
    for name in SHOWN:
        means = [statistics.fmean(getattr(d, when)[name] for d in found) for when in ("before", "after")]
        cells.append(f"{means[0]:.3f} → {means[1]:.3f}")
    for name in SHOWN[:2]:
        gains = [100 * (d.after[name] - d.before[name]) for d in found]
        cells.append(f"{statistics.fmean(gains):+.1f} ± {statistics.pstdev(gains):.1f}")
    return "| " + " | ".join(cells) + " |"


def main() -> None:
    """One line a source and view."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--view", choices=VIEWS, help="only this view")
    parser.add_argument("--source", help="only the source whose name starts so")
    parser.add_argument("--draws", type=int, default=DRAWS, help="random draws of corrected columns")
    parser.add_argument("--taught", type=int, default=TAUGHT, help="columns that are corrected")
    parser.add_argument("--elsewhere", action="store_true", help="what corrections do to the other sources instead")
    options = parser.parse_args()
    columns = [c for c in load() if c.language == "zh"]
    sources = [s for s in dict.fromkeys(c.source for c in columns) if sum(c.source == s for c in columns) >= LEAST]
    chosen = [s for s in sources if s.startswith(options.source or "")]
    if options.elsewhere:
        for source in chosen:
            for other in (s for s in sources if s != source):
                for view in VIEWS if options.view is None else (options.view,):
                    before, after = elsewhere(source, other, view, 1)
                    told = " | ".join(f"{before[n]:.3f} → {after[n]:.3f}" for n in SHOWN[:4])
                    print(f"| {source} | {other} | {view} | {told} |", flush=True)
        return
    heads = ["source", "view", "corrected", *SHOWN, "points of macro-F1", "points of accuracy"]
    print(f"| {' | '.join(heads)} |\n|{'---|' * len(heads)}")
    for source in chosen:
        for view in VIEWS if options.view is None else (options.view,):
            print(line(source, view, draws(source, view, range(1, options.draws + 1), options.taught)), flush=True)


if __name__ == "__main__":
    main()
