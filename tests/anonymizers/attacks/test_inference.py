"""Attribute inference, singling out, homogeneity and attacks over several releases."""

from __future__ import annotations

import csv

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from anonymizers.attacks.classes import homogeneity
from anonymizers.attacks.inference import infer
from anonymizers.attacks.singling_out import single_out
from anonymizers.attacks.successive import difference, intersect
from anonymizers.errors import AnonymizerError
from tests.anonymizers.attacks.people import AGES, QUASI, columns, generalised, people, perturbed
from tests.real_data import table


@pytest.fixture(scope="module")
def raw() -> dict[str, pa.Array]:
    return people()


@pytest.fixture(scope="module")
def strangers() -> dict[str, pa.Array]:
    return people(seed=2)


KNOWN = (*QUASI, "weight")


def test_secrets_are_inferred_from_raw_tables_and_not_from_treated_ones(raw, strangers) -> None:
    open_ = infer(raw, raw, KNOWN, "illness", control=strangers, attacks=400)
    assert open_.residual()[1] > 0.9
    treated = {**generalised(raw), "weight": perturbed(raw, "data-shuffle", ["weight"])["weight"]}
    closed = infer(raw, treated, KNOWN, "illness", control=strangers, hierarchies={"age": AGES}, attacks=400)
    assert closed.control is not None
    assert closed.main.low <= closed.control.high and closed.residual()[0] < 0.12


def test_numbers_are_guessed_within_five_per_cent(raw, strangers) -> None:
    assert infer(raw, raw, KNOWN, "income", control=strangers, attacks=300).residual()[1] > 0.9
    noisy = perturbed(raw, "additive-noise", ["income"], scale=1.0)
    assert infer(raw, noisy, KNOWN, "income", control=strangers, attacks=300).residual()[0] < 0.15


@pytest.mark.parametrize(
    ("treated", "rate"),
    [([["a", "b"], ["c", "d"]], 1.0), ([["a", "b"], ["c", "e"]], 0.5), ([["a", "h"], ["c", "g"]], 0)],
)
def test_inference_has_the_rates_of_anonymeter(treated, rate: float) -> None:
    raw = columns({"x": ["a", "c"], "s": ["b", "d"]})
    done = columns({"x": [row[0] for row in treated], "s": [row[1] for row in treated]})
    found = infer(raw, done, ["x"], "s", control=raw)
    assert found.main.successes == 2 * rate
    assert found.control is not None and found.control.successes == 2 * rate


def adults(name: str) -> dict[str, pa.Array]:
    with table(f"anonymeter_adult/adults_{name}.csv").open(encoding="utf-8") as handle:
        rows = list(csv.DictReader(handle))
    return columns({field: [row[field] for row in rows] for field in rows[0]})


def test_the_tables_of_anonymeter_behave_as_its_tests_say() -> None:
    raw, synthetic, control = adults("ori"), adults("syn"), adults("control")
    fields = [name for name in raw if name != "fnlwgt"]
    aux = ["type_employer", "capital_loss", "hr_per_week", "age"]
    leaking = infer(raw, raw, fields[:-1], "education", control=raw)
    assert leaking.main.successes / leaking.main.attacks == 1, "the table itself gives away everything"
    for multivariate in (False, True):
        leak = single_out(raw, raw, fields, multivariate=multivariate, control=control, attacks=100)
        assert leak.main.high == 1.0
        safe = single_out(raw, synthetic, fields, multivariate=multivariate, attacks=100)
        assert safe.main.value < leak.main.value - 0.2, "synthetic rows single out fewer people"
    guessed = infer(raw, synthetic, aux, "education", control=control)
    assert guessed.residual()[0] < 0.15, "synthetic rows tell little beyond what is true of everybody"


def test_singling_out_works_on_raw_and_not_on_treated_tables(raw, strangers) -> None:
    fields = [*QUASI, "income", "weight"]
    for multivariate in (False, True):
        found = single_out(raw, raw, fields, multivariate=multivariate, width=4, control=strangers, attacks=200)
        assert found.main.low > 0.9
    treated = generalised(perturbed(raw, "additive-noise", ["income", "weight"], scale=1.0))
    for multivariate in (False, True):
        found = single_out(
            raw, treated, fields, multivariate=multivariate, width=4, control=strangers, hierarchies={"age": AGES},
            attacks=200,
        )  # fmt: skip
        assert found.control is not None and found.main.attacks > 10
        assert found.main.low <= found.control.high, "no more than on people who are not in the table"
        assert found.residual()[1] == 0
    coarse = {name: generalised(raw)[name] for name in QUASI}
    assert single_out(raw, coarse, QUASI, hierarchies={"age": AGES}).main.attacks == 0, "no statement is about one"


