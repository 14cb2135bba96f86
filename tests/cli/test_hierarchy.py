"""``sluice hierarchy``: proposals, previews without cells, ARX's files there and back, and what has no place."""

from __future__ import annotations

import csv
import tomllib
from pathlib import Path

import pytest

from release.samples.samples import adult_hierarchies
from tests.cli.run import sluice

CANARY = "Canary甲乙丙"


@pytest.fixture(scope="module")
def table(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("hierarchy") / "people.csv"
    nations = ["汉族"] * 60 + ["回族"] * 20 + ["壮族"] * 10 + ["赫哲族"] * 2
    groups = ["alpha"] * 50 + ["beta"] * 30 + ["gamma"] * 10 + [CANARY] + [CANARY + "1"]
    with path.open("w", encoding="utf-8", newline="") as file:
        lines = csv.writer(file)
        lines.writerow(["民族", "组别", "金额", "出生日期", "名"])
        for number, (nation, group) in enumerate(zip(nations, groups, strict=True)):
            day = f"{1950 + number % 60}-0{1 + number % 9}-1{number % 10}"
            lines.writerow([nation, group, number * 37 % 1000, day, f"{CANARY}{number}"])
    return path


def test_a_known_category_gets_its_builder(table: Path) -> None:
    shown = sluice("hierarchy", table, "民族", "--json").json()
    assert shown["kind"] == "ethnic" and shown["unplaced"]["rows"] == 0
    assert [level["labels"] for level in shown["levels"]] == [4, 3, 2, 1]
    assert shown["levels"][0]["example"] == "" and shown["levels"][2]["example"] == "少数民族"


def test_the_job_lines_are_toml_that_the_engine_takes(table: Path, tmp_path: Path) -> None:
    fields = []
    for name in ("民族", "组别", "金额", "出生日期"):
        text = sluice("hierarchy", table, name).out
        assert CANARY not in text
        fields.append(text.split("in a job file:\n")[1].split("  # or")[0])
    job = tmp_path / "job.toml"
    job.write_text("\n".join(fields) + '\n[[models]]\nname = "k-anonymity"\nk = 3\n[search]\nsuppression_limit = 0.1\n')
    assert set(tomllib.loads(job.read_text())["fields"]) == {"民族", "组别", "金额", "出生日期"}
    done = sluice("anonymize", table, "--job", job, "-o", tmp_path / "out.csv", "--json")
    assert done.code == 0 and done.json()["models"][0]["holds"]


def test_rare_cells_stay_at_level_0(table: Path, tmp_path: Path) -> None:
    out = tmp_path / "h.csv"
    assert CANARY not in sluice("hierarchy", table, "组别", "-o", out, "--json").out
    rows = list(csv.reader(out.read_text(encoding="utf-8").splitlines(), delimiter=";"))
    assert {CANARY, "alpha"} <= {row[0] for row in rows}
    assert not any(CANARY in label for row in rows for label in row[1:])


def test_names_of_people_get_no_hierarchy(table: Path) -> None:
    refused = sluice("hierarchy", table, "名")
    assert refused.code == 2 and "too few rows share one" in refused.err and CANARY not in refused.err
    assert "no field" in sluice("hierarchy", table, "nobody").err


@pytest.mark.parametrize(("missing", "code"), [("", 2), ('missing = "keep-top"', 0), ('missing = "suppress"', 0)])
def test_a_value_that_the_hierarchy_lacks(table: Path, tmp_path: Path, missing: str, code: int) -> None:
    (tmp_path / "groups.csv").write_text("alpha;greek;*\nbeta;greek;*\ngamma;greek;*\n")
    job = tmp_path / "job.toml"
    job.write_text(
        f'[fields."组别"]\nrole = "quasi-identifier"\nhierarchy = "groups.csv"\nmax_level = 0\n{missing}\n'
        '[[models]]\nname = "k-anonymity"\nk = 2\n[search]\nsuppression_limit = 0.05\n'
    )
    done = sluice("anonymize", table, "--job", job, "-o", tmp_path / "out.csv")
    assert done.code == code, done.err
    assert CANARY not in done.err + done.out
    shown = sluice("hierarchy", table, "组别", "--job", job, "--json").json()
    assert shown["unplaced"] == {"values": 2, "rows": 2, "first_row": 91}
    if code:
        assert "2 distinct values in 2 rows, the first in row 91, have no place" in done.err
        assert 'missing = "keep-top"' in done.err
        return
    cells = [
        row[0] if row else "" for row in csv.reader((tmp_path / "out.csv").read_text(encoding="utf-8").splitlines())
    ][1:]
    # Kept at level 0 the two lonely values cannot stay; emptied, they look alike and can.
    assert cells[90:] == (["*", "*"] if "keep-top" in missing else ["", ""])


def test_missing_needs_a_hierarchy_and_says_it_once(tmp_path: Path, table: Path) -> None:
    job = tmp_path / "job.toml"
    for lines, said in (
        ('missing = "keep-top"', "there is no 'hierarchy'"),
        ('hierarchy = { kind = "ethnic" }\nmissing = "maybe"', "suppress"),
        ('hierarchy = { kind = "ethnic", unplaced = "top" }\nmissing = "suppress"', "keep one of the two"),
    ):
        job.write_text(f'[fields."民族"]\nrole = "quasi-identifier"\n{lines}\n')
        assert said in sluice("hierarchy", table, "民族", "--job", job).err


def test_arx_files_there_and_back(tmp_path: Path) -> None:
    for name, path in adult_hierarchies(tmp_path).items():
        given = list(csv.reader(path.read_text(encoding="utf-8-sig").splitlines(), delimiter=";"))
        data, job, out = (tmp_path / f"{name}.{end}" for end in ("table.csv", "toml", "back.csv"))
        data.write_text("\n".join(["f", *(f'"{row[0]}"' for row in given)]) + "\n")
        job.write_text(f'[fields.f]\nrole = "quasi-identifier"\nhierarchy = "{path.name}"\n')
        assert sluice("hierarchy", data, "f", "--job", job, "-o", out).code == 0
        assert list(csv.reader(out.read_text(encoding="utf-8").splitlines(), delimiter=";")) == given
