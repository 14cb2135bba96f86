"""``sluice utility``: one document, a page that loads nothing, lines for people, refusals that quote no cell."""

from __future__ import annotations

import json
import random
import re
from pathlib import Path
from typing import Any

import pytest

from tests.cli.run import sluice

CANARY = "Canary-77"
JOB = """
[fields.id]
role = "direct-identifier"
[fields.age]
role = "quasi-identifier"
hierarchy = { kind = "interval", width = 10, levels = 3 }
[fields.place]
role = "quasi-identifier"
[fields."ill<ness"]
role = "sensitive"
[[models]]
name = "k-anonymity"
k = 20
[search]
suppression_limit = 0.05
"""


@pytest.fixture
def tables(tmp_path: Path) -> Path:
    draw = random.Random(3)
    lines = ["id,age,place,ill<ness"]
    for number in range(500):
        age = draw.randrange(100)
        illness = "old" if age + draw.randrange(-20, 20) > 50 else "young"
        lines.append(f"P{number},{age},{draw.choice('abcdefgh')},{CANARY if number == 7 else illness}")
    (tmp_path / "raw.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    (tmp_path / "job.toml").write_text(JOB, encoding="utf-8")
    done = sluice("anonymize", tmp_path / "raw.csv", "--job", tmp_path / "job.toml", "-o", tmp_path / "out.csv")
    assert done.code == 0, done.err
    return tmp_path


def document(tables: Path, treated: str, *words: str | Path) -> dict[str, Any]:
    done = sluice("utility", tables / "raw.csv", tables / treated, "--job", tables / "job.toml", "--json", *words)
    assert done.code == 0, done.out + done.err
    assert CANARY not in done.out + done.err
    found: dict[str, Any] = done.json()
    return found


def test_nothing_is_lost_between_a_table_and_itself(tables: Path) -> None:
    found = document(tables, "raw.csv")
    assert found["paired"] and found["rows"] == {"raw": 500, "treated": 500, "suppressed": 0}
    assert found["quasi_identifiers"] == ["age", "place"]
    assert set(found["fields"]) == {"age", "place", "ill<ness"}, "nobody compares direct identifiers"
    for name, both in found["table"].items():
        if name in ("aecs", "discernibility", "ambiguity"):
            assert both["before"] == pytest.approx(both["after"])
        elif both["after"] is not None:
            assert both["after"] == pytest.approx(0, abs=1e-9), name
    assert all(value in (None, pytest.approx(0)) for one in found["fields"].values() for value in one.values())
    assert all(link["two-way"]["distance"] == pytest.approx(0) for link in found["links"])


def test_what_anonymize_loses_is_what_utility_measures(tables: Path) -> None:
    done = sluice("anonymize", tables / "raw.csv", "--job", tables / "job.toml", "-o", tables / "again.csv", "--json")
    report = done.json()
    found = document(tables, "out.csv")
    assert report["metric"] == "loss"
    assert found["table"]["granularity"]["after"] == pytest.approx(report["loss"], abs=1e-3)  # its mean is geometric
    assert found["rows"]["suppressed"] == report["suppressed_rows"]
    assert found["fields"]["ill<ness"]["total-variation"] == 0


def test_the_folder_holds_the_document_and_a_page_that_loads_nothing(tables: Path) -> None:
    pytest.importorskip("sklearn")
    found = document(tables, "out.csv", "--target", "age", "-o", tables / "drawn")
    assert json.loads((tables / "drawn" / "utility.json").read_text(encoding="utf-8")) == found
    assert found["learning"]["kind"] == "regression" and found["learning"]["held_out"]
    page = (tables / "drawn" / "utility.html").read_text(encoding="utf-8")
    assert "<script" not in page and not re.search(r"(?:src|href)=", page) and "http" not in page
    assert "ill&lt;ness" in page and "ill<ness" not in page
    assert CANARY not in page and "P7" not in page, "a value of one row is not named"
    assert page.count('class="heat ') >= 3 and 'class="models"' in page
    assert not list((tables / "drawn").glob(".*"))


def test_lines_for_people(tables: Path) -> None:
    done = sluice("utility", tables / "raw.csv", tables / "out.csv", "--job", tables / "job.toml")
    assert done.code == 0 and "rows are paired" in done.out and "Granularity" in done.out


@pytest.mark.parametrize(
    ("words", "said"),
    [(["--target", "wealth"], "'wealth'"), (["--target", "id"], "'id'")],
)
def test_a_wrong_target_is_refused(tables: Path, words: list[str], said: str) -> None:
    done = sluice("utility", tables / "raw.csv", tables / "out.csv", "--job", tables / "job.toml", *words)
    assert done.code == 2 and said in done.err and CANARY not in done.err


def test_tables_that_share_nothing_are_refused(tables: Path) -> None:
    (tables / "other.csv").write_text(f"a,b\n1,{CANARY}\n", encoding="utf-8")
    done = sluice("utility", tables / "raw.csv", tables / "other.csv", "--job", tables / "job.toml")
    assert done.code == 2 and "no field in common" in done.err and CANARY not in done.err


def test_rows_said_to_be_paired_must_be_as_many(tables: Path) -> None:
    text = (tables / "out.csv").read_text(encoding="utf-8").splitlines()
    (tables / "short.csv").write_text("\n".join(text[:-5]) + "\n", encoding="utf-8")
    words = (tables / "raw.csv", tables / "short.csv", "--job", tables / "job.toml")
    assert sluice("utility", *words, "--paired").code == 2
    found = document(tables, "short.csv")
    assert not found["paired"] and found["table"]["il1s"]["after"] is None
