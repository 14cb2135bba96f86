"""The policy packs as documents and lines, for people who ask what there is and what a pack says."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from policies.compose import PLUS
from policies.pack import Pack, found, load, load_shipped, profiles
from release.nouns.errors import BadInput


def chosen(asked: Sequence[str], on: date) -> str:
    """The one id of all packs asked for, which may themselves be joined (``a+b``).

    Raises PackError where one is not there, BadInput where one is not in force on that day."""
    pack = load(PLUS.join(asked))
    if why := pack.outside(on):
        raise BadInput(why, "Name a policy that is (sluice policies list), or give the day it is for with --on.")
    return pack.meta.id


def described() -> list[dict[str, Any]]:
    """One entry a pack that can grade."""
    return [_entry(pack) for pack in found()]


def additions() -> list[dict[str, Any]]:
    """One entry a profile: a pack that only adds to others and is asked for beside them."""
    return [_entry(pack) for pack in profiles()]


def _entry(pack: Pack) -> dict[str, Any]:
    until = pack.meta.until
    return {
        "id": pack.meta.id,
        "version": pack.meta.version,
        "digest": pack.digest(),
        "jurisdiction": pack.meta.jurisdiction,
        "effective": pack.meta.effective.isoformat(),
        "until": until.isoformat() if until is not None else None,
        "status": pack.meta.status,
        "evidence": pack.meta.evidence,
        "title": pack.meta.title.both(),
        "rules": len(pack.rules),
        "cases": len(pack.cases),
    }


def listed(on: date) -> Iterator[str]:
    """A line for every pack, and for every profile; what is not in force on that day says so."""
    packs = (*found(), *profiles())
    width = max(len(pack.meta.id) for pack in packs)
    for pack in found():
        yield _row(pack, width, on)
    if profiles():
        yield ""
        yield f"Profiles, added to a pack that asks for what they mark (--policy PACK{PLUS}PROFILE):"
        for pack in profiles():
            yield _row(pack, width, on)


def _row(pack: Pack, width: int, on: date) -> str:
    meta = pack.meta
    end = f" until {meta.until}" if meta.until is not None else ""
    force = f"since {meta.effective}{end}" if pack.in_force(on) else f"NOT in force: {meta.effective}{end}"
    words = f"{meta.status}, {force}" if meta.status != "in-force" else force
    where = f"{meta.version:<8}{meta.jurisdiction:<7}{meta.evidence:<10}"
    return f"{meta.id:<{width}}  {where}{words:<18}  {meta.title.both()}"


def shown(pack_id: str) -> tuple[dict[str, Any], list[str]]:
    """One pack in full, as a document and as lines; several joined by a plus sign, or a profile, as well.

    Raises PackError when there is none of that id."""
    pack = load(pack_id) if PLUS in pack_id else load_shipped(pack_id)
    if pack.meta.abstract and not pack.meta.profile:
        load(pack_id)
    document = {
        **_entry(pack),
        "extends": list(pack.meta.extends),
        "sources": list(pack.meta.sources),
        "notes": list(pack.meta.notes),
        "scales": [
            {
                "id": scale.id,
                "title": scale.words.both(),
                "levels": [
                    {"id": v.id, "rank": v.rank, "title": v.words.both(), "official_code": v.official_code}
                    for v in scale.levels
                ],
            }
            for scale in pack.scales.values()
        ],
        "categories": [
            {
                "path": c.path,
                "base": dict(c.base),
                "floor": dict(c.floor),
                "article": c.authority.article,
                "evidence": c.authority.evidence,
            }
            for c in pack.categories.values()
        ],
        "rules_in_full": [
            {
                "id": rule.id,
                "stage": rule.stage,
                "says": rule.words.both(),
                "article": rule.authority.article,
                "evidence": rule.authority.evidence,
                "from": rule.source,
            }
            for rule in pack.rules
        ],
        "parts": [shown(part.meta.id)[0] for part in pack.parts],
    }
    return document, list(_lines(pack))


def _lines(pack: Pack) -> Iterator[str]:
    meta = pack.meta
    end = f" until {meta.until}" if meta.until is not None else ""
    yield f"{meta.id}  {meta.version}  ({meta.status} since {meta.effective}{end}, evidence: {meta.evidence})"
    if pack.parts:
        yield "  each grades by itself, and the most restrictive wins:"
    for part in pack.parts:
        yield from (f"  {line}" for line in _lines(part))
    if pack.parts:
        return
    yield f"  {meta.title.both()}"
    yield f"  {meta.issuer.both()}, {meta.jurisdiction}"
    for scale in pack.scales.values():
        levels = " < ".join(f"{v.id} {v.words.zh}/{v.words.en}" for v in scale.levels)
        yield f"  scale {scale.id}: {levels}"
    for category in pack.categories.values():
        said = ", ".join(f"{k}={v}" for k, v in {**category.base, **category.floor}.items())
        yield f"  {category.path:<40} {said:<28} {category.authority.article} [{category.authority.evidence}]"
    for rule in pack.rules:
        yield f"  {rule.stage:<11} {rule.id:<30} {rule.words.both()}"
        yield f"  {'':<11} {'':<30} {rule.authority.article} [{rule.authority.evidence}]"
    for note in meta.notes:
        yield f"  note: {note}"
