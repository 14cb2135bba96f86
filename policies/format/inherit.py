"""What a pack takes over from the packs it extends.  The most restrictive wins: nothing inherited can be loosened.

Lists are joined, inherited rules running first.  An entry of the same name may only be repeated word for word (two
parents may share a grandparent); categories alone are merged, each scale taking the graver level.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable, Mapping
from typing import NoReturn, TypeVar

from policies.format.category import Category, Impact
from policies.format.scale import Scale
from policies.pack import Pack

T = TypeVar("T")
Refuse = Callable[[str, str], NoReturn]


def inherit(refuse: Refuse, child: Pack, parent: Pack) -> Pack:
    """``child`` with everything of ``parent`` inside.  ``refuse`` is called with a message and the key it is
    about where the two cannot be joined."""
    scales = _union(refuse, "scales", child.scales, parent.scales)
    return dataclasses.replace(
        child,
        engine=child.engine or parent.engine,
        scales=scales,
        categories=_categories(refuse, child, parent, scales),
        impact=_impact(refuse, child.impact, parent.impact),
        attributes=_union(refuse, "attributes", child.attributes, parent.attributes),
        conditions=_union(refuse, "conditions", child.conditions, parent.conditions),
        rules=_joined(refuse, "rules", parent.rules, child.rules, lambda rule: f"{rule.source}/{rule.id}"),
        release=parent.release + tuple(e for e in child.release if e not in parent.release),
        floors=parent.floors + tuple(e for e in child.floors if e not in parent.floors),
        treatments=_joined(refuse, "treatments", parent.treatments, child.treatments, lambda e: f"{e.source}/{e.id}"),
        models=_joined(refuse, "models", parent.models, child.models, lambda e: e.id),
        acceptance=_joined(refuse, "acceptance", parent.acceptance, child.acceptance, lambda e: e.id),
        suppression=min(
            (s for s in (child.suppression, parent.suppression) if s is not None), key=lambda s: s.limit, default=None
        ),
        obligations=_union(refuse, "obligations", child.obligations, parent.obligations),
        process=dataclasses.replace(
            child.process,
            steps=_joined(refuse, "process", parent.process.steps, child.process.steps, lambda e: e.id),
            objections=_joined(
                refuse, "process", parent.process.objections, child.process.objections, lambda e: e.kind
            ),
        ),
        lineage=(*child.lineage, *(name for name in parent.lineage if name not in child.lineage)),
    )


def _union(refuse: Refuse, key: str, own: Mapping[str, T], inherited: Mapping[str, T]) -> dict[str, T]:
    for name in own.keys() & inherited.keys():
        if own[name] != inherited[name]:
            refuse(f"changes the inherited '{name}': what is inherited can be added to, not changed", key)
    return {**inherited, **own}


def _joined(refuse: Refuse, key: str, first: Iterable[T], then: Iterable[T], name: Callable[[T], str]) -> tuple[T, ...]:
    found: dict[str, T] = {}
    for item in (*first, *then):
        if found.setdefault(name(item), item) != item:
            refuse(f"repeats the inherited '{name(item)}'", key)
    return tuple(found.values())


def _categories(refuse: Refuse, child: Pack, parent: Pack, scales: Mapping[str, Scale]) -> dict[str, Category]:
    merged = dict(parent.categories)
    for path, own in child.categories.items():
        other = parent.categories.get(path)
        if other is None or other == own:
            merged[path] = own
            continue
        merged[path] = dataclasses.replace(
            own,
            base=_graver(refuse, path, own.base, other.base, scales),
            floor=_graver(refuse, path, own.floor, other.floor, scales),
            impact={**other.impact, **own.impact},
            markers=tuple(sorted({*own.markers, *other.markers})),
        )
    return merged


def _graver(
    refuse: Refuse, path: str, own: Mapping[str, str], other: Mapping[str, str], scales: Mapping[str, Scale]
) -> dict[str, str]:
    merged: dict[str, str] = {**other, **own}
    for scale in own.keys() & other.keys():
        try:
            merged[scale] = scales[scale].max(own[scale], other[scale])
        except KeyError:
            refuse(f"name a level or scale that does not exist, under '{path}'", "categories")
    return merged


def _impact(refuse: Refuse, own: Impact, inherited: Impact) -> Impact:
    if not own.matrix or own == inherited:
        return inherited
    if inherited.matrix:
        refuse("changes the inherited matrix: what is inherited can be added to, not changed", "impact")
    return own
