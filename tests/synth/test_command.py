"""``sluice synthesize``: the command, its dry run, and what it says when something is wrong."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from tests.cli.run import sluice

JOB = """
[synthesize]
method = "independent"
rho = 0.1
[synthesize.fields.colour]
keys = ["red", "blue"]
[synthesize.fields.size]
lower = 0
upper = 10
bins = 5
"""


def written(folder: Path) -> Path:
    lines = ["colour,size", *(f"{'red' if n % 3 else 'blue'},{n % 11}" for n in range(400))]
    (folder / "things.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    (folder / "job.toml").write_text(JOB, encoding="utf-8")
    return folder / "things.csv"


@pytest.mark.slow
def test_the_command_charges_writes_and_proves(tmp_path: Path) -> None:
    table, home = written(tmp_path), tmp_path / "home"
    words = ("synthesize", table, "--job", tmp_path / "job.toml", "-o", tmp_path / "out.csv")
    told = sluice(*words, "--dry-run", "--json", home=home).json()
    assert told["rho"] == 0.1 and not home.exists()
    done = sluice(*words, "--review", tmp_path / "review", "--json", home=home)
    assert done.code == 0, done.err
    document = done.json()
    assert document["charged_rho"] == 0.1 == document["budget"]["spent_rho"]
    rows = list(csv.DictReader((tmp_path / "out.csv").open(newline="", encoding="utf-8")))
    assert len(rows) == document["rows"] and {row["colour"] for row in rows} <= {"red", "blue"}
    assert sorted(p.name for p in (tmp_path / "review").iterdir()) == ["attacks.json", "fidelity.json", "fidelity.svg"]
    proved = sluice("verify", tmp_path / "out.csv", "--json", home=home)
    assert proved.code == 0 and proved.json()["ok"]
    again = sluice(*words[:-1], tmp_path / "again.csv", home=home)
    assert again.code == 0 and "nothing charged" in again.out
    assert (tmp_path / "again.csv").read_bytes() == (tmp_path / "out.csv").read_bytes()


def test_wrong_use_is_told_in_a_sentence_before_anything_is_charged(tmp_path: Path) -> None:
    table, home, job = written(tmp_path), tmp_path / "home", tmp_path / "job.toml"
    (tmp_path / "empty.toml").write_text("", encoding="utf-8")
    nothing = sluice("synthesize", table, "--job", tmp_path / "empty.toml", "-o", tmp_path / "o.csv", home=home)
    assert nothing.code == 2 and "has no [synthesize] table" in nothing.err
    alone = sluice("synthesize", table, "--job", job, "-o", tmp_path / "o.csv", "--control", table, home=home)
    assert alone.code == 2 and "--control is for --review" in alone.err
    there = sluice("synthesize", table, "--job", job, "-o", table, home=home)
    assert there.code == 2 and "exists already" in there.err
    assert not home.exists()
