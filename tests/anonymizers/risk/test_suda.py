"""Special uniques: published examples, naive recomputation, and edges."""

from __future__ import annotations

import math
from collections import Counter
from itertools import combinations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from anonymizers.errors import AnonymizerError
from anonymizers.risk.suda import suda
from tests.real_data import table


def codes(frame: pd.DataFrame) -> list[np.ndarray]:
    return [pd.factorize(frame[name], use_na_sentinel=False)[0].astype(np.int64) for name in frame]


def naive(rows: list[tuple[int, ...]], size: int) -> list[int]:
    """Scores by the definition: every set of fields, every record, one after another."""
    fields = len(rows[0]) if rows else 0
    scores = []
    for row in rows:
        found: list[tuple[int, ...]] = []
        for count in range(1, size + 1):
            for chosen in combinations(range(fields), count):
                alone = sum(all(other[f] == row[f] for f in chosen) for other in rows) == 1
                if alone and not any(set(known) <= set(chosen) for known in found):
                    found.append(chosen)
        scores.append(sum(math.prod(fields - i for i in range(len(one), min(size, fields - 1) + 1)) for one in found))
    return scores


def test_the_example_of_the_practice_guide() -> None:
    rows = [
        "Urban Female SI Employed", "Urban Female SI Employed", "Urban Female PI Non", "Urban Male SC Employed",
        "Rural Female SC Unemployed", "Urban Male SC Employed", "Urban Female PC Non", "Urban Male PS Unemployed",
        "Urban Female SI Non", "Urban Female SI Non",
    ]  # fmt: skip
    found = suda(codes(pd.DataFrame([row.split() for row in rows])))
    assert found.score.tolist() == [0, 0, 6, 0, 12, 0, 6, 10, 0, 0]


def test_the_example_of_the_book() -> None:
    rows = (
        ["20s male + high"] * 2 + ["20s male - high"] * 2
        + ["20s female - univ", "20s female - high", "20s female - middle", "60s male - univ"]
    )  # fmt: skip
    assert suda(codes(pd.DataFrame([row.split() for row in rows]))).score[4:].tolist() == [4, 2, 6, 8]


def test_contributions_of_fields() -> None:
    found = suda([np.array([1, 0, 0]), np.array([0, 1, 0]), np.array([0, 1, 0])])
    assert found.contributions == (0.5, 0.375, 0.375) and found.found == {1: 3, 2: 2}


def test_scores_that_sdcmicro_documents() -> None:
    frame = pd.read_csv(table("sdcmicro_testdata/testdata2.csv"))
    assert suda(codes(frame[["urbrur", "roof", "walls", "water", "sex"]])).score[0] == 2
    assert suda(codes(frame[["urbrur", "roof", "walls", "water", "electcon", "relat", "sex"]])).score[0] == 180


TABLES = st.integers(1, 4).flatmap(
    lambda fields: st.lists(st.tuples(*[st.integers(0, 3)] * fields), min_size=1, max_size=14)
)


@settings(deadline=None, max_examples=120)
@given(TABLES, st.integers(1, 5))
def test_naive_code_finds_the_same(rows: list[tuple[int, ...]], size: int) -> None:
    columns = [np.array(column, np.int64) for column in zip(*rows, strict=True)]
    size = min(size, len(columns))
    found = suda(columns, size=size)
    assert found.score.tolist() == naive(rows, size)
    assert ((found.dis > 0) == (found.score > 0)).all() and (found.dis <= 1).all()
    counted = Counter(rows)
    distinct = [np.array(column, np.int64) for column in zip(*counted, strict=True)]
    weighed = suda(distinct, size=size, counts=np.array(list(counted.values())))
    by_tuple = dict(zip(counted, weighed.score, strict=True))
    assert [by_tuple[row] for row in rows] == found.score.tolist()
    by_tuple = dict(zip(counted, weighed.dis, strict=True))
    assert [by_tuple[row] for row in rows] == pytest.approx(found.dis.tolist())
    assert weighed.found == found.found and weighed.contributions == pytest.approx(found.contributions)


def test_values_too_many_to_address_directly() -> None:
    columns = [np.arange(3000) // 2 * 3000 + part for part in range(3)]
    assert suda(columns, size=2).found == {}
    columns[2] = np.arange(3000) * 7000
    assert suda(columns, size=3).found == {1: 3000}


def test_nothing_and_too_much() -> None:
    assert suda([]).score.size == 0 and suda([np.zeros(0, np.int64)]).uniques == 0
    with pytest.raises(AnonymizerError, match=r"30 fields.*lower the size"):
        suda([np.arange(5)] * 30, size=6)
    with pytest.raises(AnonymizerError, match="at least 1"):
        suda([np.arange(5)], size=0)
