"""The examples in the classifiers' own files as lessons: what weights must not unlearn, whatever they are taught.

They ship with every classifier and come from no data, so a workspace can hold new weights against them at any time.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache, partial

import pyarrow as pa

from classifiers.classify import observe
from classifiers.discovery import found
from classifiers.ranker.column import Lesson
from classifiers.ranker.refit import right
from classifiers.ranker.weights import Weights
from classifiers.table import Header, Table

ROWS = 40
TABLES = {"person": "人员信息", "organisation": "企业信息"}  # whose table the examples of a branch stand in


@lru_cache(maxsize=1)
def examples() -> tuple[Lesson, ...]:
    """Every example header with its example values, in a table of its kind."""
    lessons: list[Lesson] = []
    for branch in sorted({c.category.partition(".")[0] for c in found()}):
        own = [c for c in found() if c.category.partition(".")[0] == branch]
        columns = [(header, c) for c in own for header in c.examples.headers]
        arrays = [pa.array(_cells(c.examples.values), pa.string()) for _, c in columns]
        batch = pa.record_batch(arrays, names=[str(i) for i in range(len(columns))])
        table = Table(tuple(Header(h) for h, _ in columns), ROWS, partial(iter, (batch,)), TABLES.get(branch, ""))
        seen = observe(table)
        lessons += [Lesson(one, (c.category,)) for one, (_, c) in zip(seen, columns, strict=True)]
    return tuple(lessons)


def share(weights: Weights, lessons: Sequence[Lesson] | None = None) -> float:
    """How many of the lessons (the examples, where none are given) are read rightly."""
    held = examples() if lessons is None else lessons
    return sum(right(weights, one) for one in held) / len(held)


def _cells(values: Sequence[str]) -> list[str | None]:
    return [values[i % len(values)] if values else None for i in range(ROWS)]
