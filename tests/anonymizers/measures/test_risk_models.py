"""Measures of whole tables, of sets and of money on tables small enough to count by hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from anonymizers.errors import AnonymizerError
from anonymizers.game import Costs
from anonymizers.measure import Around
from anonymizers.measure_discovery import measure
from anonymizers.measures import average_risk, km_anonymity, maximum_risk, profitability, records_at_risk
from anonymizers.measures.sample import open_sample

ROWS = """q,items
a,x;y
a,x;y
a,x
b,y
b,
c,z
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    made = tmp_path / "t.csv"
    made.write_text(ROWS, encoding="utf-8")
    return made


def test_risks_of_six_rows_in_three_classes(path: Path) -> None:
    with open_sample(path) as sample:
        assert average_risk.measure(sample, ["q"]) == 3 / 6
        assert maximum_risk.measure(sample, ["q"]) == 1.0
        assert records_at_risk.measure(sample, ["q"], 0.5) == 1 / 6
        assert records_at_risk.measure(sample, ["q"], 0.5, reached=True) == 3 / 6


def test_items_known_of_a_set(path: Path) -> None:
    """Over the whole table x is held by 3, y by 3, both by 2, z by 1; in class a the pair by 2."""
    with open_sample(path) as sample:
        assert km_anonymity.measure(sample, [], "items", 1) == 1.0
        assert km_anonymity.measure(sample, ["q"], "items", 2) == 1.0
    path.write_text("q,items\na,x;y\na,y ; x\nb,\nb,\n", encoding="utf-8")
    with open_sample(path) as sample:
        assert km_anonymity.measure(sample, ["q"], "items", 2) == 2.0
        assert km_anonymity.measure(sample, ["q"], "items", 2, separator="|") == 1.0


def test_what_the_least_profitable_class_earns(path: Path) -> None:
    """Values as they are: nothing is lost, so a row earns the benefit less its fine of loss / class size."""
    shares = {"q": {"a": (0.25, 4), "b": (0.25, 4), "c": (0.25, 4)}}
    with open_sample(path) as sample:
        free = Costs(10.0, 6.0, 3.0, 4.0, False)
        assert profitability.payout(sample, ["q"], free, shares, None) == 10.0, "no attack pays"
        fined = Costs(10.0, 6.0, 9.0, 4.0, False)
        assert profitability.payout(sample, ["q"], fined, shares, None) == 10.0 - 6.0
        half = {"q": {**shares["q"], "c": (0.5, 4)}}
        assert profitability.payout(sample, ["q"], free, half, None) == pytest.approx(5.0)
        made = measure("profitability")
        assert made.take(sample, ["q"], {"attacks": "deter"}, Around()) == 1.0
        assert not made.holds(1.0, {"attacks": "deter"}) and made.holds(76.0, {"attacks": "deter"})
        with pytest.raises(AnonymizerError, match="hierarchies are known"):
            made.take(sample, ["q"], {}, Around())


def test_a_population_is_needed_where_it_is_spoken_of(path: Path) -> None:
    with open_sample(path) as sample:
        for name, params in (
            ("population-uniqueness", {"share": 0.1}),
            ("inclusion", {}),
            ("profitability", {"attacker": "journalist"}),
        ):
            with pytest.raises(AnonymizerError, match="population"):
                measure(name).take(sample, ["q"], params, Around())
        value = measure("population-uniqueness").take(
            sample, ["q"], {"share": 0.1, "estimator": "zayatz", "population": {"size": 60}}, Around()
        )
        assert 0.0 < value < 1.0
