"""Is a condition true?  Yes, no, or not known.

Three values on purpose (Kleene, Introduction to Metamathematics, §64): what was not measured, or holds for one
plausible category and not for another, is neither true nor false.  Restrictions act on "not known", relaxations do
not, so a missing number can never open anything, not even under a "not".  A condition on a field is asked of each
plausible category by itself and the answers are joined, so that what no single category could be is not suspected.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from policies.facts import PLACES, TIMES
from policies.format.condition import Condition
from policies.stages.state import FieldState, Scene

Truth = bool | None
LIKELY = 0.5  # share of the confidence from which a field counts as being something
_LINKING = ("direct-identifier", "quasi-identifier")
_AS_FINE_AS = {"date": "day", "datetime": "second"}  # what a type alone says of the precision

_OPS: dict[str, Callable[[float, float], bool]] = {
    ">=": operator.ge,
    "<=": operator.le,
    "==": operator.eq,
    ">": operator.gt,
    "<": operator.lt,
}


@dataclass(frozen=True, slots=True)
class _Look:
    """What a condition is asked of: the dataset, or one field taken as one of its plausible categories."""

    scene: Scene
    field: FieldState | None = None
    category: str = ""

    def state(self) -> FieldState:
        """The field; the pack reader lets field atoms stand only where there is one."""
        assert self.field is not None
        return self.field


def truth(node: Condition, scene: Scene, field: FieldState | None = None) -> Truth:
    """Whether ``node`` holds, of ``field`` or of the dataset; None: cannot be decided."""
    if field is None:
        return _ask(node, _Look(scene))
    if len(field.candidates) == 1:
        return _ask(node, _Look(scene, field, field.candidates[0]))
    answers = {_ask(node, _Look(scene, field, category)) for category in field.candidates}
    return answers.pop() if len(answers) == 1 else None


def conjunction(values: Iterable[Truth]) -> Truth:
    """False if any is false, else unknown if any is, else true.  Stops at the first false."""
    result: Truth = True
    for value in values:
        if value is False:
            return False
        result = None if value is None else result
    return result


def disjunction(values: Iterable[Truth]) -> Truth:
    """True if any is true, else unknown if any is, else false.  Stops at the first true."""
    result: Truth = False
    for value in values:
        if value is True:
            return True
        result = None if value is None else result
    return result


def _ask(node: Condition, look: _Look) -> Truth:
    return _KINDS[node.kind](node, look)


def _all(node: Condition, look: _Look) -> Truth:
    return conjunction(_ask(part, look) for part in node.parts)


def _any(node: Condition, look: _Look) -> Truth:
    return disjunction(_ask(part, look) for part in node.parts)


def _not(node: Condition, look: _Look) -> Truth:
    inner = _ask(node.parts[0], look)
    return None if inner is None else not inner


def _surely(node: Condition, look: _Look) -> Truth:
    """Of the field as a whole, not of the one category in view."""
    return truth(node.parts[0], look.scene, look.field) is True


def _is(node: Condition, look: _Look) -> Truth:
    return _ask(look.scene.pack.conditions[node.value], look)


def _has_any(node: Condition, look: _Look) -> Truth:
    return disjunction(truth(part, look.scene, other) for part in node.parts for other in look.scene.fields)


def _source_has(node: Condition, look: _Look) -> Truth:
    every = (*look.scene.fields, *look.scene.gone)
    return disjunction(truth(part, look.scene, other) for part in node.parts for other in every)


def _has_all(node: Condition, look: _Look) -> Truth:
    scene = look.scene
    return conjunction(disjunction(truth(part, scene, other) for other in scene.fields) for part in node.parts)


def _count(node: Condition, look: _Look) -> Truth:
    found = [truth(node.parts[0], look.scene, other) for other in look.scene.fields]
    if found.count(True) >= node.value:
        return True
    return None if found.count(True) + found.count(None) >= node.value else False


def _source_count(node: Condition, look: _Look) -> Truth:
    every = (*look.scene.fields, *look.scene.gone)
    found = [truth(node.parts[0], look.scene, other) for other in every]
    if found.count(True) >= node.value:
        return True
    return None if found.count(True) + found.count(None) >= node.value else False


def _likely(node: Condition, look: _Look) -> Truth:
    """Whether the categories it may hold for have at least half of the confidence together; never undecided."""
    field, inner = look.state(), node.parts[0]
    shares = {field.candidates[0]: 1.0 if field.facts.overridden else field.facts.confidence}
    for category, share in () if field.facts.overridden else field.facts.alternatives:
        if category in field.candidates:
            shares[category] = shares.get(category, 0.0) + share
    holds = [share for one, share in shares.items() if _ask(inner, _Look(look.scene, field, one)) is not False]
    return sum(holds) >= LIKELY


def _metric(node: Condition, look: _Look) -> Truth:
    name, op, limit = node.value
    measured = look.scene.dataset.measures.get(name.replace("{field}", look.field.name if look.field else ""))
    return None if measured is None else _OPS[op](measured, limit)


def _attribute(node: Condition, look: _Look) -> Truth:
    name, values = node.value
    return look.scene.dataset.attributes.get(name) in values


def _level(node: Condition, look: _Look) -> Truth:
    id, level = node.value
    scale, subject = look.scene.scale(id), look.field or look.scene.whole
    return scale.rank(subject.levels.get(id, "")) >= scale.rank(level)


def _marker(node: Condition, look: _Look) -> Truth:
    field = look.state()
    if node.value in field.sure or node.value in field.borne[look.category]:
        return True
    return None if node.value in field.maybe else False


def _treated(node: Condition, look: _Look) -> Truth:
    method = look.state().facts.treated
    return bool(method) is node.value if isinstance(node.value, bool) else method in node.value


def _distinct_share(node: Condition, look: _Look) -> Truth:
    distinct, rows = look.state().facts.distinct, look.scene.dataset.rows
    return distinct / rows >= float(node.value) if distinct and rows else None


def _finer(node: Condition, look: _Look) -> Truth:
    """Finer than the named precision.  Times are not compared with places; a field of neither kind cannot be told."""
    facts = look.state().facts
    precision = facts.precision or _AS_FINE_AS.get(facts.type, "")
    for words in (TIMES, PLACES):
        if node.value in words and precision:
            return precision in words and words.index(precision) < words.index(node.value)
    return None


def _released_has(node: Condition, look: _Look) -> Truth:
    return any(f"{c}.".startswith(node.value) for before in look.scene.dataset.released for c in before.categories)


def _released_shares(node: Condition, look: _Look) -> Truth:
    """Whether so many of the fields that link rows stand in one table that is out already, by the same category."""
    linking = [state for state in look.scene.fields if state.role in _LINKING]
    answers: list[Truth] = [False]
    for before in look.scene.dataset.released:
        sure = sum(state.candidates[0] in before.categories and len(state.candidates) == 1 for state in linking)
        perhaps = sum(any(c in before.categories for c in state.candidates) for state in linking)
        answers.append(True if sure >= node.value else None if perhaps >= node.value else False)
    return disjunction(answers)


def _told(value: Any, answer: Callable[[], bool]) -> Truth:
    """The answer where ``value`` was told, unknown where it was not (zero or empty)."""
    return answer() if value else None


def _dataset(ask: Callable[[Scene, Any], Truth]) -> Callable[[Condition, _Look], Truth]:
    return lambda node, look: ask(look.scene, node.value)


def _field(ask: Callable[[FieldState, Any], Truth]) -> Callable[[Condition, _Look], Truth]:
    return lambda node, look: ask(look.state(), node.value)


_KINDS: dict[str, Callable[[Condition, _Look], Truth]] = {
    "all": _all,
    "any": _any,
    "not": _not,
    "surely": _surely,
    "is": _is,
    "has_any": _has_any,
    "has_all": _has_all,
    "source_has": _source_has,
    "count_ge": _count,
    "source_count_ge": _source_count,
    "metric": _metric,
    "attribute": _attribute,
    "level_ge": _level,
    "rows_ge": _dataset(lambda scene, least: scene.dataset.rows >= least),
    "subjects_ge": _dataset(lambda scene, least: (scene.dataset.subjects or scene.dataset.rows) >= least),
    "sources_ge": _dataset(lambda scene, least: scene.dataset.sources >= least),
    "released_ge": _dataset(lambda scene, least: len(scene.dataset.released) >= least),
    "released_has": _released_has,
    "released_shares_ge": _released_shares,
    "openness": _dataset(lambda scene, kinds: _told(scene.openness, lambda: scene.openness in kinds)),
    "category_under": lambda node, look: f"{look.category}.".startswith(node.value),
    "likely": _likely,
    "marker": _marker,
    "treated": _treated,
    "distinct_share_ge": _distinct_share,
    "distinct_ge": _field(lambda field, least: _told(field.facts.distinct, lambda: field.facts.distinct >= least)),
    "top_share_le": _field(lambda field, most: _told(field.facts.top_share, lambda: field.facts.top_share <= most)),
    "type": _field(lambda field, types: _told(field.facts.type, lambda: field.facts.type in types)),
    "finer_than": _finer,
    "least_lt": _field(lambda field, most: None if field.facts.least is None else field.facts.least < most),
    "role": _field(lambda field, roles: field.role in roles),
    "needs_review": _field(lambda field, wanted: field.review is wanted),
    "confidence_lt": _field(lambda field, least: not field.facts.overridden and field.facts.confidence < least),
}
