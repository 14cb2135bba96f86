"""What ``sluice risk`` says beyond classes, and that it needs to be told before it says it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from release.job.read import read_job
from release.nouns.errors import BadInput
from release.steps.exposed import exposed, exposed_lines
from tests.cli.run import sluice
from tests.steps.treat_tables import table

ROLES = '[fields.a]\nrole = "quasi-identifier"\n[fields.b]\nrole = "quasi-identifier"\n'
COLUMNS = {
    "a": ["1", "1", "2", "2", None, None],
    "b": ["x", "x", "x", "y", "y", "y"],
    "w": ["10", "20", "5.5", "1", "7", "9"],
    "h": ["p", "p", "q", "q", "r", "s"],
}


def answer(path: Path, job: str, columns=COLUMNS):
    (path / "job.toml").write_text(ROLES + job, encoding="utf-8")
    return exposed(table(path / "in.parquet", columns), read_job(path / "job.toml"), ["a", "b"])


def test_only_what_was_told_is_measured(tmp_path: Path) -> None:
    made = answer(tmp_path, "")
    assert set(made) == {"special_uniques"}
    assert made["special_uniques"]["records"] == 2 and made["special_uniques"]["sets"] == {"2": 2}
    full = answer(tmp_path, '[risk]\nsampling_fraction = 0.2\nweight = "w"\nhousehold = "h"\nsuda_size = 1\n')
    assert set(full) == {"special_uniques", "population_uniqueness", "individual", "household"}
    assert full["special_uniques"]["records"] == 0
    assert full["population_uniqueness"]["chosen"] in ("zayatz", "snb")
    assert full["individual"]["expected_reidentifications"] < full["household"]["expected_reidentifications"]
    assert len(exposed_lines(full)) == 4 and json.dumps(full, allow_nan=False)


@pytest.mark.parametrize(
    ("job", "message"),
    [
        ('[risk]\nweight = "nobody"\n', "'nobody' as weight"),
        ("[risk]\nsampling_fraction = 2\n", "sampling_fraction"),
        ("[risk]\nfraction = 0.1\n", "fraction"),
    ],
)
def test_what_does_not_fit_is_refused(tmp_path: Path, job: str, message: str) -> None:
    with pytest.raises(BadInput, match=message):
        answer(tmp_path, job)


def test_a_models_population_tells_the_sampling_fraction(tmp_path: Path) -> None:
    model = '[[models]]\nname = "k-map"\nk = 2\nestimator = "poisson"\n'
    for told, fraction in (("{ sampling_fraction = 0.25 }", 0.25), ("{ size = 60 }", 0.1), ("{ size = 2 }", 1.0)):
        made = answer(tmp_path, f"{model}population = {told}\n")
        assert made["population_uniqueness"]["sampling_fraction"] == pytest.approx(fraction)


def test_a_row_without_weight_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="lacks a weight"):
        answer(tmp_path, '[risk]\nweight = "w"\n', {**COLUMNS, "w": ["1", None, "1", "1", "1", "1"]})


def test_an_empty_table_and_one_row(tmp_path: Path) -> None:
    job = '[risk]\nsampling_fraction = 0.2\nweight = "w"\nhousehold = "h"\n'
    for rows in (0, 1):
        made = answer(tmp_path, job, {name: cells[:rows] for name, cells in COLUMNS.items()})
        assert made["special_uniques"]["records"] == rows
        assert json.dumps(made, allow_nan=False)


def test_the_command_says_it(tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text("a,b\n1,x\n1,x\n2,y\n", encoding="utf-8")
    (tmp_path / "job.toml").write_text(ROLES + "[risk]\nsampling_fraction = 0.1\n", encoding="utf-8")
    done = sluice("risk", tmp_path / "t.csv", "--job", tmp_path / "job.toml", "--json")
    assert done.code == 0 and done.json()["population_uniqueness"]["dankar"] > 0
    told = sluice("risk", tmp_path / "t.csv", "--job", tmp_path / "job.toml")
    assert "special uniques (up to 2 fields): 1 records" in told.out and "population uniqueness at 0.1" in told.out
