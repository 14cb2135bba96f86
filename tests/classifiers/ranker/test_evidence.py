"""The ranker's word in the verdict: it helps where rules are silent and never lowers what a check digit proves."""

from __future__ import annotations

import re

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from classifiers.category import tree
from classifiers.classify import classify, observe, weigh
from classifiers.discovery import found
from classifiers.ranker.column import Column
from classifiers.ranker.evidence import LEAST, MOST, reasons
from classifiers.ranker.features import BUCKETS
from classifiers.ranker.weights import NONE, Weights, empty, shipped
from classifiers.scan.scan import scan
from tests.classifiers.tables import mobile, resident_id, table

N = 120
IDS = [resident_id(n) for n in range(N)]
USCC = ["91310115MA1K35L79F", "91330203MA2AF4K52T", "91440300708461136T"] * (N // 3)
CLASSES = ("person.identity.resident-id", "organisation.uscc", "thing.code", "thing.identifier", "text.free")


def loud(seed: int) -> Weights:
    """Weights that shout nonsense, drawn without a random generator so that a failure can be repeated."""
    steps = np.arange((BUCKETS + 1) * len(CLASSES), dtype=np.float64).reshape(BUCKETS + 1, len(CLASSES))
    return Weights(CLASSES, (30 * np.sin(steps * (seed + 1))).astype(np.float32))


@settings(max_examples=6, deadline=None)
@given(seed=st.integers(0, 10**6), name=st.sampled_from(["zjhm", "备注", "code", "身份证号", "x1"]))
def test_nothing_lowers_what_a_check_digit_proves(seed: int, name: str) -> None:
    whole = table({name: IDS, "tyshxydm": USCC}, "t")
    classifiers = found()
    profiles = scan(whole, classifiers)
    plain = weigh(whole, profiles, classifiers, ranker=NONE)
    shouted = weigh(whole, profiles, classifiers, ranker=loud(seed))
    for before, after in zip(plain, shouted, strict=True):
        for category in ("person.identity.resident-id", "organisation.uscc"):
            if any(r.source == "checksum" and r.weight > 0 and r.category == category for r in before.reasons):
                assert after.posterior[category] >= before.posterior[category] - 1e-9


def test_the_ranker_speaks_where_the_rules_are_silent() -> None:
    said = reasons(Column("jzdz"), shipped())
    assert max(said, key=lambda r: r.weight).category in {"person.contact.address", "person.location.place"}


@pytest.mark.parametrize("name", ["姓名", "zzz", "", "patient_addr", "１２３"])
def test_its_evidence_is_bounded_and_named(name: str) -> None:
    for reason in reasons(Column(name, table="人员信息"), shipped()):
        assert LEAST <= reason.weight <= MOST
        assert reason.category in tree()
        assert re.fullmatch(r"ranker:[0-9a-f]{12}", reason.rule)


def test_weights_that_know_nothing_change_no_order() -> None:
    said = reasons(Column("whatever"), empty(CLASSES))
    assert len({round(r.weight, 6) for r in said}) <= 1


def test_the_order_of_columns_changes_nothing() -> None:
    columns = {
        "xm": ["王秀英", "李建国", "张伟"] * 40,
        "sfzh": IDS,
        "lxdh": [mobile(n) for n in range(N)],
        "bz": ["无"] * N,
    }
    one = {f.field: f for f in classify(table(columns, "t"))}
    assert one == {f.field: f for f in classify(table(dict(reversed(columns.items())), "t"))}


def test_what_is_kept_of_a_column_holds_no_cell() -> None:
    canaries = [f"卡纳瑞{chr(0x4E00 + n)}雀{chr(0x5000 + n)}" for n in range(N)]
    for column in observe(table({"甲": canaries, "sfzh": IDS}, "t")):
        told = " ".join(column.seen)
        assert "卡纳" not in told
        assert not any(value in told for value in (*canaries, *IDS))
        assert all(np.isfinite(value) for value in column.seen.values())
