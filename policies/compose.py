"""Several packs as one: what ``--policy a+b`` means.

Packs that grade stand side by side, each on its own scales, and the most restrictive wins (``together``, ``combine``).
A profile has no scale: it only adds markers to categories, and goes into every pack beside it that asks for one of
them, as if that pack extended it.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Sequence
from typing import NoReturn

from policies.errors import PackError
from policies.format.authority import EVIDENCE, Words
from policies.format.category import Impact
from policies.format.condition import Condition
from policies.format.inherit import inherit
from policies.format.meta import STATUSES, Meta
from policies.format.process import Process
from policies.format.whole import check_whole
from policies.pack import Pack, load_shipped
from policies.source.section import Section, Source

PLUS = "+"


def compose(ids: Iterable[str]) -> Pack:
    """The pack that is all of ``ids`` together; the order they are named in changes nothing.

    Raises PackError where one is not there, holds only what others inherit, or would change nothing."""
    every = [load_shipped(id) for id in sorted({id.strip() for id in ids})]
    grading = [pack for pack in every if not pack.meta.abstract]
    profiles = [pack for pack in every if pack.meta.profile]
    for pack in every:
        if pack not in grading and pack not in profiles:
            raise PackError(f"The pack '{pack.meta.id}' only holds what others inherit: leave it out.")
    if not grading:
        named = " and ".join(f"'{pack.meta.id}'" for pack in profiles)
        raise PackError(f"The profile {named} only adds to other packs: name one beside it, as in PACK{PLUS}PROFILE.")
    for profile in profiles:
        if not any(takes(pack, profile) for pack in grading):
            _changes_nothing(profile, grading)
    parts = [with_profiles(pack, [profile for profile in profiles if takes(pack, profile)]) for pack in grading]
    return parts[0] if len(parts) == 1 else _beside(parts)


def takes(pack: Pack, profile: Pack) -> bool:
    """Whether ``pack`` asks for a marker that ``profile`` adds, and does not have the profile already."""
    return bool(_added(profile) & _asked(pack)) and profile.lineage[0] not in pack.lineage


def with_profiles(pack: Pack, profiles: Sequence[Pack]) -> Pack:
    """``pack`` as it would be if it extended ``profiles``.  Raises PackError where they contradict each other."""
    if not profiles:
        return pack
    name = PLUS.join(one.meta.id for one in (pack, *profiles))

    def refuse(message: str, key: str) -> NoReturn:
        raise PackError(f"The packs {name} cannot be joined: {key} {message}.")

    joined = pack
    for profile in profiles:
        joined = inherit(refuse, joined, profile)
    check_whole(Section(Source(name, {}, {(): 1}, PackError), {}), joined)
    return dataclasses.replace(joined, meta=_meta((pack, *profiles)), lineage=joined.lineage)


def _beside(parts: Sequence[Pack]) -> Pack:
    """Only what is asked of the whole stands in it; everything else is asked of its parts."""
    return Pack(
        meta=_meta(parts),
        engine=None,
        scales={},
        categories={},
        impact=Impact((), {}, None),
        attributes={name: entry for part in reversed(parts) for name, entry in part.attributes.items()},
        conditions={},
        rules=(),
        release=(),
        floors=(),
        treatments=(),
        models=(),
        acceptance=(),
        suppression=None,
        obligations={id: duty for part in reversed(parts) for id, duty in part.obligations.items()},
        process=Process((), ()),
        lineage=tuple(dict.fromkeys(name for part in parts for name in part.lineage)),
        cases=(),
        parts=tuple(parts),
    )


def _meta(packs: Sequence[Pack]) -> Meta:
    metas = [pack.meta for pack in packs]
    ends = [meta.until for meta in metas if meta.until is not None]
    return Meta(
        id=PLUS.join(meta.id for meta in metas),
        title=Words(" + ".join(m.title.zh for m in metas), " + ".join(m.title.en for m in metas)),
        issuer=Words("；".join(m.issuer.zh for m in metas), "; ".join(m.issuer.en for m in metas)),
        jurisdiction=PLUS.join(dict.fromkeys(meta.jurisdiction for meta in metas)),
        version=PLUS.join(meta.version for meta in metas),
        effective=max(meta.effective for meta in metas),
        until=min(ends) if ends else None,
        status=max((meta.status for meta in metas), key=STATUSES.index),
        evidence=max((meta.evidence for meta in metas), key=EVIDENCE.index),
        extends=tuple(dict.fromkeys(name for meta in metas for name in meta.extends)),
        abstract=False,
        sources=tuple(dict.fromkeys(source for meta in metas for source in meta.sources)),
        notes=tuple(dict.fromkeys(note for meta in metas for note in meta.notes)),
    )


def _added(profile: Pack) -> set[str]:
    entries = {marker for entry in profile.categories.values() for marker in entry.markers}
    return entries | {str(e.params["id"]) for rule in profile.rules for e in rule.then if e.kind == "add_marker"}


def _asked(pack: Pack) -> set[str]:
    """Every marker that a condition of ``pack`` asks for."""
    nodes: list[Condition | None] = [node for rule in pack.rules for node in (rule.when, rule.on)]
    nodes += [node for entry in pack.treatments for node in (entry.when, entry.of)]
    nodes += [node for model in pack.models for node in (model.when, model.of)]
    nodes += [node for limit in pack.acceptance for node in (limit.when, limit.of)]
    return {marker for node in (*nodes, *pack.conditions.values()) if node is not None for marker in _markers(node)}


def _markers(node: Condition) -> set[str]:
    own = {str(node.value)} if node.kind == "marker" else set()
    return own.union(*(_markers(part) for part in node.parts))


def _changes_nothing(profile: Pack, packs: Sequence[Pack]) -> NoReturn:
    beside = PLUS.join(pack.meta.id for pack in packs)
    if all(profile.lineage[0] in pack.lineage for pack in packs):
        raise PackError(f"The profile '{profile.meta.id}' is part of {beside} already: leave it out.")
    markers = ", ".join(sorted(_added(profile))) or "nothing"
    raise PackError(
        f"The profile '{profile.meta.id}' adds the markers {markers}, and {beside} asks for none of them: "
        "it would change nothing, so leave it out or name a pack that asks for them."
    )
