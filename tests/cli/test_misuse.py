"""Odd tables and wrong uses by the dozen: a package that verifies, a refusal with a remedy, or one sentence."""

from __future__ import annotations

import json
import os
import random
import shutil
from pathlib import Path

import pytest

from tests.cli.run import Ran, sluice

CANARY = "Kanarie7731"
CHANCE = random.Random(3)


def rows(number: int, *columns: list[str]) -> str:
    return "".join(",".join(CHANCE.choice(values) for values in columns) + "\n" for _ in range(number))


SEX, AGE = ["M", "F"], [str(a) for a in range(20, 60)]
LONG = "h" * 300

ODD: dict[str, str] = {
    "one row": f"name,age\n{CANARY},20\n",
    "one column": "age\n" + rows(600, AGE),
    "a column of nothing": "age,gender,remark\n" + rows(600, AGE, SEX, [""]),
    "nothing but nothing": "age,gender\n" + rows(600, [""], [""]),
    "everything alike": "age,gender\n" + "20,M\n" * 600,
    "everything unique": "id,code\n" + "".join(f"{i},{i * 7919 % 10007}\n" for i in range(600)),
    "a header that is SQL": '"gender""; DROP TABLE x --",age\n' + rows(600, SEX, AGE),
    "a header of quotes": '"it\'s ""so""",age\n' + rows(600, SEX, AGE),
    "a header over two lines": '"gender\nof person",age\n' + rows(600, SEX, AGE),
    "a long header": f"{LONG},age\n" + rows(600, SEX, AGE),
    "a header of markup": "<script>alert(1)</script>,age\n" + rows(600, SEX, AGE),
    "a header that is a formula": "=1+1,age\n" + rows(600, SEX, AGE),
    "headers of dots and slashes": "a.b,../age,{x}\n" + rows(600, SEX, AGE, SEX),
    "names that engines use": "rowid,count,rows,k0,h,person,age\n" + rows(600, *[SEX] * 6, AGE),
    "a header read from the right": "\u202eage,gender\n" + rows(600, AGE, SEX),
    "cells that are formulas": "age,gender,remark\n" + rows(600, AGE, SEX, ["=1+1", "-5", "@x"]),
}


@pytest.mark.parametrize("name", ODD)
def test_an_odd_table_is_released_whole_or_refused(name: str, tmp_path: Path) -> None:
    source, out = tmp_path / "odd.csv", tmp_path / "out"
    source.write_text(ODD[name], encoding="utf-8")
    ran = sluice("release", source, "-o", out, "--json", home=tmp_path / "home")
    assert ran.code in (0, 1), ran.out
    assert CANARY not in ran.out + ran.err
    if ran.code == 1:
        refusals = ran.json()["refusals"]
        assert refusals and all(r["message"] and r["remedy"] for r in refusals)
        assert not out.exists()
        return
    checked = sluice("verify", out, "--raw", source, "--json")
    assert checked.code == 0, checked.out
    assert "<script>" not in (out / "report.html").read_text(encoding="utf-8").replace("</script>", "")


@pytest.mark.slow
def test_a_million_different_values(tmp_path: Path) -> None:
    source = tmp_path / "million.csv"
    source.write_text("id,age,gender\n" + "".join(f"{i},{20 + i % 40},{'MF'[i % 2]}\n" for i in range(1_000_000)))
    ran = sluice("release", source, "-o", tmp_path / "out", "--json", home=tmp_path / "home")
    assert ran.code == 0, ran.out
    assert ran.json()["rows"]["in"] == 1_000_000


def test_headers_that_differ_only_in_capitals_are_refused(tmp_path: Path) -> None:
    source = tmp_path / "odd.csv"
    source.write_text("Gender,age,gender\n" + rows(50, SEX, AGE, SEX), encoding="utf-8")
    sentence(
        sluice("release", source, "-o", tmp_path / "out", "--json"), "Columns 1 and 3 have headers that differ only"
    )
    job = tmp_path / "job.toml"
    job.write_text("[input]\nrename_duplicates = true\n", encoding="utf-8")
    ran = sluice("plan", source, "--job", job, "--json")
    assert ran.code in (0, 1), ran.out


