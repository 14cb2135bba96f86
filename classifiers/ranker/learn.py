"""Fitting: logistic regression with the rules as offset, by Adagrad over small batches, in a fixed order.

A lesson may name several right categories (a label coarser than the tree): their probabilities are summed.  What a
workspace corrects later is not fitted into these weights but kept beside them: see ``refit``.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from classifiers.ranker.column import Lesson
from classifiers.ranker.features import Rows, offsets, rows
from classifiers.ranker.weights import Matrix, Weights, empty

BATCH = 256
RATE, DECAY, EPOCHS = 0.5, 1e-5, 10
EPSILON = 1e-6


def logits(rows_: Rows, matrix: Matrix) -> Matrix:
    """(rows, classes): the sparse rows times the matrix."""
    found: Matrix = np.add.reduceat(matrix[rows_.at] * rows_.value[:, None], rows_.starts[:-1], axis=0)
    return found


def softmax(scores: Matrix) -> Matrix:
    """Along the classes."""
    raised = np.exp(scores - scores.max(axis=1, keepdims=True))
    found: Matrix = raised / raised.sum(axis=1, keepdims=True)
    return found


def _targets(lessons: Sequence[Lesson], classes: Sequence[str]) -> np.ndarray[tuple[int, int], np.dtype[np.bool_]]:
    place = {category: i for i, category in enumerate(classes)}
    right = np.zeros((len(lessons), len(classes)), dtype=np.bool_)
    for i, lesson in enumerate(lessons):
        for category in lesson.categories:
            right[i, place[category]] = True
    return right


def _order(size: int) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    """The lessons mixed, the same way every time: steps of a number that shares no factor with the size."""
    step = max(1, int(size * 0.6180339887))
    while np.gcd(step, size) != 1:
        step += 1
    return (np.arange(size, dtype=np.int64) * step) % size


def _descend(
    start: Matrix,
    lessons: Sequence[Lesson],
    classes: tuple[str, ...],
    rate: float,
    epochs: int,
    batch: int,
    held: float,
) -> Matrix:
    mixed = [lessons[i] for i in _order(len(lessons)).tolist()]
    columns = [lesson.column for lesson in mixed]
    all_rows, said, right = rows(columns), offsets(columns, classes), _targets(mixed, classes)
    counts = np.array([lesson.weight for lesson in mixed], dtype=np.float32)
    matrix = start.copy()
    past = np.full((len(matrix), 1), EPSILON, dtype=np.float32)
    for _ in range(epochs):
        for begin in range(0, len(mixed), batch):
            end = min(begin + batch, len(mixed))
            part = all_rows.part(begin, end)
            p = softmax(logits(part, matrix) + said[begin:end])
            q = np.where(right[begin:end], p, 0.0)
            q /= np.maximum(q.sum(axis=1, keepdims=True), 1e-12)
            slope = (p - q) * counts[begin:end, None]
            sizes = np.diff(part.starts)
            touched, place = np.unique(part.at, return_inverse=True)
            order = np.argsort(place, kind="stable")
            spread = slope[np.repeat(np.arange(end - begin), sizes)] * part.value[:, None]
            edges = np.concatenate(([0], np.flatnonzero(np.diff(place[order])) + 1))
            gradient = np.add.reduceat(spread[order], edges, axis=0) / (end - begin)
            gradient += held * (matrix[touched] - start[touched])
            past[touched] += (gradient**2).sum(axis=1, keepdims=True)
            matrix[touched] -= rate * gradient / np.sqrt(past[touched])
    return matrix


def fit(lessons: Sequence[Lesson], classes: tuple[str, ...], notes: dict[str, str] | None = None) -> Weights:
    """Weights from nothing.  Every category of a lesson must be one of ``classes``."""
    start = empty(classes).matrix
    return Weights(classes, _descend(start, lessons, classes, RATE, EPOCHS, BATCH, DECAY), notes or {})
