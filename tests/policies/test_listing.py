"""docs/packs.md is what the packs say, all of them."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path

import pytest

from policies.format.authority import EVIDENCE, NOT_VERIFIED
from policies.listing import counted, page
from policies.pack import PACKS, load_file
from tests.policies import small

PAGE = Path(__file__).parents[2] / "docs" / "packs.md"
FILES = sorted(PACKS.glob("*.toml"))


def test_the_page_is_what_the_packs_say() -> None:
    assert PAGE.read_text(encoding="utf-8") == whole(), "run: python -m policies.listing > docs/packs.md"


@cache
def whole() -> str:
    return page()


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.stem)
def test_every_pack_is_on_it(path: Path) -> None:
    meta = load_file(path).meta
    text = whole()
    for told in (f"### {meta.id}\n", meta.title.zh, meta.title.en, str(meta.effective), *meta.notes, *meta.sources):
        assert told in text


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.stem)
def test_every_statement_is_counted(path: Path) -> None:
    """As many as there are lines with an evidence mark, but for the pack's own in its head."""
    text = path.read_text(encoding="utf-8").split("\n[[cases]]")[0]
    marks = [line for line in text.splitlines() if line.startswith("evidence = ")]
    assert sum(counted(path)[mark] for mark in EVIDENCE) == len(marks) - 1


def test_a_small_pack_is_counted_by_hand(tmp_path: Path) -> None:
    path = small.write(tmp_path)
    assert counted(path)["verified"] == counted(path)["secondary"] == 0
    assert counted(path)["recalled"] == small.PACK.count("evidence = ") - 1
    assert counted(path)[NOT_VERIFIED] == len(tomllib.loads(small.PACK)["scales"][0]["levels"]) == 3
