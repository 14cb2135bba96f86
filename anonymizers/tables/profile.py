"""Named sets of rules as data: what an office or a tool uses by default, where that stands, and how sure we are.

What a reader would get wrong: a profile is public, so its numbers are no secret.  An office that wants its parameters
confidential writes them in its own job file and keeps that."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from anonymizers.errors import AnonymizerError
from anonymizers.tables.rules import Rule, read_rule

FOLDER = Path(__file__).parent / "profiles"
EVIDENCE = ("verified", "secondary", "recalled")


@dataclass(frozen=True, slots=True)
class Profile:
    """``rules`` with the evidence for each; ``zeros`` as in the settings of suppression."""

    name: str
    title: str
    title_zh: str
    source: str
    rules: tuple[Rule, ...]
    evidence: Mapping[str, str]
    zeros: str


def profiles() -> tuple[str, ...]:
    """The names there are."""
    return tuple(sorted(path.stem for path in FOLDER.glob("*.toml")))


@cache
def profile(name: str) -> Profile:
    """The profile called ``name``.  Raises AnonymizerError when there is none, or its file is not understood."""
    if name not in profiles():
        raise AnonymizerError(f"There is no profile of that name; profiles: {', '.join(profiles())}.")
    data = tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8"))
    known = {"title", "title_zh", "source", "evidence", "zeros", "rules", "recalled"}
    if unknown := sorted(set(data) - known):
        raise AnonymizerError(f"Profile {name} has the key {unknown[0]}, which is not understood.")
    if data["evidence"] not in EVIDENCE:
        raise AnonymizerError(f"Profile {name} states no evidence: one of {', '.join(EVIDENCE)}.")
    rules: list[Rule] = []
    marks: dict[str, str] = {}
    for given, mark in (
        (data.get("rules", {}), data["evidence"]),
        (data.get("recalled", {}).get("rules", {}), "recalled"),
    ):
        for rule, params in given.items():
            rules.append(read_rule(rule, params))
            marks[rule] = mark
    return Profile(
        name, data["title"], data["title_zh"], data["source"], tuple(rules), marks, data.get("zeros", "publish")
    )
