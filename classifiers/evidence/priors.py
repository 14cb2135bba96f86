"""What is likely before anything is seen: log-odds of every category against ``unknown`` (priors.toml)."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from classifiers.category import tree
from classifiers.errors import ClassifierError


@lru_cache(maxsize=1)
def _table() -> tuple[float, Mapping[str, float]]:
    raw = tomllib.loads(Path(__file__).with_name("priors.toml").read_text(encoding="utf-8"))
    unknown = sorted(set(raw["categories"]) - set(tree()))
    if unknown:
        raise ClassifierError(f"priors.toml names {unknown[0]!r}, which is not in categories.toml.")
    return float(raw["default"]), {id_: float(w) for id_, w in raw["categories"].items()}


def prior(category: str) -> float:
    """Nats for ``category`` against ``unknown``."""
    default, own = _table()
    return own.get(category, default)
