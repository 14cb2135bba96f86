"""A person's word at the terminal: kept with its reason, applied to the next table of the schema, never below proof."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from classifiers.category import UNKNOWN, tree
from classifiers.decide import gravity
from release.desk.opening import Place, open_desk
from release.desk.proof import below
from release.samples.people import pieces_of_people
from release.samples.write import write_csv
from release.store import aggregate, journal
from release.store.engine import sqlite_url
from tests.cli.run import Ran, sluice

WANG, LI = "王一", "李二"
COLUMNS = ["身份证号", "职业", "民族"]
SECRET = "CANARY-REASON-7741"


def table(path: Path, seed: int, columns: list[str] = COLUMNS, rows: int = 120) -> Path:
    return write_csv((piece.select(columns) for piece in pieces_of_people(rows, seed)), path)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


@pytest.fixture
def first(tmp_path: Path) -> Path:
    return table(tmp_path / "first.csv", 3)


def say(home: Path, path: Path, field: str, category: str, by: str = WANG, reason: str = "目录如此") -> Ran:
    return sluice("override", path, field, "--category", category, "--reason", reason, "--by", by, "--json", home=home)


def classified(home: Path, path: Path, field: str) -> dict[str, Any]:
    ran = sluice("classify", path, "--json", home=home)
    assert ran.code == 0, ran.err
    return next(f for f in ran.json()["fields"] if f["name"] == field)


def whole(home: Path) -> None:
    """The journal gives back every row, and the chain holds."""
    desk = open_desk(Place(home))
    with desk.store.read() as work:
        assert list(aggregate.faults(work)) == []
    desk.store.close()


def test_a_word_holds_for_the_next_table_of_the_schema(home: Path, first: Path, tmp_path: Path) -> None:
    assert classified(home, first, "职业")["source"] == "classifier"
    assert not (home / "sluice.db").exists(), "looking at a table makes no workspace"
    made = say(home, first, "职业", "person.work.title")
    assert made.code == 0 and made.json()["state"] == "in-force"
    found = classified(home, table(tmp_path / "next.csv", 8, list(reversed(COLUMNS))), "职业")
    assert (found["category"], found["source"], found["confidence"]) == ("person.work.title", "person", 1.0)
    assert found["decision"]["by"] == WANG and found["decision"]["reason"] == "目录如此"
    assert found["reasons"][0].startswith(f"Decided by {WANG} on 20") and "目录如此" in found["reasons"][0]
    other = classified(home, table(tmp_path / "other.csv", 8, [*COLUMNS, "性别"]), "职业")
    assert other["source"] == "classifier", "another schema is another table"
    removed = sluice("override", first, "职业", "--remove", "--reason", "看错了", "--by", LI, home=home)
    assert removed.code == 0
    assert classified(home, first, "职业")["source"] == "classifier"
    whole(home)


def test_the_terminal_uses_the_database_of_the_service(
    home: Path, first: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SLUICE_DATABASE", sqlite_url(tmp_path / "service.db"))
    assert say(home, first, "职业", "person.work.title").code == 0
    assert classified(home, first, "职业")["source"] == "person"
    assert not (home / "sluice.db").exists() and (tmp_path / "service.db").exists()


@pytest.mark.parametrize("reason", ["", " ", "\t", "x"])
def test_a_word_without_a_reason_is_refused(home: Path, first: Path, reason: str) -> None:
    made = say(home, first, "职业", "person.work.title", reason=reason)
    assert made.code == 1
    assert [r["code"] for r in made.json()["refusals"]] == ["workflow.reason"]
    assert classified(home, first, "职业")["source"] == "classifier"


def test_below_a_proof_nobody_decides_alone(home: Path, first: Path, tmp_path: Path) -> None:
    made = say(home, first, "身份证号", "thing.code")
    assert made.code == 0 and made.json()["state"] == "pending"
    held = classified(home, first, "身份证号")
    assert (held["category"], held["source"]) == ("person.identity.resident-id", "classifier")
    assert held["needs_review"] and held["reasons"][0].startswith("Not applied: thing.code")
    same = sluice("override", first, "身份证号", "--confirm", "--reason", "是的", "--by", WANG, home=home)
    assert same.code == 1
    second = sluice("override", first, "身份证号", "--confirm", "--reason", "是的", "--by", LI, home=home)
    assert second.code == 0, second.err
    assert classified(home, first, "身份证号")["category"] == "thing.code"
    again = say(home, first, "身份证号", "thing.code")
    assert again.json()["state"] == "pending", "a new word needs a new confirmation"
    whole(home)


def test_a_harmless_word_is_held_where_a_later_table_proves_more(home: Path, tmp_path: Path) -> None:
    empty = tmp_path / "empty.csv"
    empty.write_text("编码,备注\n" + "".join(f"A-{i:03d}x,甲{i % 5}\n" for i in range(60)), encoding="utf-8")
    assert say(home, empty, "编码", "thing.code").json()["state"] == "in-force"
    numbers = next(iter(pieces_of_people(60, 5))).column("身份证号").to_pylist()
    proves = tmp_path / "proves.csv"
    proves.write_text("编码,备注\n" + "".join(f"{n},甲{i % 5}\n" for i, n in enumerate(numbers)), encoding="utf-8")
    found = classified(home, proves, "编码")
    assert found["category"] == "person.identity.resident-id" and found["needs_review"]
    assert found["reasons"][0].startswith("Not applied")


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(category=st.sampled_from(sorted(tree())), proof=st.sampled_from(sorted(set(tree()) - {UNKNOWN})))
def test_below_is_never_less_grave(category: str, proof: str) -> None:
    known = tree()
    if not below(category, (proof,)):
        assert known.is_under(category, proof) or gravity(category, known) > gravity(proof, known)
    assert below(UNKNOWN, (proof,)) and not below(proof, (proof,)) and not below(category, ())


def test_corrections_travel_as_json_lines(home: Path, first: Path, tmp_path: Path) -> None:
    say(home, first, "职业", "person.work.title")
    say(home, first, "身份证号", "thing.code")
    sluice("override", first, "身份证号", "--confirm", "--reason", "是的", "--by", LI, home=home)
    out, there = tmp_path / "words.jsonl", tmp_path / "elsewhere"
    assert sluice("corrections", "export", "-o", out, home=home).code == 0
    lines = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    assert {line["field"] for line in lines} == {"职业", "身份证号"}
    kept = sluice("corrections", "import", out, "--by", "周三", "--json", home=there)
    assert kept.code == 0, kept.err
    states = {one["field"]: one["state"] for one in kept.json()["kept"]}
    assert states == {"职业": "in-force", "身份证号": "pending"}, "who confirmed elsewhere confirmed nothing here"
    assert classified(there, first, "职业")["decision"]["by"] == "周三"
    again = sluice("corrections", "import", out, "--by", "周三", "--json", home=there).json()
    assert again["kept"] == [] and len(again["left_out"]) == 2
    whole(there)


@pytest.mark.parametrize(
    "change",
    [
        {"format": "else"},
        {"category": "person.nobody"},
        {"schema": "short"},
        {"proven": ["nothing"]},
        {"evidence": {"seen": {"a": "b"}}},
        {"extra": 1},
        {"reason": None},
    ],
    ids=str,
)
def test_a_wrong_line_keeps_nothing(home: Path, first: Path, tmp_path: Path, change: dict[str, Any]) -> None:
    say(home, first, "职业", "person.work.title")
    good = sluice("corrections", "export", home=home).out.splitlines()[0]
    path, there = tmp_path / "bad.jsonl", tmp_path / "elsewhere"
    path.write_text(good + "\n" + json.dumps({**json.loads(good), "field": SECRET, **change}) + "\n", encoding="utf-8")
    ran = sluice("corrections", "import", path, "--by", "周三", home=there)
    assert ran.code == 2 and "line 2" in ran.err and SECRET not in ran.err
    assert sluice("corrections", "list", "--json", home=there).json() == {"corrections": []}


@pytest.mark.slow
def test_who_decided_is_not_published(home: Path, tmp_path: Path) -> None:
    path = tmp_path / "people.csv"
    columns = ["性别", "民族", "文化程度", "婚姻状况", "职业"]
    table(path, 3, columns, rows=1500)
    assert say(home, path, "职业", "person.work.title", reason=SECRET).code == 0
    ran = sluice("release", path, "-o", tmp_path / "out", home=home)
    assert ran.code == 0, ran.err
    assert f"Decided by {WANG}" in ran.out and SECRET in ran.out
    manifest = json.loads((tmp_path / "out" / "MANIFEST.json").read_text(encoding="utf-8"))
    told = {e["path"]: (tmp_path / "out" / e["path"]).read_bytes() for e in manifest["files"]}
    for entry in manifest["files"]:
        if entry["audience"] != "reviewer":
            assert WANG.encode() not in told[entry["path"]] and SECRET.encode() not in told[entry["path"]], entry
    assert any(SECRET.encode() in content for content in told.values()), "the reviewers read who decided"


@pytest.mark.slow
def test_retrained_weights_are_used_versioned_and_reverted(home: Path, first: Path) -> None:
    nothing = sluice("retrain", "--by", WANG, "--json", home=home)
    assert nothing.code == 1 and nothing.json()["refusals"][0]["code"] == "ranker.no-corrections"
    before = sluice("classify", first, "--json", home=home).json()["ranker"]
    assert before["source"] == "shipped"
    say(home, first, "职业", "person.work.title")
    made = sluice("retrain", "--by", WANG, "--json", home=home)
    assert made.code == 0, made.err
    one = made.json()["rankers"][0]
    assert made.json()["in_use"] == one["id"] and one["corrections"] == 1 and one["name"] == WANG
    used = sluice("classify", first, "--json", home=home).json()["ranker"]
    assert (used["source"], used["sha256"], used["corrections"]) == ("workspace", one["document"], 1)
    assert used["digest"] != before["digest"]
    same = sluice("retrain", "--by", LI, "--json", home=home).json()
    assert same["rankers"][0]["document"] == one["document"], "the same corrections teach the same"
    assert [r["state"] for r in same["rankers"]] == ["in-use", "set-aside"]
    assert sluice("retrain", "--revert", "--by", WANG, home=home).code == 1
    back = sluice("retrain", "--revert", "--reason", "更差", "--by", WANG, "--json", home=home).json()
    assert back["in_use"] == one["id"]
    sluice("retrain", "--revert", "--reason", "更差", "--by", WANG, home=home)
    assert sluice("classify", first, "--json", home=home).json()["ranker"] == before
    whole(home)


def test_weights_that_were_changed_are_not_used(home: Path, first: Path) -> None:
    say(home, first, "职业", "person.work.title")
    sluice("retrain", "--by", WANG, home=home)
    file = next((home / "rankers").glob("*.gz"))
    file.write_bytes(file.read_bytes()[:-9])
    ran = sluice("classify", first, home=home)
    assert ran.code == 2 and "changed" in ran.err


def test_every_word_is_in_the_journal(home: Path, first: Path) -> None:
    say(home, first, "职业", "person.work.title")
    say(home, first, "职业", "person.work.occupation", by=LI)
    desk = open_desk(Place(home))
    with desk.store.read() as work:
        entries = journal.latest(work, 9)
    desk.store.close()
    assert [(e.type, e.actor) for e in reversed(entries)] == [("decide", f"cli:{WANG}"), ("decide", f"cli:{LI}")]
    assert {e.payload["set"]["category"] for e in entries} == {"person.work.title", "person.work.occupation"}


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--category", "person.nobody", "--reason", "x y"), "no category"),
        (("--reason", "x y"), "Say one thing"),
        (("--category", "person.name", "--remove", "--reason", "x y"), "Say one thing"),
        (("--remove", "--reason", "x y"), "Nobody decided"),
        (("--category", "person.name", "--reason", "x y", "--by", "n" * 50), "A name has"),
    ],
)
def test_misuse_is_told_in_a_sentence(home: Path, first: Path, words: tuple[str, ...], told: str) -> None:
    by = () if "--by" in words else ("--by", WANG)
    ran = sluice("override", first, "职业", *words, *by, home=home)
    assert ran.code == 2 and told in ran.err, (ran.out, ran.err)
    assert sluice("override", first, "没有", "--category", "person.name", "--reason", "xx", home=home).code == 2
