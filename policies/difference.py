"""What changed between two gradings of one table, for a pack that changed, or facts that did: field by field, scale by
scale, with the rule that decided before and the rule that decides now."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from policies.grading import FieldGrade, Grading, Step
from policies.openness import ORDER

OPENNESS, ROLE, THERE = "openness", "role", "there"
GRAVER, MILDER, OTHER = "graver", "milder", "other"
_ROLES = ("insensitive", "sensitive", "quasi-identifier", "direct-identifier")

Ranks = Callable[[str, str], int | None]


@dataclass(frozen=True, slots=True)
class Deciding:
    """The step that decided: rule and pack, article, evidence mark, and its words in both languages."""

    rule: str
    source: str
    article: str
    evidence: str
    text: str
    text_zh: str


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that is graded otherwise.

    ``field`` is empty for the dataset.  ``scale`` is a scale, ``openness`` or ``role``, or ``there`` where a field
    stands in one of the two gradings only (``before`` or ``after`` is then empty).  ``way`` is graver, milder or other
    (no order is known, or it does not hold across the two).  ``was`` and ``now`` are None where no step spoke."""

    field: str
    scale: str
    before: str
    after: str
    way: str
    was: Deciding | None
    now: Deciding | None


def differences(old: Grading, new: Grading, ranks: Ranks | None = None) -> tuple[Difference, ...]:
    """Everything graded otherwise in ``new`` than in ``old``: the dataset first, then the fields in the order of
    ``new``, those that are gone last.

    ``ranks`` gives the rank of a level of a scale (None: unknown), so that the way can be told; see :func:`ranks_of`.
    The same table graded twice by one pack has no difference."""
    ranks = ranks or (lambda scale, level: None)
    found = list(_whole(old, new, ranks))
    before = {grade.field: grade for grade in old.fields}
    for grade in new.fields:
        other = before.pop(grade.field, None)
        if other is None:
            found.append(Difference(grade.field, THERE, "", grade.category, OTHER, None, _last(grade.steps)))
        else:
            found += _field(other, grade, ranks)
    found += [
        Difference(grade.field, THERE, grade.category, "", OTHER, _last(grade.steps), None) for grade in before.values()
    ]
    return tuple(found)


def ranks_of(scales: Iterable[tuple[str, Mapping[str, int]]]) -> Ranks:
    """``ranks`` from (scale, {level: rank}); a level known to no scale has no rank."""
    known = {scale: dict(levels) for scale, levels in scales}
    return lambda scale, level: known.get(scale, {}).get(level)


def _whole(old: Grading, new: Grading, ranks: Ranks) -> Iterator[Difference]:
    yield from _levels("", old.levels, new.levels, old.steps, new.steps, ranks)
    yield from _opened("", old.openness, new.openness, _openness(old, old.steps), _openness(new, new.steps))


def _field(old: FieldGrade, new: FieldGrade, ranks: Ranks) -> Iterator[Difference]:
    yield from _levels(new.field, old.levels, new.levels, old.steps, new.steps, ranks)
    was, now = _by_article(old.steps, old.article), _by_article(new.steps, new.article)
    yield from _opened(new.field, old.openness, new.openness, was, now)
    if old.role != new.role:
        way = _way(_rank(_ROLES, old.role), _rank(_ROLES, new.role))
        yield Difference(new.field, ROLE, old.role, new.role, way, _last(old.steps, ROLE), _last(new.steps, ROLE))


def _levels(
    field: str,
    old: Mapping[str, str],
    new: Mapping[str, str],
    was: Iterable[Step],
    now: Iterable[Step],
    ranks: Ranks,
) -> Iterator[Difference]:
    before, after = tuple(was), tuple(now)
    for scale in dict.fromkeys((*new, *old)):
        one, other = old.get(scale, ""), new.get(scale, "")
        if one != other:
            way = _way(ranks(scale, one), ranks(scale, other))
            yield Difference(field, scale, one, other, way, _last(before, scale), _last(after, scale))


def _opened(field: str, old: str, new: str, was: Deciding | None, now: Deciding | None) -> Iterator[Difference]:
    if old != new:
        yield Difference(field, OPENNESS, old, new, _way(ORDER.get(old), ORDER.get(new)), was, now)


def _openness(grading: Grading, steps: Iterable[Step]) -> Deciding | None:
    return _by_article(steps, grading.article)


def _by_article(steps: Iterable[Step], article: str) -> Deciding | None:
    """The last step under the article that decided."""
    return _last([step for step in steps if step.article == article])


def _last(steps: Iterable[Step], scale: str = "") -> Deciding | None:
    """The last step that moved ``scale`` (any, when empty), or the last that spoke of it."""
    spoken = [step for step in steps if not scale or step.scale == scale]
    moved = [step for step in spoken if step.before != step.after]
    if not spoken:
        return None
    step = (moved or spoken)[-1]
    return Deciding(step.rule, step.source, step.article, step.evidence, step.text, step.text_zh)


def _rank(order: tuple[str, ...], value: str) -> int | None:
    return order.index(value) if value in order else None


def _way(before: int | None, after: int | None) -> str:
    if before is None or after is None or before == after:
        return OTHER
    return GRAVER if after > before else MILDER
