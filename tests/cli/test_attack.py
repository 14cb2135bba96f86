"""``sluice attack``: one document, lines for people, and refusals that quote no cell."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from tests.cli.run import sluice

JOB = """
[fields.age]
role = "quasi-identifier"
hierarchy = { kind = "interval", width = 10, levels = 3 }
[fields.place]
role = "quasi-identifier"
[fields.illness]
role = "sensitive"
[[models]]
name = "k-anonymity"
k = 20
[search]
suppression_limit = 0.0
"""


def write(path: Path, rows) -> Path:
    lines = ["age,place,illness", *(",".join(map(str, row)) for row in rows)]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


@pytest.fixture
def tables(tmp_path: Path) -> Path:
    draw = random.Random(3)

    def people(count: int):
        return [(draw.randrange(100), draw.choice("abcdefgh"), f"Secret-{draw.randrange(40)}") for _ in range(count)]

    write(tmp_path / "raw.csv", people(500))
    write(tmp_path / "others.csv", people(300))
    (tmp_path / "job.toml").write_text(JOB, encoding="utf-8")
    done = sluice("anonymize", tmp_path / "raw.csv", "--job", tmp_path / "job.toml", "-o", tmp_path / "out.csv")
    assert done.code == 0, done.err
    return tmp_path


def rates(tables: Path, treated: str, *words: str | Path) -> dict:
    done = sluice("attack", tables / "raw.csv", tables / treated, "--job", tables / "job.toml", "--json", *words)
    assert done.code == 0, done.out + done.err
    return done.json()


def test_the_raw_table_falls_and_the_treated_one_holds(tables: Path) -> None:
    found = {}
    for treated in ("raw.csv", "out.csv"):
        document = rates(tables, treated, "--control", tables / "others.csv", "--paired")
        assert set(document) >= {"rows", "known", "secret", "attacks", "links", "successive"}
        assert document["known"] == ["age", "place"] and document["secret"] == ["illness"]
        found[treated] = {one["attack"]: one for one in document["attacks"]}
    for attack, least in (
        ("linkage-by-keys", 0.4), ("linkage-by-distance", 0.4), ("inference:illness", 0.4),
        ("singling-out:multivariate", 0.9),
    ):  # fmt: skip
        assert found["raw.csv"][attack]["rate"] >= least, attack
    for attack in ("linkage-by-keys", "linkage-by-distance"):
        assert found["out.csv"][attack]["rate"] <= 1 / 20, "k bounds the share of right links"
    assert found["out.csv"]["homogeneity:illness"]["rate"] == 0
    inferred = found["out.csv"]["inference:illness"]
    assert inferred["residual"]["low"] <= 0.05 and inferred["low"] <= inferred["control"]["high"] + 0.05


def test_two_releases_are_read_together(tables: Path) -> None:
    (tables / "package" / "data").mkdir(parents=True)
    (tables / "out.csv").rename(tables / "package" / "data" / "people.csv")
    write(tables / "later.csv", [("*", "a", "Secret-1")] * 3 + [("*", "b", "Secret-2")] * 497)
    document = rates(tables, "later.csv", "--previous", tables / "package")
    both = document["successive"]["illness"]
    assert set(both) == {"intersection", "secrets_left", "differencing"}
    assert both["secrets_left"]["together"] <= both["secrets_left"]["newer"]
    told = sluice("attack", tables / "raw.csv", tables / "later.csv", "--job", tables / "job.toml",
                  "--previous", tables / "package")  # fmt: skip
    assert "both releases: illness certain for" in told.out and "their difference" in told.out


def test_the_same_seed_tries_the_same(tables: Path) -> None:
    one, two = rates(tables, "out.csv", "--attacks", "50"), rates(tables, "out.csv", "--attacks", "50")
    assert one == two
    other = rates(tables, "out.csv", "--attacks", "50", "--seed", "1")
    assert other["attacks"][0]["attacks"] == 50 and other != one


def test_what_does_not_fit_is_refused_without_a_cell(tables: Path) -> None:
    (tables / "bad.toml").write_text(JOB.replace("fields.age", "fields.nobody"), encoding="utf-8")
    (tables / "none.toml").write_text('[fields.illness]\nrole = "sensitive"\n', encoding="utf-8")
    (tables / "empty").mkdir()
    for words, message in (
        (("raw.csv", "out.csv", "--job", tables / "bad.toml"), "'nobody'"),
        (("raw.csv", "out.csv", "--job", tables / "none.toml"), "no quasi-identifier"),
        (("raw.csv", "empty", "--job", tables / "job.toml"), "holds no table"),
        (("raw.csv", "out.csv", "--job", tables / "job.toml", "--previous", tables / "empty"), "holds no table"),
    ):
        done = sluice("attack", tables / words[0], tables / words[1], *words[2:])
        assert done.code == 2 and message in done.err, done.err
        assert "Secret-" not in done.err + done.out
    write(tables / "short.csv", [(1, "a", "x")])
    done = sluice("attack", tables / "raw.csv", tables / "short.csv", "--job", tables / "job.toml", "--paired")
    assert done.code == 2 and "in its place" in done.err
