"""``sluice aggregate`` with rules: what everybody sees, what reviewers see, and what nobody is told."""

from __future__ import annotations

import csv
import json
import random
import stat
from pathlib import Path

import pytest

from tests.cli.run import Ran, sluice

RULES = """
[aggregate]
kind = "tables"
{more}
[aggregate.rules.threshold]
n = 4
[aggregate.rules.p-percent]
p = 13.37
[[aggregate.tables]]
name = "by-trade"
by = ["district", "trade"]
value = "turnover"
"""
SECOND = '[[aggregate.tables]]\nname = "by-district"\nby = ["district"]\nvalue = "turnover"\n'
COUNTS = '[aggregate]\nkind = "tables"\nmethod = "{method}"\n{more}\n[[aggregate.tables]]\nby = ["district", "trade"]\n'


@pytest.fixture
def shops(tmp_path: Path) -> Path:
    chance = random.Random(5)
    lines = ["district,trade,turnover"]
    lines += [
        f"{chance.choice('ABC')},{chance.choice(('food', 'tools', 'books'))},{chance.randint(10, 99)}"
        for _ in range(90)
    ]
    lines.append("A,jewels,71234567")
    path = tmp_path / "shops.csv"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def run(shops: Path, job: str, *words: str, out: str = "out.csv") -> Ran:
    path = shops.parent / "job.toml"
    path.write_text(job, encoding="utf-8")
    return sluice("aggregate", shops, "--job", path, "-o", shops.parent / out, *words, home=shops.parent / "home")


def test_parameters_and_contributions_are_told_to_reviewers_alone(shops: Path) -> None:
    done = run(shops, RULES.format(more="") + SECOND, "--json")
    assert done.code == 0, done.err
    rows = list(csv.DictReader((shops.parent / "out.csv").open(encoding="utf-8", newline="")))
    assert {row["flag"] for row in rows} == {"", "x"}
    assert all((row["value"] == "") == (row["flag"] == "x") for row in rows)
    card = (shops.parent / "out.csv.card.json").read_text(encoding="utf-8")
    assert json.loads(card)["protection"]["rules"] == ["p-percent", "threshold"]
    public = card + (shops.parent / "out.csv").read_text(encoding="utf-8") + done.out + done.err
    assert "13.37" not in public and "71234567" not in public
    evidence = shops.parent / "out.csv.evidence.json"
    told = json.loads(evidence.read_text(encoding="utf-8"))
    assert {"name": "p-percent", "params": {"p": 13.37}} in told["rules"]
    assert all(cell["protected"] is not False for part in told["suppressions"] for cell in part["cells"])
    assert stat.S_IMODE(evidence.stat().st_mode) == 0o600
    assert sluice("verify", shops.parent / "out.csv", home=shops.parent / "home").code == 0


def test_published_cells_of_linked_tables_agree(shops: Path) -> None:
    assert run(shops, RULES.format(more="") + SECOND).code == 0
    rows = list(csv.DictReader((shops.parent / "out.csv").open(encoding="utf-8", newline="")))
    wide = {row["district"]: row["value"] for row in rows if row["table"] == "by-trade" and row["trade"] == "Total"}
    assert wide == {row["district"]: row["value"] for row in rows if row["table"] == "by-district"}


@pytest.mark.parametrize(
    ("method", "more", "additive"),
    [
        ("controlled-rounding", "base = 5", True),
        ("small-count-rounding", "base = 5", True),
        ("cell-key", "noise = { most = 4, variance = 2.0 }", False),
    ],
)
def test_other_methods_say_whether_totals_add_up(shops: Path, method: str, more: str, additive: bool) -> None:
    done = run(shops, COUNTS.format(method=method, more=more), "--json")
    assert done.code == 0, done.err
    assert done.json()["card"]["protection"] == {"method": method, "additive": additive}
    again = run(shops, COUNTS.format(method=method, more=more), out="again.csv")
    assert again.code == 0
    assert (shops.parent / "again.csv").read_bytes() == (shops.parent / "out.csv").read_bytes()


@pytest.mark.parametrize(
    ("job", "told"),
    [
        ('[aggregate]\nkind = "tables"\n[[aggregate.tables]]\nby = ["district"]\n', "no rule"),
        ('[aggregate]\nkind = "tables"\nprofile = "none"\n[[aggregate.tables]]\nby = ["district"]\n', "no profile"),
        (COUNTS.format(method="cell-key", more=""), "needs noise"),
        (COUNTS.format(method="cell-key", more='noise = { most = 5, variance = "x" }'), "needs noise"),
        (COUNTS.format(method="controlled-rounding", more=""), "needs base"),
        (RULES.format(more='unit = "nobody"'), "no field nobody"),
        (RULES.format(more='magic = "x"'), "key magic"),
        (RULES.replace("13.37", '"13.37"').format(more=""), "must be a finite number"),
        (RULES.format(more="").replace('"district", "trade"', '"turnover", "turnover"'), "different fields"),
    ],
)
def test_what_is_not_understood_is_refused_in_a_sentence(shops: Path, job: str, told: str) -> None:
    done = run(shops, job)
    assert done.code == 2 and told in done.err
    assert "Traceback" not in done.err and "13.37" not in done.err
    assert not list(shops.parent.glob("out.csv*"))


def test_a_table_is_never_written_over(shops: Path) -> None:
    job = COUNTS.format(method="controlled-rounding", more="base = 3")
    assert run(shops, job).code == 0
    assert run(shops, job).code == 2


def test_profiles_stand_in_for_rules(shops: Path) -> None:
    job = '[aggregate]\nkind = "tables"\nprofile = "acro"\n[[aggregate.tables]]\nby = ["district", "trade"]\n'
    done = run(shops, job, "--json")
    assert done.code in (0, 1), done.err
    if done.code == 1:
        assert done.json()["refusals"][0]["code"] == "tables.unprotectable"
    else:
        assert "acro" not in json.dumps(done.json())
