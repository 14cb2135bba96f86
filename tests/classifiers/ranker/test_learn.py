"""The ranker learns, is reproducible, and its file is refused when damaged."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from classifiers.errors import ClassifierError
from classifiers.ranker.column import Column, Lesson, lesson
from classifiers.ranker.features import rows
from classifiers.ranker.learn import fit, logits
from classifiers.ranker.weights import Weights, load, save, shipped

CLASSES = ("person.name", "person.contact.mobile", "thing.date", "organisation.name")
WORDS = ("alpha", "bravo", "charly", "delta", "echo", "foxtrot", "golf", "hotel", "india", "juliet", "kilo", "lima")


def right(weights: Weights, lessons: list[Lesson]) -> float:
    best = logits(rows([x.column for x in lessons]), weights.matrix).argmax(axis=1)
    return float(np.mean([weights.classes[b] in x.categories for b, x in zip(best, lessons, strict=True)]))


@pytest.fixture(scope="module")
def plain() -> Weights:
    return fit([lesson(word, CLASSES[n % 4]) for n, word in enumerate(WORDS)], CLASSES)


def test_it_learns_and_twice_is_the_same() -> None:
    lessons = [lesson(word, CLASSES[n % 4]) for n, word in enumerate(WORDS)]
    assert fit(lessons, CLASSES).digest == fit(lessons, CLASSES).digest
    assert right(fit(lessons, CLASSES), lessons) == 1.0


def test_several_right_categories_share_the_lesson() -> None:
    weights = fit([Lesson(Column("abc"), CLASSES[:2]), Lesson(Column("xyz"), CLASSES[2:])], CLASSES)
    z = logits(rows([Column("abc")]), weights.matrix)[0]
    assert min(z[:2]) > max(z[2:])


def test_saved_and_loaded_is_nearly_the_same_and_exactly_repeatable(plain: Weights, tmp_path: Path) -> None:
    save(plain, tmp_path / "a.gz")
    read = load(tmp_path / "a.gz")
    assert read.classes == plain.classes
    assert np.allclose(read.matrix, plain.matrix, atol=np.abs(plain.matrix).max() / 127)
    save(read, tmp_path / "b.gz")
    assert (tmp_path / "a.gz").read_bytes() == (tmp_path / "b.gz").read_bytes()
    assert load(tmp_path / "b.gz").digest == read.digest


@pytest.mark.parametrize("damage", [b"", b"no weights", None])
def test_a_damaged_file_is_refused(damage: bytes | None, plain: Weights, tmp_path: Path) -> None:
    path = tmp_path / "w.gz"
    save(plain, path)
    path.write_bytes(path.read_bytes()[:-40] if damage is None else damage)
    with pytest.raises(ClassifierError, match=r"w\.gz"):
        load(path)


def test_the_weights_that_ship_load_and_are_small() -> None:
    from classifiers.category import tree
    from classifiers.ranker.weights import SHIPPED

    assert SHIPPED.stat().st_size <= 2 << 20
    assert len(shipped().digest) == 12
    assert all(category in tree() for category in shipped().classes)
