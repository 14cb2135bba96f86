"""What the corrections of one workspace taught: the corrected columns themselves, and how each speaks for its like.

Kernel logistic regression with everything known before as offset: a column is like another when its values are, and the
more so when the same would have been said of both, in a table or under a name that is alike.  What was said rightly
before teaches next to nothing.  Holds no cell: a column is its names and what ``classify.observe`` saw.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from math import log1p

import numpy as np

from classifiers.errors import ClassifierError
from classifiers.ranker.column import Column, Lesson
from classifiers.ranker.features import name

VALUES, SAID, BOTH, TABLE, NAME = 1.0, 0.5, 2.0, 0.5, 0.5  # how much each kind of likeness counts
FIRM = 1.4
PENALTY, ROUNDS = 0.03, 60
LARGEST = 2000  # corrected columns that are kept; a spread of them when there are more
DIGITS = 4  # of what is learned, so that one machine's last bits are not another weight

Array = np.ndarray[tuple[int, int], np.dtype[np.float64]]
Vector = np.ndarray[tuple[int], np.dtype[np.float64]]
Stored = np.ndarray[tuple[int, int], np.dtype[np.float32]]
Features = Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Space:
    """Rows of length one over the features that the remembered columns have; ``weight`` is how telling each is."""

    place: Mapping[str, int]
    weight: Vector
    unseen: float
    rows: Array

    def like(self, features: Features) -> Vector:
        """Cosine with every remembered column; zero when there is nothing to compare."""
        at = [self.place.get(key, -1) for key in features]
        value = np.fromiter(features.values(), dtype=np.float64, count=len(features))
        value = value * np.array([self.unseen if i < 0 else self.weight[i] for i in at], dtype=np.float64)
        length = float(np.sqrt((value * value).sum()))
        if not length:
            return np.zeros(len(self.rows))
        full = np.zeros(self.rows.shape[1])
        for i, v in zip(at, value.tolist(), strict=True):
            if i >= 0:
                full[i] += v
        found: Vector = self.rows @ (full / length)
        return found


@dataclass(frozen=True, slots=True)
class Sight:
    """The remembered columns as the kernel sees them."""

    names: Space
    shapes: Space
    words: Space
    tables: tuple[str, ...]
    roots: Array

    def like(self, column: Column, root: Vector) -> Vector:
        """The kernel between ``column``, of which ``root`` squared would have been said, and every remembered one."""
        values = (self.shapes.like(_part(column, "value:")) + self.words.like(_part(column, "word:"))) / 2
        said = self.roots @ root
        same = np.array([table == column.table for table in self.tables], dtype=np.float64)
        names = self.names.like(_names(column))
        found: Vector = VALUES * values + said * (SAID + BOTH * values + TABLE * same + NAME * names)
        return found


@dataclass(frozen=True, slots=True, eq=False)
class Memory:
    """``said`` is (lessons, classes + 1): what was known before, in nats, ``unknown`` last; ``pull`` what each lesson
    adds to a column that is like it."""

    lessons: tuple[Lesson, ...]
    said: Stored
    pull: Stored
    sight: Sight = field(repr=False)

    def recall(self, column: Column, said: Vector) -> Vector:
        """Nats for every class against ``unknown``, beside ``said``, (classes,), which is what is known before.

        What stands near a corrected column is also said more firmly: as much as the verdicts measured blind allow.
        """
        root = _roots(np.append(said, 0.0)[None, :])[0]
        near = self.sight.like(column, root)
        pulled = near @ self.pull
        firm = 1 + (FIRM - 1) * min(1.0, float(near.max()) / own_likeness(column))
        found: Vector = firm * (pulled[:-1] - pulled[-1]) + (firm - 1) * said
        return found


def own_likeness(column: Column) -> float:
    """The kernel between a column and itself."""
    values = (bool(_part(column, "value:")) + bool(_part(column, "word:"))) / 2
    return VALUES * values + SAID + BOTH * values + TABLE + NAME


def sorted_lessons(lessons: Sequence[Lesson]) -> tuple[Lesson, ...]:
    """Each different lesson once, with the weight of all that are alike, in an order of its own."""
    alike: dict[str, Lesson] = {}
    for lesson in lessons:
        key = json.dumps([asdict(lesson.column), sorted(lesson.categories)], sort_keys=True, ensure_ascii=False)
        before = alike.get(key)
        weight = lesson.weight + (before.weight if before else 0.0)
        alike[key] = Lesson(lesson.column, tuple(sorted(lesson.categories)), weight)
    order = [alike[key] for key in sorted(alike)]
    if len(order) > LARGEST:
        order = [order[i] for i in np.linspace(0, len(order) - 1, LARGEST).astype(int).tolist()]
    return tuple(order)


def learn(lessons: Sequence[Lesson], said: Array, classes: tuple[str, ...]) -> Memory:
    """A memory of ``lessons`` (as :func:`sorted_lessons` gives them); ``said`` is (lessons, classes) in nats."""
    offset = np.concatenate([said, np.zeros((len(lessons), 1))], axis=1)
    sight = _sight(lessons, offset)
    kernel = np.stack([sight.like(lesson.column, root) for lesson, root in zip(lessons, sight.roots, strict=True)])
    kernel = (kernel + kernel.T) / 2
    place = {category: i for i, category in enumerate(classes)}
    right = np.zeros(offset.shape)
    for i, lesson in enumerate(lessons):
        right[i, [place[category] for category in lesson.categories]] = 1.0
    heavy = np.array([lesson.weight for lesson in lessons])
    solve = np.linalg.inv(kernel / 2 + np.diag(PENALTY / heavy))
    pull = np.zeros(offset.shape)
    for _ in range(ROUNDS):  # a half bounds the curvature (Böhning 1992), so that every round comes closer
        now = kernel @ pull
        chance = _softmax(offset + now)
        wanted = chance * right
        wanted /= np.maximum(wanted.sum(axis=1, keepdims=True), 1e-12)
        pull = solve @ (now / 2 - (chance - wanted))
    kept = np.round(pull, DIGITS).astype(np.float32) + np.float32(0.0)
    return Memory(tuple(lessons), offset.astype(np.float32), kept, sight)


def dump(memory: Memory) -> bytes:
    """The memory as bytes: what was said and the pulls, then the lessons as JSON."""
    told = json.dumps([asdict(lesson) for lesson in memory.lessons], ensure_ascii=False, sort_keys=True)
    return memory.said.astype("<f4").tobytes() + memory.pull.astype("<f4").tobytes() + told.encode()


def read(raw: bytes, lessons: int, classes: int) -> Memory:
    """The memory from its bytes; ClassifierError when they are damaged."""
    size = lessons * (classes + 1)
    try:
        said, pull = (np.frombuffer(raw, "<f4", size, 4 * size * i).reshape(lessons, -1).copy() for i in (0, 1))
        told = tuple(
            Lesson(Column(**one["column"]), tuple(one["categories"]), float(one["weight"]))
            for one in json.loads(raw[8 * size :])
        )
    except (ValueError, KeyError, TypeError):
        raise ClassifierError("The memory of corrections is cut short or damaged; train it again.") from None
    if len(told) != lessons or not lessons or not (np.isfinite(said).all() and np.isfinite(pull).all()):
        raise ClassifierError("The memory of corrections is cut short or damaged; train it again.")
    return Memory(told, said, pull, _sight(told, said.astype(np.float64)))


def _sight(lessons: Sequence[Lesson], offset: Array) -> Sight:
    columns = [lesson.column for lesson in lessons]
    return Sight(
        _space([_names(c) for c in columns], rare=True),
        _space([_part(c, "value:") for c in columns], rare=False),
        _space([_part(c, "word:") for c in columns], rare=False),
        tuple(c.table for c in columns),
        _roots(offset),
    )


def _space(rows: Sequence[Features], *, rare: bool) -> Space:
    """``rare``: what few of the columns have tells more than what all have."""
    place: dict[str, int] = {}
    for row in rows:
        for key in sorted(row):
            place.setdefault(key, len(place))
    found = np.zeros((len(rows), len(place)))
    for i, row in enumerate(rows):
        found[i, [place[key] for key in row]] = list(row.values())
    weight, unseen = np.ones(len(place)), 1.0
    if rare:
        weight = np.log((len(rows) + 1) / ((found != 0).sum(axis=0) + 0.5)) + 0.1
        unseen = float(np.log((len(rows) + 1) / 0.5) + 0.1)
    found = found * weight
    length = np.sqrt((found * found).sum(axis=1, keepdims=True))
    return Space(place, weight, unseen, found / np.where(length > 0, length, 1.0))


def _names(column: Column) -> Features:
    names = dict.fromkeys(n for n in (column.header, column.physical, column.comment) if n.strip())
    found: dict[str, float] = {}
    for feature in (f for text in names for f in name(text)):
        found[feature] = found.get(feature, 0.0) + 1.0
    return {feature: log1p(times) for feature, times in found.items()}


def _part(column: Column, prefix: str) -> Features:
    return {key: float(value) for key, value in column.seen.items() if key.startswith(prefix) and value}


def _softmax(scores: Array) -> Array:
    raised = np.exp(scores - scores.max(axis=1, keepdims=True))
    found: Array = raised / raised.sum(axis=1, keepdims=True)
    return found


def _roots(offset: Array) -> Array:
    """Roots of probabilities: their inner product is how much two verdicts overlap (Bhattacharyya 1943)."""
    found: Array = np.sqrt(_softmax(offset))
    return found
