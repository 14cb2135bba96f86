"""The ranker learns, forgets nothing, is reproducible, and its file is refused when damaged."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from classifiers.errors import ClassifierError
from classifiers.ranker.column import Column, Lesson, lesson
from classifiers.ranker.features import rows
from classifiers.ranker.learn import fit, logits, refit
from classifiers.ranker.weights import Weights, load, save, shipped

CLASSES = ("person.name", "person.contact.mobile", "thing.date", "organisation.name")
# A source with habits of its own: ``qz`` opens every name of a person, ``wv`` every telephone, ``kj`` every date.
HABITS = {"qz": "person.name", "wv": "person.contact.mobile", "kj": "thing.date", "px": "organisation.name"}
WORDS = ("alpha", "bravo", "charly", "delta", "echo", "foxtrot", "golf", "hotel", "india", "juliet", "kilo", "lima")
ENDS = ("abd", "fgh", "mno", "rst", "ude", "ivk", "lom", "pan", "sed", "tol", "rik", "hun")


def source(ends: tuple[str, ...]) -> list[Lesson]:
    return [lesson(f"{habit}_{end}", category) for end in ends for habit, category in HABITS.items()]


def right(weights: Weights, lessons: list[Lesson]) -> float:
    best = logits(rows([x.column for x in lessons]), weights.matrix).argmax(axis=1)
    return float(np.mean([weights.classes[b] in x.categories for b, x in zip(best, lessons, strict=True)]))


@pytest.fixture(scope="module")
def plain() -> Weights:
    return fit([lesson(word, CLASSES[n % 4]) for n, word in enumerate(WORDS)], CLASSES)


def test_corrections_of_a_source_teach_the_rest_of_it(plain: Weights) -> None:
    rest = source(ENDS[6:])
    assert right(refit(plain, source(ENDS[:6])), rest) >= right(plain, rest) + 0.5


def test_what_was_learned_before_stays(plain: Weights) -> None:
    before = [lesson(word, CLASSES[n % 4]) for n, word in enumerate(WORDS)]
    assert right(plain, before) == 1.0
    assert right(refit(plain, source(ENDS[:6])), before) >= 0.9


def test_twice_is_the_same(plain: Weights) -> None:
    assert refit(plain, source(ENDS)).digest == refit(plain, source(ENDS)).digest
    assert fit(source(ENDS), CLASSES).digest == fit(source(ENDS), CLASSES).digest


def test_the_old_weights_are_left_alone(plain: Weights) -> None:
    digest = plain.digest
    refit(plain, source(ENDS))
    assert plain.digest == digest
    assert refit(plain, []) is plain


def test_a_new_category_becomes_a_class(plain: Weights) -> None:
    grown = refit(plain, [lesson("zz_top", "person.basic.religion")])
    assert grown.classes == (*CLASSES, "person.basic.religion")
    assert right(grown, [lesson("zz_top", "person.basic.religion")]) == 1.0


def test_an_unknown_category_is_refused_with_its_place(plain: Weights) -> None:
    with pytest.raises(ClassifierError, match=r"Correction 2 names the unknown category 'person.nothing'"):
        refit(plain, [lesson("a", "person.name"), lesson("b", "person.nothing")])


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
