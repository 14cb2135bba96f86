"""Pairs of labels spread over the grid, and the label that a raw value would have got, against counting by hand."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from anonymizers.hierarchy import Hierarchy
from anonymizers.utility.features import covering
from anonymizers.utility.joint import joints
from anonymizers.utility.tables import tables
from tests.anonymizers.utility.test_metrics import arrays

TREE = Hierarchy(tuple((sign, "ab" if sign in "ab" else "cd", "*") for sign in "abcd"))
MEANT = {"a": "a", "b": "b", "c": "c", "d": "d", "ab": "ab", "cd": "cd", "*": "abcd"}
NUMBERS = {"1": "1", "2": "2", "3": "3", "1-2": "12", "2-3": "23", "*": "123"}


@settings(max_examples=50, deadline=None)
@given(
    rows=st.lists(
        st.tuples(
            st.sampled_from("abcd"),
            st.sampled_from("123"),
            st.sampled_from([*MEANT, None]),
            st.sampled_from([*NUMBERS, None]),
        ),
        min_size=1,
        max_size=30,
    )
)
def test_pairs_are_spread_as_by_hand(rows: list[tuple[str | None, ...]]) -> None:
    full = [("a", "1", None, None), ("b", "2", None, None), ("c", "3", None, None), ("d", "1", None, None), *rows]
    raw = {"x": [row[0] for row in full], "n": [row[1] for row in full]}
    made = tables(arrays(raw), arrays({"x": [r[2] for r in full], "n": [r[3] for r in full]}), {"x": TREE})
    (joint,) = joints(made)
    expected = np.zeros((5, 4))
    places = [{text: at + 1 for at, text in enumerate(made.column(name).domain)} for name in ("x", "n")]
    for _, _, first, second in full:
        across = [places[0][leaf] for leaf in MEANT[first]] if first else [0]
        down = [places[1][leaf] for leaf in NUMBERS[second]] if second else [0]
        for a in across:
            for b in down:
                expected[a, b] += 1 / (len(across) * len(down) * len(full))
    assert joint.after == pytest.approx(expected, abs=1e-12)
    assert joint.before.sum() == pytest.approx(1)


def test_a_value_gets_the_label_that_it_would_have_got() -> None:
    labels = ["ab", "ab", "c", "cd", "*", "*", "*"]
    one = tables(arrays({"x": list("abcdabc")}), arrays({"x": labels}), {"x": TREE}).column("x")
    got = {value: one.labels[number] for value, number in zip(one.domain, covering(one), strict=True)}
    assert got == {"a": "ab", "b": "ab", "c": "c", "d": "cd"}, "itself, else the most frequent, stars last"
    alone = tables(arrays({"x": list("ab")}), arrays({"x": ["a", "a"]})).column("x")
    assert covering(alone).tolist() == [0, -1]
