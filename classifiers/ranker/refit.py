"""Corrections on top of weights: the matrix stays as it is, and what the corrected columns teach is kept beside it.

What was learned before is therefore never unlearned; a correction speaks only for columns like its own.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from classifiers.category import tree
from classifiers.errors import ClassifierError
from classifiers.ranker.column import Column, Lesson
from classifiers.ranker.memory import learn, sorted_lessons
from classifiers.ranker.recall import known, recalled
from classifiers.ranker.weights import Weights, widened

FOLDS = 5
FEWEST = 10  # corrections below which nothing can be said about those that were held out


@dataclass(frozen=True, slots=True)
class Held:
    """How many of ``corrections`` were right when the others had taught, and before anything was taught."""

    corrections: int
    before: int
    after: int


def refit(weights: Weights, corrections: Sequence[Lesson]) -> Weights:
    """The weights after these corrections as well; ``weights`` itself is left as it is.

    The order of the corrections changes nothing.  Classes that are new are added.  ClassifierError when a correction
    names a category nobody knows.
    """
    nodes = tree()
    for position, correction in enumerate(corrections, start=1):
        for category in correction.categories:
            if category not in nodes:
                raise ClassifierError(f"Correction {position} names the unknown category {category!r}.")
    if not corrections:
        return weights
    before = weights.memory.lessons if weights.memory else ()
    lessons = sorted_lessons((*before, *corrections))
    wider = widened(replace(weights, memory=None), {c for lesson in lessons for c in lesson.categories})
    said = np.stack([known(lesson.column, wider) for lesson in lessons]).astype(np.float64)
    taught = int(weights.notes.get("corrections", "0")) + len(corrections)
    notes = {**weights.notes, "corrections": str(taught)}
    return replace(wider, memory=learn(lessons, said, wider.classes), notes=notes)


def held_out(weights: Weights, corrections: Sequence[Lesson]) -> Held:
    """Cross-validation over the corrections; those of one name and table are held out together."""
    lessons = sorted_lessons(corrections)
    groups = sorted({_group(lesson.column) for lesson in lessons})
    if len(groups) < FEWEST:
        return Held(0, 0, 0)
    fold = {group: i % FOLDS for i, group in enumerate(groups)}
    before = sum(right(weights, lesson) for lesson in lessons)
    after = 0
    for k in range(FOLDS):
        taught = refit(weights, [one for one in lessons if fold[_group(one.column)] != k])
        after += sum(right(taught, one) for one in lessons if fold[_group(one.column)] == k)
    return Held(len(lessons), before, after)


def right(weights: Weights, lesson: Lesson) -> bool:
    """Whether what is known of the column, before the neighbours are heard again, is one of the lesson's categories."""
    said = recalled(lesson.column, weights, known(lesson.column, weights))
    best = int(said.argmax())
    return bool(said[best] > 0 and weights.classes[best] in lesson.categories)


def _group(column: Column) -> tuple[str, str, str]:
    return (column.header, column.physical, column.table)
