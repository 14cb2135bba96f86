"""Models trained on treated rows: as good as on raw ones where nothing was done, no better than guessing where all is
gone, and the same each time."""

from __future__ import annotations

import builtins
from typing import Any

import numpy as np
import pyarrow as pa
import pytest

from anonymizers.errors import AnonymizerError
from anonymizers.utility.learn import learn
from anonymizers.utility.tables import Tables, tables

pytest.importorskip("sklearn")
ROWS = 400


def people(*, age: str = "same", job: str = "same", income: str = "same") -> Tables:
    draw = np.random.default_rng(3)
    ages = draw.integers(20, 70, ROWS)
    jobs = np.where(draw.random(ROWS) < 0.5, "clerk", "driver")
    rich = np.where(ages + np.where(jobs == "clerk", 15, -15) + draw.normal(0, 5, ROWS) > 45, "yes", "no")
    income_of = ages * 100 + np.where(jobs == "clerk", 1500, 0)
    raw = {
        "age": [str(n) for n in ages],
        "job": jobs.tolist(),
        "rich": rich.tolist(),
        "income": [str(n) for n in income_of],
    }
    treated = dict(raw)
    if age == "bands":
        treated["age"] = [f"{n // 10 * 10}-{n // 10 * 10 + 9}" for n in ages]
    for name, how in (("age", age), ("job", job), ("income", income)):
        if how == "gone":
            treated[name] = ["*"] * ROWS
    return tables(*({k: pa.array(v, pa.string()) for k, v in side.items()} for side in (raw, treated)), paired=True)


def test_an_untouched_table_teaches_as_much() -> None:
    found = learn(people(), "rich")
    assert (found.kind, found.classes, found.rows, found.trainable, found.held_out) == (
        "classification", 2, ROWS, ROWS, True,
    )  # fmt: skip
    for score in found.scores:
        assert score.treated == pytest.approx(score.raw)
        assert score.raw > score.baseline + 0.1, score.model
        assert score.auc["raw"] == pytest.approx(score.auc["treated"])
        assert score.kept == pytest.approx(1.0)


def test_bands_still_teach_and_stars_teach_nothing() -> None:
    for score in learn(people(age="bands"), "rich").scores:
        assert score.treated is not None and score.treated > score.baseline + 0.1, score.model
    for score in learn(people(age="gone", job="gone", income="gone"), "rich").scores:
        assert score.treated is None or score.treated <= score.baseline + 0.02, score.model


def test_a_number_is_regressed() -> None:
    found = learn(people(age="bands"), "income")
    assert found.kind == "regression"
    for score in found.scores:
        assert score.baseline == pytest.approx(0, abs=0.05)
        assert score.treated is not None and 0.6 < score.treated <= score.raw + 0.02, score.model


def test_a_target_that_was_suppressed_cannot_be_learnt() -> None:
    found = learn(people(income="gone"), "income")
    assert found.trainable == 0
    assert all(score.treated is None and score.kept is None for score in found.scores)


def test_the_same_tables_give_the_same_scores() -> None:
    assert learn(people(age="bands"), "rich") == learn(people(age="bands"), "rich")


def test_what_cannot_be_predicted_is_refused_in_one_sentence() -> None:
    with pytest.raises(AnonymizerError, match="no field 'wealth'"):
        learn(people(), "wealth")
    same = {"a": pa.array(["x"] * 20), "b": pa.array(["1"] * 20)}
    with pytest.raises(AnonymizerError, match="1 classes"):
        learn(tables(same, same), "a")


def test_without_scikit_learn_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    real = builtins.__import__

    def absent(name: str, *args: Any, **kwargs: Any) -> Any:
        if name.startswith("sklearn"):
            raise ImportError(name)
        return real(name, *args, **kwargs)

    monkeypatch.setattr(builtins, "__import__", absent)
    with pytest.raises(AnonymizerError, match=r"pip install 'sluice\[learn\]'"):
        learn(people(), "rich")
