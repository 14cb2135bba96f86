"""Hostile inputs through the command line: exit 2, one JSON document, one sentence, no cell, nothing written."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from release.ingest.bounds import Bounds
from tests.cli.run import Ran, sluice
from tests.ingest.hostile import CANARY, CASES, Case

# What the command line can be told: bounds are not among it.
TOLD = [case for case in CASES if case.bounds == Bounds()]
SLOW = {
    "a workbook bomb",
    "two gigabytes in a line",
    "a huge cell",
    "a quote that swallows the rest",
    "a ZIP that lies of its size",
}


@pytest.fixture
def room() -> Iterator[Path]:
    """A folder whose name says nothing, unlike pytest's, which names the case."""
    with tempfile.TemporaryDirectory(prefix="hostile-") as name:
        yield Path(name)


def spelled(value: Any) -> str:
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{json.dumps(k)} = {spelled(v)}" for k, v in value.items()) + "}"
    return json.dumps(value, ensure_ascii=False)


def job_with(settings: Mapping[str, Any], folder: Path) -> Path:
    path = folder / "job.toml"
    path.write_text("[input]\n" + "".join(f"{k} = {spelled(v)}\n" for k, v in settings.items()), encoding="utf-8")
    return path


def refused_with_one_sentence(ran: Ran, expect: str) -> None:
    assert ran.code == 2, (ran.code, ran.out, ran.err)
    error = ran.json()["error"]
    assert set(error) == {"kind", "message", "remedy"}
    assert expect in error["message"] + " " + error["remedy"]
    assert error["message"].endswith(".") and "\n" not in error["message"] and len(error["message"]) < 400
    assert error["remedy"]
    for told in (ran.out, ran.err):
        assert CANARY not in told
        assert "Traceback" not in told
    assert not ran.err


@pytest.mark.parametrize(
    "case", [pytest.param(c, id=c.name, marks=[pytest.mark.slow] * (c.name in SLOW)) for c in TOLD]
)
def test_no_hostile_input_gets_through(case: Case, room: Path) -> None:
    source = case.make(room)
    home, out = room / "home", room / "out"
    job = ["--job", job_with(case.settings, room)] if case.settings else []
    plan = sluice("plan", source, "--json", "-o", room / "plan.json", *job, home=home)
    refused_with_one_sentence(plan, case.expect)
    assert not (room / "plan.json").exists()
    release = sluice("release", source, "-o", out, "--json", *job, home=home)
    refused_with_one_sentence(release, case.expect)
    assert not out.exists()
    assert not list(room.glob(".out-*"))
    if all(isinstance(v, str) for v in case.settings.values()):
        words = [w for k, v in case.settings.items() for w in (f"--{k}", v)]
        refused_with_one_sentence(sluice("classify", source, "--json", *words, home=home), case.expect)


@pytest.mark.parametrize("case", TOLD[:6], ids=lambda c: c.name)
def test_the_same_without_json_is_one_sentence_on_stderr(case: Case, room: Path) -> None:
    ran = sluice("release", case.make(room), "-o", room / "out")
    assert ran.code == 2
    assert not ran.out
    assert case.expect in ran.err and CANARY not in ran.err and len(ran.err.splitlines()) <= 2
