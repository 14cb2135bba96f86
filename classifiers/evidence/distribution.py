"""How the values lie: ages, birthdays, running numbers, coordinates, sentences (rules in distributions.toml)."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
import pyarrow.compute as pc

from classifiers.category import Tree
from classifiers.errors import ClassifierError
from classifiers.finding import Reason
from classifiers.scan.alphabet import DIGIT, HAN, LOWER, SPACE, UPPER
from classifiers.scan.profile import Profile

_PROSE = r"[一-鿿].*[,.;!?。，；！？、:：].*[一-鿿]|(?:^| )[a-z]{2,} [a-z]{2,} [a-z]{2,}"
_HEX = "^[0-9a-fA-F]+$"


@dataclass(frozen=True, slots=True)
class Rule:
    """``conditions`` maps the name of a feature to the inclusive range it must lie in."""

    category: str
    weight: float
    text: str
    conditions: Mapping[str, tuple[float, float]]


def parse(text: str) -> tuple[Rule, ...]:
    """Read rules; ClassifierError names the first with an unknown feature."""
    known = FEATURES
    rules: list[Rule] = []
    for number, entry in enumerate(tomllib.loads(text)["rule"], start=1):
        conditions = {
            k: (float(v[0]), float(v[1])) for k, v in entry.items() if k not in {"category", "weight", "text"}
        }
        unknown = sorted(set(conditions) - known)
        if unknown:
            raise ClassifierError(f"distributions.toml: rule {number} asks for the unknown feature {unknown[0]!r}.")
        rules.append(Rule(entry["category"], float(entry["weight"]), entry["text"], conditions))
    return tuple(rules)


@lru_cache(maxsize=1)
def rules() -> tuple[Rule, ...]:
    """The rules that ship with this library."""
    return parse(Path(__file__).with_name("distributions.toml").read_text(encoding="utf-8"))


def _share(profile: Profile, regex: str) -> float:
    if not len(profile.sample):
        return 0.0
    hit = pc.match_substring_regex(profile.sample.values, regex).to_numpy(zero_copy_only=False)
    return float(profile.sample.counts[hit].sum() / max(1, profile.sample.rows))


FEATURES = frozenset(
    (
        *("rows", "distinct", "uniqueness", "length", "spread", "han", "letters", "digits", "spaced", "prose", "hex"),
        *("numbers", "low", "high", "median", "decimals", "whole", "serial"),
        *("dates", "year_low", "year_high", "year", "early", "timed", "years"),
    )
)


def features(profile: Profile) -> dict[str, float]:
    """The features that rules may ask for.  A feature that has no meaning for the column is absent."""
    found: dict[str, float] = {
        "rows": profile.present,
        "distinct": profile.distinct,
        "uniqueness": profile.uniqueness,
        "length": profile.length_quantile(0.5),
        "spread": profile.length_quantile(0.95) - profile.length_quantile(0.05),
        "numbers": 0.0,
        "dates": 0.0,
        "decimals": 0.0,
        "han": profile.having(HAN),
        "letters": profile.share(UPPER | LOWER),
        "digits": profile.share(DIGIT),
        "spaced": profile.having(SPACE),
        "serial": float(profile.serial),
        "prose": _share(profile, _PROSE),
        "hex": _share(profile, _HEX),
    }
    if profile.numbers is not None:
        n = profile.numbers
        found |= {"numbers": n.share, "low": n.low, "high": n.high, "median": n.median}
        found |= {"decimals": float(n.decimals), "whole": float(n.whole)}
    if profile.dates is not None:
        d = profile.dates
        found |= {"dates": d.share, "year_low": d.low, "year_high": d.high, "year": d.median, "early": d.early}
        found |= {"timed": d.with_time, "years": d.only_year}
    return {name: float(np.float64(value)) for name, value in found.items()}


def reasons(profile: Profile, tree: Tree) -> list[Reason]:
    """One reason for every rule whose conditions all hold."""
    if not profile.present:
        return []
    seen = features(profile)
    found: list[Reason] = []
    for number, rule in enumerate(rules(), start=1):
        if rule.category not in tree:
            continue
        holds = all(name in seen and low <= seen[name] <= high for name, (low, high) in rule.conditions.items())
        if holds:
            text = f"{profile.present:,} values: {rule.text}"
            found.append(Reason("distribution", rule.category, rule.weight, text, f"distribution-{number}"))
    return found
