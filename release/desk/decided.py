"""What people said of fields, laid over what the classifiers found.

What a reader would get wrong: a word that leaves what a checksum proves in *this* table for less is not applied unless
a second person confirmed it, even where it was harmless in the table it was said for.  Then the finding stands, says
so, and needs a person.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from release.desk.proof import below, proven

if TYPE_CHECKING:
    from classifiers.finding import Finding

SOURCE, APPLIED, HELD = "person", "override", "held"


@dataclass(frozen=True, slots=True)
class Decision:
    """A person's word on a field.  An empty ``category`` says: as the classifiers find it.

    ``confirmed`` by a ``second`` person; ``pending`` while it must wait for one whatever the table says.
    """

    category: str
    reason: str
    name: str
    at: str
    person: str = ""
    confirmed: bool = False
    second: str = ""
    pending: bool = False
    label: str = ""

    def said(self) -> str:
        """Who decided when, and why."""
        second = f", confirmed by {self.second}" if self.second else ""
        return f"decided by {self.name} on {self.at[:10]}{second}: {self.reason}"


@dataclass(frozen=True, slots=True)
class Released:
    """A release of the same people that is out already, with the categories of its fields as released."""

    id: str
    categories: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Told:
    """What a workspace tells an examination: labels by schema and field, words on this very table, trained weights.

    ``said`` stands above ``labels``.  ``ranker`` is the file of the weights in use, None for those that ship;
    ``version`` says which they are.  ``released`` is what is out already: by schema, and under the empty key whatever
    the schema.
    """

    labels: Mapping[str, Mapping[str, Decision]] = field(default_factory=dict)
    said: Mapping[str, Decision] = field(default_factory=dict)
    ranker: Path | None = None
    version: Mapping[str, Any] = field(default_factory=dict)
    released: Mapping[str, tuple[Released, ...]] = field(default_factory=dict)

    def out(self, schema: str) -> tuple[Released, ...]:
        """What is out already of the people in a table of this schema, by id."""
        both = (*self.released.get("", ()), *self.released.get(schema, ()))
        return tuple(sorted(dict.fromkeys(both), key=lambda one: one.id))

    def of(self, schema: str, names: Sequence[str]) -> dict[str, Decision]:
        """The words that are meant for a table of this schema, by field; words on other fields are left out."""
        meant = {**self.labels.get(schema, {}), **self.said}
        return {name: meant[name] for name in names if name in meant and meant[name].category}


NOTHING = Told()


def decided(findings: Sequence[Finding], words: Mapping[str, Decision]) -> tuple[Finding, ...]:
    """The findings with the words on top.  Fields that nobody spoke of stay as they are."""
    return tuple(_one(finding, words.get(finding.field)) for finding in findings)


def applied(findings: Sequence[Finding], words: Mapping[str, Decision]) -> dict[str, Decision]:
    """The words that were applied, by field."""
    return {f.field: words[f.field] for f in findings if f.field in words and is_decided(f)}


def is_decided(finding: Finding) -> bool:
    """Whether a person's word stands over this finding."""
    return any(r.rule == APPLIED for r in finding.reasons)


def _one(finding: Finding, word: Decision | None) -> Finding:
    from classifiers.category import tree
    from classifiers.finding import Reason

    if word is None or word.category not in tree():
        return finding
    proofs = proven(finding)
    if word.pending or (below(word.category, proofs) and not word.confirmed):
        graver = f", which is less than what a checksum proves ({', '.join(proofs)})" if proofs else ""
        text = f"Not applied: {word.category}{graver}; {word.said()}; a second person must confirm it"
        return replace(
            finding, reasons=(Reason(SOURCE, word.category, 0.0, text, HELD), *finding.reasons), needs_review=True
        )
    text = f"{word.said()[0].upper()}{word.said()[1:]} (found before: {finding.category})"
    return replace(
        finding,
        category=word.category,
        confidence=1.0,
        role=tree()[word.category].role,
        reasons=(Reason(SOURCE, word.category, 0.0, text, APPLIED), *finding.reasons),
        needs_review=False,
    )
