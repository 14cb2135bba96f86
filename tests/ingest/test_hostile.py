from __future__ import annotations

import traceback
from pathlib import Path

import pytest

from release.ingest.read import ingest
from release.ingest.settings import InputSettings
from release.nouns.digest import file_digest
from release.nouns.errors import BadInput
from tests.ingest.hostile import CANARY, CASES, Case


def test_there_are_enough_and_each_once() -> None:
    assert len(CASES) >= 30
    assert len({case.name for case in CASES}) == len(CASES)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_refused_in_one_sentence(case: Case, tmp_path: Path) -> None:
    origin = case.make(tmp_path)
    readable = isinstance(origin, Path) and origin.is_file() and origin.stat().st_size < 1 << 30
    before = file_digest(origin) if readable else ""
    work = tmp_path / "work"

    with pytest.raises(BadInput) as caught:
        ingest(origin, work=work, settings=InputSettings.from_mapping(case.settings), bounds=case.bounds)

    error = caught.value
    assert case.expect in error.message
    assert error.message.endswith(".") and ". " not in error.message, "one sentence says what is wrong"
    assert error.remedy.endswith("."), "and one says what to do"
    assert CANARY not in "".join(traceback.format_exception(error)), "no cell, not even behind the message"
    assert str(tmp_path) not in str(error), "no path"
    assert list(work.iterdir()) == [], "nothing is left behind"
    if readable:
        assert file_digest(origin) == before, "the input is untouched"
