"""A plan is a file, and files are edited: what asks for less than the policy is refused, rubbish is one sentence."""

from __future__ import annotations

import json
import os
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.cli.run import Ran, sluice

Document = dict[str, Any]


@pytest.fixture(scope="module")
def table(tmp_path_factory: pytest.TempPathFactory) -> Path:
    chance = random.Random(5)
    school = ["小学", "初中", "本科"]
    rows = [
        f"{chance.choice('MF')},{chance.randint(20, 60)},{chance.choice(school)},13{chance.randint(10**8, 10**9 - 1)}"
        for _ in range(2000)
    ]
    path = tmp_path_factory.mktemp("table") / "people.csv"
    path.write_text("gender,age,education,phone\n" + "\n".join(rows) + "\n", encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def plan(table: Path) -> str:
    """The plan as ``sluice plan -o`` wrote it."""
    path = table.with_name("plan.json")
    assert sluice("plan", table, "-o", path).code == 0
    return path.read_text(encoding="utf-8")


def treat(table: Path, text: str | bytes, folder: Path) -> Ran:
    path = folder / "edited.json"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    ran = sluice("treat", table, "--plan", path, "-o", folder / "out", "--json", home=folder / "home")
    assert (ran.code == 0) == (folder / "out").exists()
    return ran


def every(members: str, **change: Any) -> Callable[[Document], None]:
    def edit(document: Document) -> None:
        for one in document[members]:
            one.update(change)

    return edit


def letters(**change: Any) -> Callable[[Document], None]:
    return lambda document: [m["params"].update(change) for m in document["models"]]  # type: ignore[func-returns-value]


def test_the_plan_as_it_was_written_is_followed(table: Path, plan: str, tmp_path: Path) -> None:
    ran = treat(table, plan, tmp_path)
    assert ran.code == 0, ran.out


def test_a_stricter_plan_is_followed(table: Path, plan: str, tmp_path: Path) -> None:
    document = json.loads(plan)
    next(f for f in document["fields"] if f["field"] == "education").update(method="drop", params={})
    letters(k=30)(document)
    ran = treat(table, json.dumps(document), tmp_path)
    assert ran.code == 0, ran.out
    assert ran.json()["risk"]["k"] >= 30


LESS: dict[str, tuple[Callable[[Document], None], str]] = {
    "no limits": (lambda d: d.update(limits=[]), "k >= 20"),
    "a laxer limit": (every("limits", value=1), "k >= 20"),
    "no models": (lambda d: d.update(models=[]), "k-anonymity k=20"),
    "a laxer model": (letters(k=2), "k-anonymity k=20"),
    "a model of words": (letters(k="x"), "k-anonymity k=20"),
    "everything kept": (every("fields", method="keep", params={}), "'keep' of field 'phone'"),
    "no duties": (lambda d: d.update(obligations=[]), "leaves out a duty"),
    "more suppression": (lambda d: d["search"].update(suppression_limit=0.9), "share of 0.9"),
    "another category for all": (every("fields", category="nonsense"), "'generalize' of field 'gender'"),
    "nothing left": (every("fields", method="drop", params={}), "None of the 4 fields"),
}


@pytest.mark.parametrize("name", LESS)
def test_a_plan_that_asks_for_less_than_the_policy_is_refused(
    name: str, table: Path, plan: str, tmp_path: Path
) -> None:
    edit, words = LESS[name]
    document = json.loads(plan)
    edit(document)
    ran = treat(table, json.dumps(document), tmp_path)
    assert ran.code == 1, ran.out
    refusals = ran.json()["refusals"]
    assert any(words in refusal["message"] for refusal in refusals), refusals
    assert all(refusal["remedy"] for refusal in refusals)


RUBBISH: dict[str, tuple[Callable[[Document], None], str]] = {
    "closed": (lambda d: d.update(openness="closed"), "closed table is not released"),
    "another policy": (lambda d: d["policy"].update(id="us-hipaa-safe-harbor"), "not the one"),
    "another version": (lambda d: d["policy"].update(version="0"), "not the one"),
    "no such policy": (lambda d: d["policy"].update(id="../../x"), "no policy pack"),
    "other bytes": (lambda d: d.update(dataset_digest="0" * 64), "other bytes"),
    "an unknown treatment": (lambda d: d["fields"][0].update(method="explode"), "unknown treatment"),
    "a field that is not there": (lambda d: d["fields"][0].update(field="zz"), "nothing of field 'gender'"),
    "a field more": (lambda d: d["fields"].append({**d["fields"][0], "field": "zz"}), "field 'zz'"),
    "a field twice": (lambda d: d["fields"].append(d["fields"][0]), "twice"),
    "an unknown key": (lambda d: d.update(extra=1), "unknown key 'extra'"),
    "no fields": (lambda d: d.pop("fields"), "lacks the key 'fields'"),
    "another format": (lambda d: d.update(format=2), "another format"),
}


@pytest.mark.parametrize("name", RUBBISH)
def test_a_plan_of_rubbish_is_one_sentence(name: str, table: Path, plan: str, tmp_path: Path) -> None:
    edit, words = RUBBISH[name]
    document = json.loads(plan)
    edit(document)
    ran = treat(table, json.dumps(document), tmp_path)
    assert ran.code == 2, ran.out
    error = ran.json()["error"]
    assert words in error["message"] and error["remedy"]


BYTES: dict[str, bytes] = {
    "empty": b"",
    "binary": os.urandom(3000),
    "a list": b"[]",
    "nothing": b"null",
    "nested without end": b"[" * 200_000,
    "a number of digits": b'{"format": ' + b"9" * 5000 + b"}",
    "not a number": b'{"format": NaN}',
    "a table": b"a,b\n1,2\n",
}


@pytest.mark.parametrize("name", BYTES)
def test_what_is_no_plan_is_one_sentence(name: str, table: Path, tmp_path: Path) -> None:
    ran = treat(table, BYTES[name], tmp_path)
    assert ran.code == 2, ran.out
    assert ran.json()["error"]["remedy"]


def test_a_plan_that_is_too_large_is_not_read(table: Path, tmp_path: Path) -> None:
    path = tmp_path / "large.json"
    with path.open("wb") as out:
        out.truncate(200 << 20)
    assert (
        "too large"
        in sluice("treat", table, "--plan", path, "-o", tmp_path / "out", "--json").json()["error"]["message"]
    )


def test_a_plan_for_another_table_is_not_followed(plan: str, tmp_path: Path) -> None:
    other = tmp_path / "other.csv"
    other.write_text("gender,age,education,phone\n" + "M,20,小学,13800138000\n" * 200, encoding="utf-8")
    ran = treat(other, plan, tmp_path)
    assert ran.code == 2
    assert "other bytes" in ran.json()["error"]["message"] or "policy" in ran.json()["error"]["message"]
