"""From a posterior to a verdict, and to a confidence that holds."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from classifiers.calibration import calibrated, knots, parse
from classifiers.category import UNKNOWN, tree
from classifiers.decide import ACCEPT, THIN, decide, gravity, mass, verdict
from classifiers.errors import ClassifierError
from classifiers.finding import Reason

T = tree()
LEAVES = [c for c in T if c != UNKNOWN]


def test_a_likely_leaf_is_taken() -> None:
    assert verdict({"person.basic.sex": 0.9, UNKNOWN: 0.1}, T) == ("person.basic.sex", 0.9, False)


def test_an_uncertain_leaf_gives_its_branch() -> None:
    posterior = {"person.contact.mobile": 0.45, "person.contact.landline": 0.4, UNKNOWN: 0.15}
    category, raw, look = verdict(posterior, T)
    assert category == "person.contact"
    assert raw == pytest.approx(0.85)
    assert look


def test_nothing_likely_is_unknown() -> None:
    category, _, look = verdict({"person.contact.mobile": 0.3, "thing.date": 0.3, UNKNOWN: 0.4}, T)
    assert category == UNKNOWN
    assert look


def test_a_graver_alternative_takes_the_verdict_back() -> None:
    close = {"thing.date": 0.55, "person.basic.birth-date": 0.40, UNKNOWN: 0.05}
    assert verdict(close, T)[0] == UNKNOWN
    assert verdict(close, T)[2]
    lesser = {"person.basic.birth-date": 0.55, "thing.date": 0.40, UNKNOWN: 0.05}
    assert verdict(lesser, T)[0] == "person.basic.birth-date"
    far = {"thing.date": 0.8, "person.basic.birth-date": 0.18, UNKNOWN: 0.02}
    assert verdict(far, T)[0] == "thing.date"
    assert verdict(far, T)[2]


@given(st.dictionaries(st.sampled_from(LEAVES), st.floats(0.001, 10), min_size=1, max_size=8), st.floats(0.001, 10))
@settings(max_examples=300, deadline=None)
def test_a_verdict_is_never_harmless_when_something_graver_is_as_likely(weights: dict[str, float], rest: float) -> None:
    whole = sum(weights.values()) + rest
    posterior = {c: w / whole for c, w in weights.items()} | {UNKNOWN: rest / whole}
    category, raw, look = verdict(posterior, T)
    assert category in T
    assert 0 <= raw <= 1 + 1e-9
    if category in posterior and category != UNKNOWN and posterior[category] >= ACCEPT:
        worst = max((posterior[c] for c in weights if gravity(c, T) > gravity(category, T)), default=0.0)
        assert worst < THIN * posterior[category]
    if category == UNKNOWN:
        assert look
    elif category not in weights:
        assert mass(category, posterior, T) > 0


def test_a_finding_lists_its_evidence_first_and_then_the_alternatives() -> None:
    reasons = [
        Reason("header", "thing.date", 3.0, "b", "b"),
        Reason("header", "person.basic.sex", 6.0, "a", "a"),
        Reason("vocabulary", "person.basic.sex", -1.0, "c", "c"),
        Reason("header", "person.name", 0.1, "d", "d"),
    ]
    finding = decide("f", {"person.basic.sex": 0.9, "thing.date": 0.08, UNKNOWN: 0.02}, reasons, T)
    assert [r.rule for r in finding.reasons] == ["a", "c", "b"]
    assert [a.category for a in finding.alternatives] == ["thing.date"]
    assert finding.role == "quasi-identifier"


def test_identifiers_among_other_values_ask_for_a_person() -> None:
    hidden = Reason("checksum", "person.identity.resident-id", 0.0, "x", "contains", (3, 900))
    posterior = {"thing.code": 0.99, UNKNOWN: 0.01}
    assert decide("f", posterior, [hidden], T).needs_review
    assert hidden in decide("f", posterior, [hidden], T).reasons


def test_the_shipped_calibration_is_a_rising_line_over_all_of_it() -> None:
    line = knots()
    assert line[0][0] == 0
    assert line[-1][0] == 1
    values = [calibrated(x / 100) for x in range(101)]
    assert values == sorted(values)
    assert all(0 <= v <= 1 for v in values)


def test_a_line_between_knots() -> None:
    line = ((0.0, 0.1), (0.5, 0.2), (1.0, 0.9))
    assert calibrated(0.25, line) == pytest.approx(0.15)
    assert calibrated(0.75, line) == pytest.approx(0.55)
    assert calibrated(-1, line) == 0.1
    assert calibrated(2, line) == 0.9


@pytest.mark.parametrize("bad", [[[0, 0]], [[0, 0.5], [1, 0.4]], [[0, 0], [0, 1]], [[0, 0], [1, 1.2]]])
def test_a_falling_calibration_is_refused(bad: list[list[float]]) -> None:
    with pytest.raises(ClassifierError):
        parse(json.dumps({"knots": bad}))
