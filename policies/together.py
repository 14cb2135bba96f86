"""The gradings of several packs as one: what a composed pack says of a table.

Each pack grades by itself, on its own scales, by its own roles and markers.  What they say stands side by side: all
levels, all steps, all duties; one openness, the most restrictive; one role a field, the one that protects most.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TypeVar

from policies.errors import FactsError
from policies.facts import DatasetFacts
from policies.grading import FieldGrade, Grading, Step
from policies.openness import ORDER, strictest
from policies.pack import Pack

T = TypeVar("T")
IMPACT = "impact."
_ROLES = ("insensitive", "sensitive", "quasi-identifier", "direct-identifier")  # the last protects most


def known_to(pack: Pack, dataset: DatasetFacts) -> DatasetFacts:
    """The facts without declared attributes that ``pack`` has never heard of."""
    known = {name: value for name, value in dataset.attributes.items() if knows(pack, name)}
    return replace(dataset, attributes=known)


def knows(pack: Pack, attribute: str) -> bool:
    """Whether a pack, or a part of it, asks for the declared fact."""
    thing = attribute.removeprefix(IMPACT)
    own = attribute in pack.attributes or (thing != attribute and thing in pack.impact.matrix)
    return own or any(knows(part, attribute) for part in pack.parts)


def check_attributes(pack: Pack, dataset: DatasetFacts) -> None:
    """Raises FactsError on a declared fact that no part of ``pack`` knows."""
    for name in dataset.attributes:
        if not knows(pack, name):
            every = sorted({known for part in pack.parts for known in part.attributes})
            raise FactsError(
                f"None of the policies {pack.meta.id} knows an attribute '{name}': declare one of {', '.join(every)}."
            )


def together(pack: Pack, gradings: Sequence[Grading], dataset: DatasetFacts) -> Grading:
    """``gradings`` are those of ``pack.parts``, of the same fields in the same order."""
    named = [_named(pack, part, grading) for part, grading in zip(pack.parts, gradings, strict=True)]
    openness = strictest(one.openness for one in named)
    return Grading(
        policy=pack.meta.id,
        version=pack.meta.version,
        digest=pack.digest(),
        fields=tuple(_field(grades) for grades in zip(*(one.fields for one in named), strict=True)),
        levels={scale: level for one in named for scale, level in one.levels.items()},
        openness=openness,
        article=next((one.article for one in named if one.openness == openness), ""),
        steps=tuple(step for one in named for step in one.steps),
        obligations=_union(one.obligations for one in named),
        flags=_union(one.flags for one in named),
        blocks=_union(one.blocks for one in named),
        stops=_union(one.stops for one in named),
        instead=tuple(instead for one in named for instead in one.instead),
        dataset=dataset,
    )


def scale_names(pack: Pack, part: Pack) -> dict[str, str]:
    """How the scales of ``part`` are called in the composed pack: by their own names, by pack and name where two packs
    use one name."""
    used = [scale for other in pack.parts for scale in other.scales]
    return {scale: f"{part.meta.id}/{scale}" if used.count(scale) > 1 else scale for scale in part.scales}


def _named(pack: Pack, part: Pack, grading: Grading) -> Grading:
    names = scale_names(pack, part)

    def step(one: Step) -> Step:
        return replace(one, scale=names.get(one.scale, one.scale), source=one.source or part.meta.id)

    return replace(
        grading,
        levels={names[scale]: level for scale, level in grading.levels.items()},
        steps=tuple(map(step, grading.steps)),
        fields=tuple(
            replace(
                field,
                levels={names[scale]: level for scale, level in field.levels.items()},
                steps=tuple(map(step, field.steps)),
            )
            for field in grading.fields
        ),
    )


def _field(grades: Sequence[FieldGrade]) -> FieldGrade:
    gravest = max(grades, key=lambda grade: ORDER[grade.openness])
    return replace(
        gravest,
        role=max((grade.role for grade in grades), key=_ROLES.index),
        levels={scale: level for grade in grades for scale, level in grade.levels.items()},
        steps=tuple(step for grade in grades for step in grade.steps),
        needs_review=any(grade.needs_review for grade in grades),
        candidates=_union(grade.candidates for grade in grades),
        markers=tuple(sorted({marker for grade in grades for marker in grade.markers})),
        required=tuple(required for grade in grades for required in grade.required),
    )


def _union(lists: Iterable[Iterable[T]]) -> tuple[T, ...]:
    found: list[T] = []
    for item in (item for one in lists for item in one):
        if item not in found:
            found.append(item)
    return tuple(found)
