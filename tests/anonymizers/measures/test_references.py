"""Measures against what others publish or compute: pycanon, sdcMicro's manual, ARX's risk figures."""

from __future__ import annotations

import json
import warnings
from pathlib import Path

import pytest

from anonymizers.measures import (
    beta_likeness,
    classes,
    delta_disclosure,
    distinct_l_diversity,
    entropy_l_diversity,
    k_anonymity,
    records_at_risk,
    recursive_cl_diversity,
    risk,
    t_closeness,
)
from anonymizers.measures.sample import open_sample
from tests.real_data import table

TABLE = """age,sex,city,disease
[20-30[,F,north,flu
[20-30[,F,north,cold
[20-30[,F,north,flu
[30-40[,M,north,ulcer
[30-40[,M,north,flu
[30-40[,M,south,cold
[30-40[,M,south,ulcer
[40-50[,F,south,flu
[40-50[,F,south,cold
[40-50[,F,south,ulcer
"""

PEERS = {
    "drugs_k5.csv": (["Age", "Sex", "BP", "Cholesterol", "Na_to_K"], "Drug"),
    "hospital_anonymized.csv": (["age", "gender", "city"], "disease"),
    "StudentsMath_Score_k5.csv": (None, None),
}


def compare(path: Path, qis: list[str], field: str) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import pandas as pd
        from pycanon import anonymity

        frame = pd.read_csv(path, dtype=str, keep_default_na=False)
        with open_sample(path) as sample:
            assert k_anonymity.measure(sample, qis) == anonymity.k_anonymity(frame, qis)
            assert distinct_l_diversity.measure(sample, qis, field) == anonymity.l_diversity(frame, qis, [field])
            # pycanon reports the whole part only
            expected = anonymity.entropy_l_diversity(frame, qis, [field])
            assert int(entropy_l_diversity.measure(sample, qis, field) + 1e-9) == expected
            assert t_closeness.measure(sample, qis, field) == pytest.approx(anonymity.t_closeness(frame, qis, [field]))
            beta = anonymity.basic_beta_likeness(frame, qis, [field])
            assert beta_likeness.measure(sample, qis, field) == pytest.approx(beta)
            finite = delta_disclosure.measure(sample, qis, field)
            if finite != float("inf"):
                assert finite == pytest.approx(anonymity.delta_disclosure(frame, qis, [field]))


def test_pycanon_agrees_on_a_small_table(tmp_path: Path) -> None:
    path = tmp_path / "small.csv"
    path.write_text(TABLE, encoding="utf-8")
    compare(path, ["age", "sex"], "disease")
    compare(path, ["age", "sex", "city"], "disease")
    compare(path, ["sex"], "disease")


@pytest.mark.parametrize("name", ["drugs_k5.csv", "hospital_anonymized.csv"])
def test_pycanon_agrees_on_its_own_tables(name: str) -> None:
    qis, field = PEERS[name]
    compare(table(f"pycanon_peer/processed/{name}"), qis, field)


def test_sdcmicro_testdata() -> None:
    """Records below k = 2, 3, 5 with the seven key variables of sdcMicro's examples."""
    qis = ["urbrur", "roof", "walls", "water", "electcon", "relat", "sex"]
    with open_sample(table("sdcmicro_testdata/testdata.csv"), qis) as sample:
        sizes, number = sample.sizes(qis)
        assert [int((sizes * number)[sizes < k].sum()) for k in (2, 3, 5)] == [157, 281, 458]


def test_arx_risk_figures() -> None:
    expected = json.loads(table("arx_expected/risk.json").read_text(encoding="utf-8"))[0]
    with open_sample(table("arx_adult/adult.csv"), delimiter=";") as sample:
        qis = list(sample.columns)
        found = risk.measure(sample, qis)
        assert found.prosecutor_avg == pytest.approx(expected["average_risk"], abs=1e-15)
        assert found.marketer == pytest.approx(expected["est_marketer"], abs=1e-15)
        assert found.journalist_max == expected["est_journalist"]
        assert found.uniques == expected["records_affected_highest"]
        shape = classes.measure(sample, qis)
        assert shape.count == expected["num_classes"]
        assert shape.avg == pytest.approx(expected["avg_class_size"], abs=1e-15)
        for threshold in (0.05, 0.1, 0.2, 0.33):
            share = expected[f"summary_{threshold}"]["prosecutor_records_at_risk"]
            assert records_at_risk.measure(sample, qis, threshold) == pytest.approx(share, abs=1e-15)


def test_recursive_example_of_the_paper(tmp_path: Path) -> None:
    path = tmp_path / "r.csv"
    path.write_text("q,s\n" + "\n".join(f"1,{v}" for v in "aaaabbcd"), encoding="utf-8")
    with open_sample(path) as sample:
        assert recursive_cl_diversity.measure(sample, ["q"], "s", 2) == pytest.approx(4 / 4)
        assert recursive_cl_diversity.measure(sample, ["q"], "s", 3) == pytest.approx(4 / 2)
        assert recursive_cl_diversity.measure(sample, ["q"], "s", 5) == float("inf")
