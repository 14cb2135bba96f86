"""The policy packs as documents and lines, for people who ask what there is and what a pack says."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from policies.compose import PLUS
from policies.format.authority import NOT_VERIFIED, Authority
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
                "impact": dict(c.impact),
                "markers": list(c.markers),
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
    yield from _scales(pack)
    yield "  categories, each with all below it:"
    for category in pack.categories.values():
        floors = {scale: f"≥{level}" for scale, level in category.floor.items()}
        impact = {f"harm to {thing}": degree for thing, degree in category.impact.items()}
        said = [f"{k}={v}" for k, v in {**category.base, **impact}.items()] + [f"{k}{v}" for k, v in floors.items()]
        words = ", ".join([*said, *(f"#{marker}" for marker in category.markers)])
        yield f"    {category.path:<36} {words:<36} {_where(category.authority)}"
    yield "  rules:"
    for rule in pack.rules:
        inherited = f" (from {rule.source})" if rule.source != meta.id else ""
        yield f"    {rule.stage:<11} {rule.id}{inherited}: {rule.words.both()}"
        yield f"    {'':<11} {_where(rule.authority)}"
    yield from _asked(pack)
    for note in meta.notes:
        yield f"  note: {note}"


def _scales(pack: Pack) -> Iterator[str]:
    for scale in pack.scales.values():
        yield f"  scale {scale.id} ({scale.words.both()}), mildest level first:"
        for level in scale.levels:
            opens = pack.opens(scale.id, level.id)[0] if pack.release else ""
            code = "official code not verified" if level.official_code == NOT_VERIFIED else level.official_code
            yield f"    {level.id:<16} {opens:<14} {level.words.both()} · {code} · {_where(level.authority)}"


def _asked(pack: Pack) -> Iterator[str]:
    """Treatments, limits and duties, each with the openness at which it is asked for."""
    if pack.treatments:
        yield "  treatments, the first that fits decides:"
    for entry in pack.treatments:
        at = " and ".join(entry.openness)
        yield f"    {entry.method:<12} {entry.id} ({at}): {entry.words.both()} · {_where(entry.authority)}"
    if pack.acceptance:
        yield "  limits, measured on the written bytes:"
    for limit in pack.acceptance:
        at = " and ".join(limit.openness)
        yield f"    {limit.metric} {limit.op} {limit.value:g} ({at}) · {_where(limit.authority)}"
    if pack.obligations:
        yield "  duties:"
    for duty in pack.obligations.values():
        at = f" ({' and '.join(duty.openness)})" if duty.openness else ""
        yield f"    {duty.id}{at}: {duty.words.both()} · {_where(duty.authority)}"


def _where(authority: Authority) -> str:
    return f"{authority.article} [{authority.evidence}]"
