"""Corrections pay on columns like those corrected, in whatever order; they lower no proof and unlearn nothing."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from classifiers.classify import classify, observe
from classifiers.errors import ClassifierError
from classifiers.ranker.column import Column, Lesson, lesson
from classifiers.ranker.learn import fit
from classifiers.ranker.recall import LEAST, MOST, known, reasons, recalled
from classifiers.ranker.refit import held_out, refit, right
from classifiers.ranker.weights import Weights, load, save, shipped
from classifiers.table import Table
from tests.classifiers.tables import mobile, resident_id, table

CLASSES = ("person.name", "person.contact.mobile", "thing.date", "organisation.name")
# A source with habits of its own: ``qz`` opens every name of a person, ``wv`` every telephone, ``kj`` every date.
HABITS = {"qz": "person.name", "wv": "person.contact.mobile", "kj": "thing.date", "px": "organisation.name"}
WORDS = ("alpha", "bravo", "charly", "delta", "echo", "foxtrot", "golf", "hotel", "india", "juliet", "kilo", "lima")
ENDS = ("abd", "fgh", "mno", "rst", "ude", "ivk", "lom", "pan", "sed", "tol", "rik", "hun")
# The same on tables: what a house calls its columns, and what the columns hold.
HOUSE = {"jg": "organisation.department", "zt": "thing.status", "wz": "person.contact.address", "fs": "thing.measure"}
ROWS = 40


def source(ends: tuple[str, ...]) -> list[Lesson]:
    return [lesson(f"{habit}_{end}", category) for end in ends for habit, category in HABITS.items()]


def share(weights: Weights, lessons: list[Lesson]) -> float:
    return float(np.mean([right(weights, one) for one in lessons]))


def house(end: str) -> Table:
    held = {
        "jg": ["城建股", "综合股", "安监站", "农技站"],
        "zt": ["已办结", "未办结", "已撤回", "在办"],
        "wz": ["东街村三组12号", "桥西里5栋2单元", "北关小区8号楼", "河口乡二道沟9号"],
        "fs": ["12.5", "30.25", "7.75", "18.5"],
    }
    return table({f"v{code}x_{end}": (values * ROWS)[:ROWS] for code, values in held.items()}, f"v_{end}")


@pytest.fixture(scope="module")
def plain() -> Weights:
    return fit([lesson(word, CLASSES[n % 4]) for n, word in enumerate(WORDS)], CLASSES)


@pytest.fixture(scope="module")
def taught() -> Weights:
    return refit(shipped(), [one for end in ENDS[:5] for one in observed(end)])


def observed(end: str) -> list[Lesson]:
    return [Lesson(seen, (HOUSE[seen.header[1:3]],)) for seen in observe(house(end))]


def test_corrections_of_a_source_teach_the_rest_of_it(plain: Weights) -> None:
    rest = source(ENDS[6:])
    assert share(refit(plain, source(ENDS[:6])), rest) >= share(plain, rest) + 0.5


def test_a_house_corrected_is_read_better_from_the_cells_to_the_verdict(taught: Weights) -> None:
    def score(weights: Weights) -> float:
        found = [f for end in ENDS[6:9] for f in classify(house(end), ranker=weights)]
        return float(np.mean([f.category == HOUSE[f.field[1:3]] for f in found]))

    assert score(taught) >= score(shipped()) + 0.08
    assert score(taught) >= 0.9


def test_what_was_learned_before_stays(plain: Weights) -> None:
    before = [lesson(word, CLASSES[n % 4]) for n, word in enumerate(WORDS)]
    after = refit(plain, source(ENDS[:6]))
    assert np.array_equal(after.matrix, plain.matrix)
    assert share(after, before) == 1.0 >= share(plain, before)


def test_tables_of_another_kind_are_read_as_before(taught: Weights) -> None:
    other = table(
        {"姓名": ["王秀英", "李建国", "张伟"] * 20, "手机号": [mobile(n) for n in range(60)], "备注": ["无"] * 60},
        "人员",
    )
    assert [f.category for f in classify(other, ranker=taught)] == [f.category for f in classify(other)]


@settings(max_examples=8, deadline=None)
@given(order=st.permutations(source(ENDS[:4])))
def test_the_order_of_corrections_changes_nothing(order: list[Lesson]) -> None:
    empty = fit([lesson("alpha", CLASSES[0])], CLASSES)
    assert refit(empty, order).digest == refit(empty, source(ENDS[:4])).digest


def test_corrections_that_contradict_lower_the_confidence(plain: Weights) -> None:
    agreed = [lesson("qz_abd", "person.name"), lesson("qz_abd", "person.name")]
    torn = [lesson("qz_abd", "person.name"), lesson("qz_abd", "organisation.name")]

    def chance(lessons: list[Lesson]) -> float:
        weights = refit(plain, lessons)
        said = recalled(Column("qz_abd"), weights, known(Column("qz_abd"), weights))
        return float(np.exp(said[0]) / (1 + np.exp(said).sum()))

    assert chance(torn) < chance(agreed)
    assert chance(torn) < 0.6


def test_a_correction_lowers_nothing_that_a_check_digit_proves() -> None:
    ids = [resident_id(n) for n in range(120)]
    whole = table({"zjhm": ids}, "t")
    wrong = [replace(one, weight=50.0) for one in (Lesson(observe(whole)[0], ("thing.code",)),) * 20]
    (finding,) = classify(whole, ranker=refit(shipped(), wrong))
    assert finding.category == "person.identity.resident-id"
    assert finding == classify(whole)[0]


def test_its_evidence_is_bounded_and_named(taught: Weights) -> None:
    said = reasons(Column("vjgx_zz", table="v_zz"), taught)
    assert said
    assert all(LEAST <= r.weight <= MOST and r.rule == f"memory:{taught.digest}" for r in said)
    assert reasons(Column("vjgx_zz"), shipped()) == []


def test_the_old_weights_are_left_alone(plain: Weights) -> None:
    digest = plain.digest
    refit(plain, source(ENDS))
    assert plain.digest == digest
    assert plain.memory is None
    assert refit(plain, []) is plain


def test_taught_in_two_steps_is_taught_at_once(plain: Weights) -> None:
    once = refit(plain, source(ENDS[:6]))
    twice = refit(refit(plain, source(ENDS[:3])), source(ENDS[3:6]))
    assert once.digest == twice.digest


def test_a_new_category_becomes_a_class(plain: Weights) -> None:
    grown = refit(plain, [lesson("zz_top", "person.basic.religion")])
    assert grown.classes == (*CLASSES, "person.basic.religion")
    assert right(grown, lesson("zz_top", "person.basic.religion"))


def test_an_unknown_category_is_refused_with_its_place(plain: Weights) -> None:
    with pytest.raises(ClassifierError, match=r"Correction 2 names the unknown category 'person.nothing'"):
        refit(plain, [lesson("a", "person.name"), lesson("b", "person.nothing")])


def test_a_memory_is_kept_and_read_again_exactly(plain: Weights, tmp_path: Path) -> None:
    save(refit(plain, source(ENDS[:6])), tmp_path / "a.gz")
    read = load(tmp_path / "a.gz")
    save(read, tmp_path / "b.gz")
    assert (tmp_path / "a.gz").read_bytes() == (tmp_path / "b.gz").read_bytes()
    assert share(read, source(ENDS[6:])) == share(refit(plain, source(ENDS[:6])), source(ENDS[6:]))


def test_a_damaged_memory_is_refused(plain: Weights, tmp_path: Path) -> None:
    import gzip

    save(refit(plain, source(ENDS[:3])), tmp_path / "w.gz")
    whole = gzip.decompress((tmp_path / "w.gz").read_bytes())
    for cut in (1, 400, len(whole) // 2):
        (tmp_path / "w.gz").write_bytes(gzip.compress(whole[:-cut]))
        with pytest.raises(ClassifierError, match="damaged"):
            load(tmp_path / "w.gz")


def test_what_is_held_out_is_judged_by_the_others(plain: Weights) -> None:
    found = held_out(plain, source(ENDS))
    assert found.corrections == len(source(ENDS))
    assert found.after >= found.before + 0.3 * found.corrections
    assert held_out(plain, source(ENDS[:2])).corrections == 0


def test_habits_that_contradict_do_not_pay(plain: Weights) -> None:
    noise = [
        lesson(f"{word}_{end}", CLASSES[(i * i + 3 * j) % 4])
        for i, word in enumerate(WORDS)
        for j, end in enumerate(ENDS[:4])
    ]
    found = held_out(plain, noise)
    assert found.after <= found.before + 0.2 * found.corrections
