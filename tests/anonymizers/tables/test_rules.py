"""Every rule on cells worked out by hand."""

from __future__ import annotations

import dataclasses
from typing import Any

import numpy as np
import pytest

from anonymizers.errors import AnonymizerError
from anonymizers.tables.cells import Cells
from anonymizers.tables.profile import profile, profiles
from anonymizers.tables.rules import depth, judge, read_rule
from tests.anonymizers.tables.made import counts, square


def cell(*contributions: int) -> Cells:
    """A table whose first cell has these contributions."""
    made = counts(square(2), np.array([0, 0]))
    value, count, top = made.value.copy(), made.count.copy(), np.zeros((3, 5))
    value[0], count[0] = sum(contributions), len(contributions)
    top[0, : len(contributions[:5])] = sorted(contributions, reverse=True)[:5]
    return dataclasses.replace(made, value=value, count=count, top=top)


def judged(made: Cells, name: str, *, magnitude: bool = True, zeros: bool = False, **params: Any) -> tuple[bool, float]:
    told = judge(made, read_rule(name, params), magnitude=magnitude, zeros=zeros)
    return bool(told.unsafe[0]), float(told.upper[0])


def test_threshold() -> None:
    assert judged(cell(5, 5), "threshold", n=3)[0]
    assert not judged(cell(5, 5, 5), "threshold", n=3)[0]
    assert judged(cell(5, 5), "threshold", n=5, magnitude=False) == (True, 3.0)
    assert not judged(cell(), "threshold", n=3)[0]
    assert judged(cell(), "threshold", n=3, zeros=True)[0]


def test_dominance() -> None:
    # 60 + 25 of 100 is 85 %: above 80 %, not above 85 %.  What is needed: 85 / 0.8 - 100.
    assert judged(cell(60, 25, 10, 5), "dominance", n=2, k=80) == (True, 6.25)
    assert not judged(cell(60, 25, 10, 5), "dominance", n=2, k=85)[0]


def test_p_percent() -> None:
    # Without the two largest 15 is left; 20 % of 80 is 16, one more than that; 15 % is 12.
    assert judged(cell(80, 10, 10, 5), "p-percent", p=20) == (True, 1.0)
    assert not judged(cell(80, 10, 10, 5), "p-percent", p=15)[0]
    assert judged(cell(80), "p-percent", p=10) == (True, 8.0)
    assert not judged(cell(0, 0), "p-percent", p=10)[0]


def test_prior_posterior_is_p_percent_of_the_quotient() -> None:
    assert judged(cell(80, 10, 10, 5), "prior-posterior", p=10, q=50) == (True, 1.0)
    with pytest.raises(AnonymizerError, match="below"):
        read_rule("prior-posterior", {"p": 60, "q": 50})


def test_request_and_given() -> None:
    made = cell(50, 50, 50)
    assert not judged(made, "request")[0]
    asked = dataclasses.replace(made, asked=np.array([True, False, False]), given=np.array([7.0, 0, 0]))
    assert judged(asked, "request", range=0.2) == (True, 30.0)
    assert judged(asked, "given") == (True, 7.0)


def test_counts_are_not_dominated() -> None:
    assert not judged(cell(90, 1), "dominance", n=1, k=50, magnitude=False)[0]


def test_a_refusal_never_repeats_a_parameter() -> None:
    for name, params in (("threshold", {"n": 1}), ("dominance", {"n": 3, "k": 4711}), ("p-percent", {"p": 4711})):
        with pytest.raises(AnonymizerError) as caught:
            read_rule(name, params)
        assert "4711" not in str(caught.value)
    with pytest.raises(AnonymizerError, match="There is no rule"):
        read_rule("magic", {})


def test_depth_covers_the_widest_dominance() -> None:
    assert depth([]) == 2
    assert depth([read_rule("dominance", {"n": 4, "k": 80})]) == 4


@pytest.mark.parametrize("name", profiles())
def test_profiles_say_where_they_stand(name: str) -> None:
    found = profile(name)
    assert found.rules and found.source and found.title_zh
    assert set(found.evidence.values()) <= {"verified", "secondary", "recalled"}
    assert set(found.evidence) == {rule.name for rule in found.rules}
