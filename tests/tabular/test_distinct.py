from __future__ import annotations

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from release.tabular.distinct import Distinct, hashes

WORD = st.one_of(st.text(max_size=40), st.text("ab", min_size=500, max_size=600))


@given(st.lists(st.one_of(st.none(), WORD), max_size=50), st.integers(0, 50))
@settings(deadline=None)
def test_exact_below_the_cap(values: list[str | None], cut: int) -> None:
    count = Distinct()
    array = pa.array(values, pa.string())
    count.add(array.slice(0, cut))
    count.add(array.slice(cut))
    assert count.count() == len({value for value in values if value is not None})


@given(st.lists(WORD, max_size=20), st.integers(0, 20))
@settings(deadline=None)
def test_a_slice_hashes_as_its_values_do(values: list[str], cut: int) -> None:
    array = pa.array(values, pa.string())
    assert hashes(array.slice(cut)).tolist() == hashes(pa.array(values[cut:], pa.string())).tolist()


@pytest.mark.parametrize(
    "make", [str, lambda i: f"{i:018}", lambda i: f"上海市浦东新区世纪大道{i}号", lambda i: "x" * 520 + str(i)]
)
def test_an_estimate_above_the_cap(make: object) -> None:
    count = Distinct(cap=4_096)
    for begin in range(0, 100_000, 20_000):
        count.add(pa.array([make(i) for i in range(begin, begin + 25_000)]))  # type: ignore[operator]
    assert count.count() == pytest.approx(105_000, rel=5 / 64), "five standard errors"