def sentence(ran: Ran, *words: str) -> None:
    assert ran.code == 2, ran.out + ran.err
    error = ran.json()["error"]
    assert set(error) == {"kind", "message", "remedy"} and error["message"] and error["remedy"]
    assert error["kind"] != "Unforeseen"
    assert "\n" not in error["message"]
    for word in words:
        assert word in error["message"], error
    assert not ran.err


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("good") / "good.csv"
    path.write_text("gender,age\n" + rows(600, SEX, AGE), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def package(good: Path) -> Path:
    out = good.parent / "package"
    assert sluice("release", good, "-o", out, home=good.parent / "home").code == 0
    return out


JOBS: dict[str, tuple[bytes, str]] = {
    "an unknown key": (b"surprise = 1\n", "surprise is an unknown key"),
    "an unknown key inside": (b'[release]\nopeness = "conditional"\n', "openess"),
    "no TOML": (b"\x00\x01", "not valid TOML"),
    "no text": (b"\xff\xfe\xfa", "not UTF-8"),
    "nested without end": (b"a = " + b"[" * 100_000, "nested too deeply"),
    "a table that is none": (b"aggregate = 3\n", "must be a table"),
    "a field that is not there": (b'[fields.nowhere]\nrole = "insensitive"\n', "'nowhere'"),
    "a role there is not": (b'[fields.age]\nrole = "king"\n', "'king'"),
    "a category there is not": (b'[fields.age]\ncategory = "king"\n', "'king'"),
    "a treatment there is not": (b'[fields.age]\ntreatment = "explode"\n', "'explode'"),
    "a model there is not": (b'[[models]]\nname = "explode"\n', "'explode'"),
    "a k of nothing": (b'[[models]]\nname = "k-anonymity"\nk = 0\n', "at least"),
    "more suppression than there is": (b"[search]\nsuppression_limit = 7\n", "between 0 and 1"),
}


@pytest.mark.parametrize("name", JOBS)
@pytest.mark.parametrize("command", ["release", "anonymize"])
def test_a_job_file_that_is_not_understood(name: str, command: str, good: Path, tmp_path: Path) -> None:
    content, words = JOBS[name]
    job, out = tmp_path / "job.toml", tmp_path / "out"
    job.write_bytes(content)
    if command == "anonymize" and "category" in name:
        pytest.skip("anonymize has no use for categories")
    sentence(sluice(command, good, "--job", job, "-o", out, "--json"), words)
    assert not out.exists()


COUNT = '[[aggregate.statistics]]\nkind = "count"\n'
HEAD = '[aggregate]\nlineage = "misuse"\ngroup_by = ["gender"]\nkeys = { gender = ["M", "F"] }\n'
AGGREGATES: dict[str, tuple[str, str]] = {
    "nothing": ("", "no [aggregate]"),
    "group_by is a word": ('[aggregate]\ngroup_by = "gender"\nepsilon = 1\n' + COUNT, "list of field names"),
    "group_by of numbers": ("[aggregate]\ngroup_by = [1]\nepsilon = 1\n" + COUNT, "list of field names"),
    "keys are a number": ('[aggregate]\ngroup_by = ["gender"]\nkeys = 3\nepsilon = 1\n' + COUNT, "table of lists"),
    "keys for no group": ('[aggregate]\nkeys = { age = ["1"] }\nepsilon = 1\n' + COUNT, "does not name"),
    "statistics of numbers": (HEAD + "epsilon = 1\nstatistics = [1]\n", "must be tables"),
    "no epsilon": (HEAD + COUNT, "exactly one"),
    "an epsilon near nothing": (HEAD + "epsilon = 1e-300\n" + COUNT, "positive number"),
    "an epsilon without end": (HEAD + "epsilon = 1e300\n" + COUNT, "positive number"),
    "an epsilon that is no number": (HEAD + "epsilon = nan\n" + COUNT, "positive number"),
    "a weight of words": (HEAD + "epsilon = 1\n" + COUNT + 'weight = "x"\n', "weight"),
    "bounds of words": (
        HEAD + 'epsilon = 1\n[[aggregate.statistics]]\nkind = "sum"\nfield = "age"\nlower = "a"\nupper = []\n',
        "lower must be a number",
    ),
    "bounds without end": (
        HEAD + 'epsilon = 1\n[[aggregate.statistics]]\nkind = "sum"\nfield = "age"\nlower = -inf\nupper = nan\n',
        "lower must be a number",
    ),
    "a lineage without end": ('[aggregate]\nepsilon = 1\nlineage = "' + "x" * 5000 + '"\n' + COUNT, "lineage"),
    "a field that is not there": (HEAD.replace("gender", "nowhere") + "epsilon = 1\n" + COUNT, "no field nowhere"),
}


@pytest.mark.parametrize("name", AGGREGATES)
def test_an_aggregate_that_is_not_understood(name: str, good: Path, tmp_path: Path) -> None:
    content, words = AGGREGATES[name]
    job, out = tmp_path / "job.toml", tmp_path / "out.csv"
    job.write_text(content, encoding="utf-8")
    sentence(sluice("aggregate", good, "--job", job, "-o", out, "--json", home=tmp_path / "home"), words)
    assert sluice("budget", "--json", home=tmp_path / "home").json() == {"accounts": []}
    assert not list(tmp_path.glob("out*"))


def test_nothing_is_written_over(good: Path, package: Path, tmp_path: Path) -> None:
    kept = tmp_path / "kept.txt"
    kept.write_text("x", encoding="utf-8")
    job = tmp_path / "job.toml"
    job.write_text(HEAD + "epsilon = 1\n" + COUNT, encoding="utf-8")
    link = tmp_path / "link"
    link.symlink_to(tmp_path / "elsewhere")
    for out in (package, kept, link):
        sentence(sluice("release", good, "-o", out, "--json"), "exists already")
    sentence(sluice("plan", good, "-o", kept, "--json"), "exists already")
    sentence(sluice("anonymize", good, "--job", job, "-o", kept, "--json"), "exists already")
    sentence(
        sluice("anonymize", good, "--job", job, "-o", tmp_path / "a", "--report", kept, "--json"), "exists already"
    )
    sentence(sluice("aggregate", good, "--job", job, "-o", kept, "--json", home=tmp_path / "home"), "exists already")
    assert kept.read_text(encoding="utf-8") == "x"


def test_where_nothing_can_be_written(good: Path, tmp_path: Path) -> None:
    below = tmp_path / "file" / "below"
    below.parent.write_text("x", encoding="utf-8")
    sentence(sluice("release", good, "-o", below, "--json"), "cannot be made")
    sentence(sluice("plan", good, "-o", tmp_path / "nowhere" / "plan.json", "--json"), "no folder")
    sentence(sluice("release", good, "-o", tmp_path / "out", "--workspace", good, "--json"), good.name)
    assert not (tmp_path / "out").exists()
    if os.geteuid():
        closed = tmp_path / "closed"
        closed.mkdir(mode=0o500)
        sentence(sluice("release", good, "-o", closed / "out", "--json"), "cannot be made")


def test_a_full_disk_is_said_and_leaves_nothing(good: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import release.publish.package as packaging

    def full(*args: object, **kwargs: object) -> None:
        raise OSError(28, "No space left on device", str(tmp_path / "data.csv"))

    monkeypatch.setattr(packaging, "_write_data", full)
    ran = sluice("release", good, "-o", tmp_path / "out", "--json", home=tmp_path / "home")
    sentence(ran, "data.csv", "no space left")
    assert "room" in ran.json()["error"]["remedy"]
    assert [p.name for p in tmp_path.iterdir()] == ["home"]


def test_wrong_uses_answer_in_json_too(good: Path) -> None:
    for words in (("nonsense",), ("release", good), ("classify", good, "--nope"), ("policies", "show"), ("treat",)):
        sentence(sluice(*words, "--json"))
    ran = sluice("classify", good, "--nope")
    assert ran.code == 2 and "--nope" in ran.err and not ran.out


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--table", "x"), "--table is for a database"),
        (("--query", "SELECT 1"), "--query is for a database"),
        (("--policy", "../../etc/passwd"), "no policy pack"),
        (("--attribute", "update"), "NAME=VALUE"),
        (("--attribute", "surprise=1"), "surprise"),
        (("--encoding", ""), "encoding"),
        (("--delimiter", "ab"), "delimiter"),
    ],
)
def test_an_option_that_is_not_understood(words: tuple[str, str], told: str, good: Path) -> None:
    sentence(sluice("classify", good, "--json", *words), told)


