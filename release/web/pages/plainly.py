"""What was done to a field and how safe the result is, in words for everybody, from the published evidence.

What a reader would get wrong: only ``evidence/public.json`` of the package is read here, so nothing can be said that
is not public; its numbers are bands already.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

Document = Mapping[str, Any]
GROUPED = ("dates", "interval", "quantile", "places", "prefix", "order", "mask", "csv", "icd10", "industry",
           "occupation", "ethnic", "education", "scale", "tree", "zip3", "group-rare")  # fmt: skip
TITLED = ("keep", "drop", "mask", "pseudonym", "fpe", "top-code", "bottom-code", "round", "group-rare", "redact-text",
          "year-only", "zip3", "suppress", "random-round", "controlled-round", "additive-noise", "multiplicative-noise",
          "correlated-noise", "pram", "rank-swap", "record-swap", "data-shuffle", "date-shift")  # fmt: skip
SAFETY = ("residual-identifiers", "k", "max-risk", "suppressed-share", "raw-overlap")


@dataclass(frozen=True, slots=True)
class Said:
    """A field with the word (a key of words.toml) that says what was done; an empty one has only its title."""

    name: str
    word: str
    method: str
    article: str
    released: bool


@dataclass(frozen=True, slots=True)
class Safety:
    """One line of the proof: the key of its sentence, the band it lies in, whether the demand holds."""

    word: str
    band: str
    limit: float
    holds: bool


def fields(document: Document) -> list[Said]:
    """One entry a field of the input, in its order."""
    return [
        Said(field["name"], done(field), field["treatment"], field["article"], bool(field["released"]))
        for field in document.get("fields", ())
    ]


def done(field: Document) -> str:
    """The key of the sentence for what was done to a field of the public evidence."""
    method, level = field["treatment"], field.get("level") or field["params"].get("level")
    if method != "generalize":
        return f"done_to.{method}" if method in TITLED else ""
    hierarchy = field["params"].get("hierarchy", {})
    kind = hierarchy.get("kind", "csv") if isinstance(hierarchy, Mapping) else "csv"
    if not level:
        return "done_to.unchanged"
    if kind == "redact" or level >= _levels(hierarchy):
        return "done_to.hidden"
    return f"done_to.{kind}" if kind in GROUPED else "done_to.csv"


def safety(document: Document) -> list[Safety]:
    """The lines that have a sentence of their own; the rest are in the report."""
    found = {v["metric"]: v for v in document.get("verdicts", ())}
    return [
        Safety(f"safe.{metric}", found[metric]["band"], found[metric]["limit"], bool(found[metric]["holds"]))
        for metric in SAFETY
        if metric in found
    ]


def demands(document: Document) -> tuple[int, int]:
    """How many demands were measured, and how many hold."""
    verdicts = document.get("verdicts", ())
    return len(verdicts), sum(bool(verdict["holds"]) for verdict in verdicts)


def groups(document: Document) -> list[tuple[str, float]]:
    """(sizes, per cent of the rows) for the plot of how many rows look alike."""
    return [(entry["size"].replace(" – ", "–"), round(100 * entry["share"])) for entry in document.get("classes", ())]


def _levels(hierarchy: Any) -> float:
    """The highest level of a hierarchy of dates, where everything is hidden; endless where it is not said."""
    listed = hierarchy.get("levels") if isinstance(hierarchy, Mapping) else None
    if isinstance(listed, Mapping):
        return float(listed.get("entries", "inf"))
    return float("inf")
