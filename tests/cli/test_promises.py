"""What outsiders rely on: commands, exit codes, one JSON document, keys that stay, and a help that is instant."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.run import ROOT, process, sluice

HEAVY = {
    "pandas",
    "numpy",
    "pyarrow",
    "duckdb",
    "opendp",
    "presidio_analyzer",
    "spacy",
    "sqlalchemy",
    "fastapi",
    "pypinyin",
}

PEOPLE = """姓名,身份证号,性别,年龄,手机号
张伟,110101199003074514,男,34,13800138000
王芳,110101199003075197,女,35,13900139001
"""


@pytest.fixture
def people(tmp_path: Path) -> Path:
    path = tmp_path / "people.csv"
    path.write_text(PEOPLE, encoding="utf-8")
    return path


def test_help_loads_nothing_heavy() -> None:
    code = (
        "import sys\n"
        "from release.wiring import command\n"
        "sys.argv = ['sluice', '--help']\n"
        "try:\n    command.run()\nexcept SystemExit: pass\n"
        "print('LOADED', *sorted({m.split('.')[0] for m in sys.modules}))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=True)
    loaded = set(done.stdout.rpartition("LOADED")[2].split())
    assert "typer" in loaded
    assert not loaded & HEAVY


def test_every_promised_command_is_there() -> None:
    listed = process("--help").out
    for name in ("demo", "serve", "policies", "classify", "explain", "plan", "treat", "release", "verify", "anonymize",
                 "risk", "aggregate", "audit"):  # fmt: skip
        assert f"  {name} " in listed, f"{name} is not in the help"


@pytest.mark.parametrize("words", [("nonsense",), ("classify",), ("release", "x.csv"), ("classify", "x.csv", "--nope")])
def test_bad_use_is_exit_2(words: tuple[str, ...]) -> None:
    done = sluice(*words)
    assert done.code == 2
    assert "Traceback" not in done.out + done.err


def test_classify_has_the_promised_keys(people: Path) -> None:
    done = sluice("classify", people, "--json")
    assert done.code == 0
    document = done.json()
    assert set(document["policy"]) >= {"id", "version", "digest"}
    assert [f["name"] for f in document["fields"]] == ["姓名", "身份证号", "性别", "年龄", "手机号"]
    for field in document["fields"]:
        assert set(field) >= {
            "name", "category", "confidence", "role", "grade", "article", "reasons", "alternatives", "needs_review",
        }  # fmt: skip
        assert 0 <= field["confidence"] <= 1
        assert field["reasons"]
    assert set(document["dataset"]) >= {"grade", "openness", "reasons"}


def test_explain_tells_the_whole_derivation(people: Path) -> None:
    done = sluice("explain", people, "身份证号")
    assert done.code == 0
    assert "person.identity.resident-id" in done.out
    assert "[verified]" in done.out


def test_explain_of_a_field_that_is_not_there_names_those_that_are(people: Path) -> None:
    done = sluice("explain", people, "电话", "--json")
    assert done.code == 2
    assert "手机号" in done.json()["error"]["remedy"]


def test_an_unknown_policy_names_the_known(people: Path) -> None:
    done = sluice("classify", people, "--policy", "nowhere")
    assert done.code == 2
    assert "cn-shanghai-open-data" in done.err


def test_two_people_are_too_few_for_an_open_table(people: Path, tmp_path: Path) -> None:
    done = sluice("release", people, "-o", tmp_path / "out", "--json", home=tmp_path / "home")
    assert done.code == 1
    refusals = done.json()["refusals"]
    assert refusals and all(set(r) == {"code", "message", "article", "remedy"} for r in refusals)
    assert not (tmp_path / "out").exists()


def test_policies_check_tells_what_is_wrong(tmp_path: Path) -> None:
    bad = tmp_path / "bad.toml"
    bad.write_text("format = 1\n[meta]\nidd = 'x'\n", encoding="utf-8")
    assert sluice("policies", "check", bad).code == 2
    assert sluice("policies", "list").code == 0
    good = next((ROOT / "policies" / "packs").glob("us-*.toml"))
    assert sluice("policies", "check", good).code == 0
    shown = sluice("policies", "show", "cn-shanghai-open-data", "--json").json()
    assert shown["scales"] and shown["rules_in_full"]
