"""What two hundred corrections from a new source are worth on the rest of it.

``python benchmarks/classification/corrections.py`` — for every Chinese source: the ranker without the source, the rules
without its wordings; then the same after 200 random columns of it were corrected (half of them where it has fewer than
400).  ``ranker`` gives the corrections to ``refit`` alone; ``both`` also to ``classify``, as a run of the product does.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections.abc import Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent.parent))

from benchmarks.classification.columns import HERE, load
from benchmarks.classification.run import judge_source
from benchmarks.classification.score import Judged, macro_f1
from benchmarks.classification.unseen import blinded, weights_without
from classifiers.correction import Correction
from classifiers.discovery import found
from classifiers.ranker.corpus import VIEWS, Labelled, categories_of, read_labels
from classifiers.ranker.refit import refit
from classifiers.ranker.lessons import classes, of_columns

TAUGHT, SEED = 200, 1
LEAST = 30  # columns of a source below which half of it teaches nothing that can be measured


def experiment(source: str, view: str, taught: int = TAUGHT, seed: int = SEED) -> tuple[int, float, float, float]:
    """(corrected columns, macro-F1 of the rest before, after a refit, after a refit and with the corrections)."""
    columns = load()
    own = [c for c in columns if c.source == source]
    picked = {c.id for c in random.Random(seed).sample(own, min(taught, len(own) // 2))}
    classifiers, weights, labels = blinded(columns, source), weights_without(source), read_labels(HERE / "labels.toml")
    known = classes(found())

    def rest(judged: Sequence[Judged]) -> float:
        return macro_f1([j for j in judged if j.id not in picked])

    before = rest(judge_source(own, view, classifiers, weights))
    seen = of_columns(own, classifiers, labels, blind=False, views=(view,))
    lessons = [lesson for column, lesson in seen if column.id in picked]
    learned = refit(weights, lessons)
    after = rest(judge_source(own, view, classifiers, learned))
    given = [_correction(c, view, categories_of(c.label, known, labels)[0]) for c in own if c.id in picked]
    both = rest(judge_source(own, view, classifiers, learned, given))
    return len(picked), before, after, both


def _correction(column: Labelled, view: str, category: str) -> Correction:
    name = column.physical if view == "physical+values" else column.header
    return Correction(name, category, "", column.table)


def main() -> None:
    """One line a source and view."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--view", choices=VIEWS, help="only this view")
    options = parser.parse_args()
    columns = [c for c in load() if c.language == "zh"]
    print("| source | view | corrected | before | ranker | both |\n|---|---|---|---|---|---|")
    for source in dict.fromkeys(c.source for c in columns):
        if sum(c.source == source for c in columns) < LEAST:
            continue
        for view in VIEWS if options.view is None else (options.view,):
            n, before, after, both = experiment(source, view)
            print(f"| {source} | {view} | {n} | {before:.3f} | {after:.3f} | {both:.3f} |", flush=True)


if __name__ == "__main__":
    main()
