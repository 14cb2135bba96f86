"""Who issued the guideline, when it is in force, and how much of it was read."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from policies.format.authority import EVIDENCE, Words, read_words
from policies.source.section import Section

FORMAT = 1
STATUSES = ("in-force", "trial", "draft", "repealed")


@dataclass(frozen=True, slots=True)
class Meta:
    """``abstract`` packs hold what others inherit and never grade on their own.  ``extends`` names them.  A ``profile``
    is an abstract pack that people may add to another when they ask for it (``--policy PACK+PROFILE``).

    ``effective`` and ``until`` bound the time the guideline is in force (``until`` excluded; None: open end)."""

    id: str
    title: Words
    issuer: Words
    jurisdiction: str
    version: str
    effective: datetime.date
    until: datetime.date | None
    status: str
    evidence: str
    extends: tuple[str, ...]
    abstract: bool
    sources: tuple[str, ...]
    notes: tuple[str, ...]
    profile: bool = False


def read_meta(root: Section) -> Meta:
    """The ``[meta]`` table."""
    if root.integer("format") != FORMAT:
        root.fail(f"is not {FORMAT}, the only pack format known here", "format")
    meta = root.section("meta")
    profile = meta.flag("profile", False)
    value = Meta(
        id=meta.text("id"),
        title=read_words(meta.section("title")),
        issuer=read_words(meta.section("issuer")),
        jurisdiction=meta.text("jurisdiction"),
        version=meta.text("version"),
        effective=meta.date("effective"),
        until=meta.date("until") if meta.has("until") else None,
        status=meta.choice("status", STATUSES),
        evidence=meta.choice("evidence", EVIDENCE),
        extends=meta.texts("extends", ()),
        abstract=meta.flag("abstract", False) or profile,
        sources=meta.texts("sources", ()),
        notes=meta.texts("notes", ()),
        profile=profile,
    )
    if profile and root.has("scales"):
        meta.fail("is true, and the pack has scales of its own: a profile only adds to other packs", "profile")
    if value.until is not None and value.until <= value.effective:
        meta.fail("must be later than 'effective'", "until")
    meta.close()
    return value
