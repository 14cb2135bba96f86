"""How much the search inside texts finds, measured on made-up sentences: what the product says of its own limits."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Measured:
    """Shares in [0, 1] over ``spans`` that identify people; ``names`` is the recall of names alone."""

    recall: float
    names: float
    precision: float
    spans: int


@lru_cache(maxsize=1)
def measured() -> dict[tuple[str, bool], Measured]:
    """By language (zh, en) and whether the name model was there."""
    text = (Path(__file__).parent / "measured.toml").read_text(encoding="utf-8")
    return {
        (language, how == "model"): Measured(**figures)
        for language, ways in tomllib.loads(text).items()
        for how, figures in ways.items()
    }
