"""Leave one source out, truly: its wordings taken from the phrases, its columns from the lessons of the ranker.

For every source the ranker is trained anew on the others and on the phrases that are left.  The weights are kept in
memory only.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from benchmarks.classification.columns import HERE, load
from classifiers.classifier import Classifier
from classifiers.discovery import found
from classifiers.ranker.blind import without, wordings
from classifiers.ranker.column import Lesson
from classifiers.ranker.corpus import Labelled, read_labels
from classifiers.ranker.learn import fit
from classifiers.ranker.lessons import classes, of_columns, of_phrases
from classifiers.ranker.weights import Weights


@lru_cache(maxsize=1)
def lessons() -> list[tuple[Labelled, Lesson]]:
    """Every labelled column as a lesson, each seen by rules that do not know its source."""
    return of_columns(load(), found(), read_labels(HERE / "labels.toml"))


def blinded(columns: Sequence[Labelled], source: str) -> tuple[Classifier, ...]:
    """The classifiers without the wordings that only this source has."""
    return without(found(), wordings(columns, source))


@lru_cache(maxsize=16)
def weights_without(source: str) -> Weights:
    """The ranker as it would be had nobody seen the source."""
    classifiers = blinded(load(), source)
    taught = [lesson for column, lesson in lessons() if column.source != source]
    return fit(taught + of_phrases(classifiers), classes(classifiers))