def test_homogeneity_by_hand() -> None:
    treated = columns({"q": ["a", "a", "b", "b", "b", "c", "c", "c"], "s": ["x", "x", "x", "y", "y", "x", "y", "z"]})
    found = homogeneity(treated, ["q"], "s")
    assert found.certain.main.successes == 2 and found.certain.baseline.successes == 0
    assert found.likely.main.successes == 2 + 2 + 1 and found.likely.baseline.successes == 4
    assert (found.informed[1].main.successes, found.informed[2].main.successes) == (5, 8)


def test_diverse_classes_are_not_homogeneous(raw) -> None:
    assert homogeneity(raw, QUASI, "illness").certain.main.value > 0.6
    treated = generalised(raw)
    found = homogeneity(treated, QUASI, "illness")
    assert found.certain.main.successes == 0
    assert found.likely.main.value < found.likely.baseline.value + 0.15


def test_two_safe_releases_together_name_secrets(raw) -> None:
    """Each release is in tens or in places; alone nobody's secret is certain, the intersection tells many."""
    draw = np.random.default_rng(3)
    few = people(600, seed=5)
    few["illness"] = pa.array([f"i{number}" for number in draw.integers(0, 600, 600)], pa.string())
    first = generalised(few)
    second = {**few, "age": pa.array(["*"] * 600, pa.string())}
    both = intersect(few, [first, second], [QUASI, QUASI], "illness", hierarchies={"age": AGES})
    assert both.outcome.baseline.value < 0.05 and both.outcome.main.low > 0.1
    assert both.together < min(both.candidates)
    again = intersect(few, [first, first], [QUASI, QUASI], "illness", hierarchies={"age": AGES})
    assert again.outcome.main == again.outcome.baseline, "the same release twice tells nothing new"


def test_the_difference_of_two_releases_tells_who_came() -> None:
    older = columns({"q": ["a"] * 5 + ["b"] * 5, "s": list("xxyyz") * 2})
    newer = columns({"q": ["a"] * 6 + ["b"] * 7, "s": [*"xxyyz", "z", *"xxyyz", "x", "y"]})
    found = difference(older, newer, ["q"], "s")
    assert (found.disclosed, found.changed) == (1, 3)
    assert difference(older, older, ["q"], "s").changed == 0
    coarse = columns({"q": ["a-b"] * 13, "s": newer["s"].to_pylist()})
    assert difference(older, coarse, ["q"], "s").changed == 0, "other labels are other classes"


CELLS = st.none() | st.sampled_from(["1", "2", "3.5", "*", "1-3", "a", "b*", ""])
ROWS = st.lists(st.tuples(CELLS, CELLS, CELLS), max_size=7)


@settings(deadline=None, max_examples=50)
@given(ROWS, ROWS)
def test_any_tables(one, other) -> None:
    raw, treated = (columns({n: [row[i] for row in rows] for i, n in enumerate("abs")}) for rows in (one, other))
    for found in (
        infer(raw, treated, ["a", "b"], "s", control=raw),
        single_out(raw, treated, ["a", "b"]),
        single_out(raw, treated, ["a", "b", "s"], multivariate=True, width=2, attacks=20),
        intersect(raw, [treated, raw], [["a"], ["a", "b"]], "s").outcome,
        homogeneity(treated, ["a"], "s").likely,
    ):
        assert 0 <= found.main.successes <= found.main.attacks
        assert all(0 <= part <= 1 for part in found.residual())
        assert "residual" in found.document()
    assert difference(raw, treated, ["a", "b"], "s").disclosed >= 0


def test_what_is_not_there_is_refused_by_name(raw) -> None:
    for attack in (
        lambda: infer(raw, raw, ["age"], "nobody"),
        lambda: homogeneity(raw, ["age"], "nobody"),
        lambda: homogeneity(raw, ["nobody"], "illness"),
        lambda: intersect(raw, [raw], [["age"]], "nobody"),
        lambda: difference(raw, raw, ["nobody"], "illness"),
    ):
        with pytest.raises(AnonymizerError, match="'nobody'"):
            attack()
