"""The policy packs as documents and lines, for people who ask what there is and what a pack says."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from policies.pack import Pack, found, load


def described() -> list[dict[str, Any]]:
    """One entry a pack that can grade."""
    return [
        {
            "id": pack.meta.id,
            "version": pack.meta.version,
            "digest": pack.digest(),
            "jurisdiction": pack.meta.jurisdiction,
            "effective": pack.meta.effective.isoformat(),
            "status": pack.meta.status,
            "evidence": pack.meta.evidence,
            "title": pack.meta.title.both(),
            "rules": len(pack.rules),
            "cases": len(pack.cases),
        }
        for pack in found()
    ]


def shown(pack_id: str) -> tuple[dict[str, Any], list[str]]:
    """One pack in full, as a document and as lines.  Raises PackError when there is none of that id."""
    pack = load(pack_id)
    document = {
        **next(p for p in described() if p["id"] == pack_id),
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
    }
    return document, list(_lines(pack))


def _lines(pack: Pack) -> Iterator[str]:
    meta = pack.meta
    yield f"{meta.id}  {meta.version}  ({meta.status} since {meta.effective.isoformat()}, evidence: {meta.evidence})"
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
