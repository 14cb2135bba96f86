"""The page on writing packs names the whole vocabulary, and nothing that does not exist."""

from __future__ import annotations

import re

from policies.format.condition import COMBINERS, DATASET_ATOMS, FIELD_ATOMS
from policies.format.effect import EFFECTS
from policies.pack import PACKS

TEXT = (PACKS / "README.md").read_text(encoding="utf-8")


def section(title: str) -> str:
    return TEXT.split(f"## {title}\n", 1)[1].split("\n## ", 1)[0]


def test_every_atom_is_named() -> None:
    rows = [line for line in section("Conditions").splitlines() if line.startswith("| `")]
    assert len(rows) == 1
    columns = [set(re.findall(r"`([a-z_]+)`", cell)) for cell in rows[0].strip("|").split("|")]
    assert columns == [set(FIELD_ATOMS), set(DATASET_ATOMS), set(COMBINERS)]


def test_every_effect_is_named() -> None:
    text = re.sub(r"\([^)]*\)", "", section("Effects"))
    assert set(re.findall(r"`([a-z_]+)`", text)) == set(EFFECTS)
