"""Coded rows: only what is public, no more rows of a person than allowed, and tables that one unit moves little."""

from __future__ import annotations

import random
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from release.nouns.errors import BadInput
from release.synth.domain import PublicField
from release.synth.encode import check, encode
from release.synth.request import Request
from tests.synth.toys import table_of

FIELDS = (PublicField("g", ("a", "b")), PublicField("x", (), (0, 10, 20, 30)))
REQUEST = Request(FIELDS, "mst", 10**7, "t")
NAMES = ("person", "g", "x")


def test_rows_with_anything_else_are_left_out_and_numbers_are_clamped(tmp_path: Path) -> None:
    rows = [("1", "a", "5"), ("1", "a", "29"), ("2", "b", "99"), ("3", "c", "5"), ("4", None, "5"), ("5", "a", "none")]
    coded = encode(table_of(tmp_path, NAMES, rows).path, REQUEST, salt="s")
    assert coded.table((0, 1)).tolist() == [[1, 0, 1], [0, 0, 1]]


def test_missing_is_a_value_where_it_is_one(tmp_path: Path) -> None:
    fields = tuple(replace(field, missing=True) for field in FIELDS)
    rows = [("1", "a", "5"), ("3", "c", "5"), ("4", None, None)]
    coded = encode(table_of(tmp_path, NAMES, rows).path, replace(REQUEST, fields=fields), salt="s")
    assert coded.sizes == (3, 4)
    assert coded.table((0,)).tolist() == [1, 0, 2] and coded.table((1,)).tolist() == [2, 0, 0, 1]


def test_an_empty_table_has_empty_counts(tmp_path: Path) -> None:
    assert encode(table_of(tmp_path, NAMES, []).path, REQUEST, salt="s").table((0, 1)).sum() == 0


@pytest.mark.parametrize("most", [1, 2, 3])
def test_a_person_moves_no_table_farther_than_stated(tmp_path: Path, most: int) -> None:
    chance = random.Random(most)
    request = replace(REQUEST, unit="person", max_rows=most)
    worst = 0.0
    for trial in range(10):
        rows = [
            (chance.choice("123"), chance.choice(("a", "b", "z")), str(chance.randint(-5, 35)))
            for _ in range(chance.randint(1, 12))
        ]
        gone = chance.choice("123")
        tables = []
        for kept in (rows, [row for row in rows if row[0] != gone]):
            coded = encode(table_of(tmp_path, NAMES, kept).path, request, salt=f"s{trial}")
            tables.append([coded.table(clique) for clique in ((0,), (1,), (0, 1))])
        for one, other in zip(*tables, strict=True):
            moved = float(np.linalg.norm((one - other).astype(float)))
            assert moved <= most and np.abs(one - other).sum() <= most
            worst = max(worst, moved)
    assert worst > most * 0.7


def test_the_same_rows_of_a_person_count_whoever_else_is_there(tmp_path: Path) -> None:
    own = [("1", g, str(x)) for g in "ab" for x in (1, 11, 21)]
    request = replace(REQUEST, unit="person", max_rows=2)
    alone = encode(table_of(tmp_path, NAMES, own).path, request, salt="s").table((0, 1))
    others = [("2", "a", "1")] * 5
    both = encode(table_of(tmp_path, NAMES, [*others, *reversed(own)]).path, request, salt="s").table((0, 1))
    assert (both - alone).tolist() == [[2, 0, 0], [0, 0, 0]]


def test_what_cannot_be_asked_is_refused_before_any_charge(tmp_path: Path) -> None:
    table = table_of(tmp_path, NAMES, [("1", "a", "5")])
    check(table.path, REQUEST, NAMES)
    with pytest.raises(BadInput, match="no field nobody"):
        check(table.path, replace(REQUEST, unit="nobody"), NAMES)