def test_what_is_no_package_is_said(good: Path, package: Path, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    sentence(sluice("verify", good, "--json"), "not a folder")
    sentence(sluice("verify", tmp_path / "nowhere", "--json"), "not a folder")
    sentence(sluice("verify", package, "--key", good, "--json"), "not an Ed25519 public key")
    sentence(sluice("verify", package, "--raw", tmp_path / "nowhere.csv", "--json"))
    assert sluice("verify", tmp_path / "empty", "--json").json()["ok"] is False


@pytest.mark.parametrize("what", ["a link inside", "a file more", "a file less", "rubbish", "nested", "a pipe"])
def test_a_package_that_was_touched_is_not_believed(what: str, package: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(package, copy)
    data, manifest = next((copy / "data").glob("*.parquet")), copy / "MANIFEST.json"
    if what == "a link inside":
        data.rename(tmp_path / "elsewhere")
        data.symlink_to(tmp_path / "elsewhere")
    elif what == "a file more":
        (copy / "more.txt").write_text("x", encoding="utf-8")
    elif what == "a file less":
        data.unlink()
    elif what == "a pipe":
        manifest.unlink()
        os.mkfifo(manifest)
    else:
        manifest.write_bytes(b"[" * 100_000 if what == "nested" else os.urandom(500))
    ran = sluice("verify", copy, "--json")
    assert ran.code == 1, ran.out
    assert ran.json()["ok"] is False and ran.json()["first_failure"]
    assert json.loads(ran.out)["checks"]
