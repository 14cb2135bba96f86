"""Is a condition true?  Yes, no, or not known.

Three values on purpose (Kleene, Introduction to Metamathematics, §64): what was not measured, or holds for one
plausible category and not for another, is neither true nor false.  Restrictions act on "not known", relaxations do
not, so a missing number can never open anything, not even under a "not".
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterable
from typing import Any

from policies.format.category import under
from policies.format.condition import Condition
from policies.stages.state import FieldState, Scene, State

Truth = bool | None

_OPS: dict[str, Callable[[float, float], bool]] = {
    ">=": operator.ge,
    "<=": operator.le,
    "==": operator.eq,
    ">": operator.gt,
    "<": operator.lt,
}


def truth(node: Condition, scene: Scene, state: FieldState | None = None) -> Truth:
    """Whether ``node`` holds, of the field ``state`` or of the dataset; None: cannot be decided."""
    return _KINDS[node.kind](node, scene, state)


def conjunction(values: Iterable[Truth]) -> Truth:
    """False if any is false, else unknown if any is, else true."""
    found = list(values)
    return False if False in found else None if None in found else True


def disjunction(values: Iterable[Truth]) -> Truth:
    """True if any is true, else unknown if any is, else false."""
    found = list(values)
    return True if True in found else None if None in found else False


def _all(node: Condition, scene: Scene, state: FieldState | None) -> Truth:
    return conjunction(truth(part, scene, state) for part in node.parts)


def _any(node: Condition, scene: Scene, state: FieldState | None) -> Truth:
    return disjunction(truth(part, scene, state) for part in node.parts)


def _not(node: Condition, scene: Scene, state: FieldState | None) -> Truth:
    inner = truth(node.parts[0], scene, state)
    return None if inner is None else not inner


def _surely(node: Condition, scene: Scene, state: FieldState | None) -> Truth:
    return truth(node.parts[0], scene, state) is True


def _is(node: Condition, scene: Scene, state: FieldState | None) -> Truth:
    return truth(scene.pack.conditions[node.value], scene, state)


def _has_any(node: Condition, scene: Scene, state: FieldState | None) -> Truth:
    return disjunction(truth(part, scene, other) for part in node.parts for other in scene.fields)


def _source_has(node: Condition, scene: Scene, state: FieldState | None) -> Truth:
    return disjunction(truth(part, scene, other) for part in node.parts for other in (*scene.fields, *scene.gone))


def _has_all(node: Condition, scene: Scene, state: FieldState | None) -> Truth:
    return conjunction(disjunction(truth(part, scene, other) for other in scene.fields) for part in node.parts)


def _count(node: Condition, scene: Scene, state: FieldState | None) -> Truth:
    found = [truth(node.parts[0], scene, other) for other in scene.fields]
    if found.count(True) >= node.value:
        return True
    return None if found.count(True) + found.count(None) >= node.value else False


def _metric(node: Condition, scene: Scene, state: FieldState | None) -> Truth:
    name, op, limit = node.value
    measured = scene.dataset.measures.get(name.replace("{field}", state.name if state else ""))
    return None if measured is None else _OPS[op](measured, limit)


def _attribute(node: Condition, scene: Scene, state: FieldState | None) -> Truth:
    name, values = node.value
    return scene.dataset.attributes.get(name) in values


def _level(node: Condition, scene: Scene, state: FieldState | None) -> Truth:
    id, level = node.value
    scale, subject = scene.scale(id), state or scene.whole
    return scale.rank(subject.levels.get(id, "")) >= scale.rank(level)


def _subjects(node: Condition, scene: Scene, state: FieldState | None) -> Truth:
    return (scene.dataset.subjects or scene.dataset.rows) >= int(node.value)


def _under(node: Condition, scene: Scene, state: FieldState | None) -> Truth:
    found = [any(under(category, prefix) for prefix in node.value) for category in _field(state).candidates]
    return True if all(found) else None if any(found) else False


def _marker(node: Condition, scene: Scene, state: FieldState | None) -> Truth:
    field = _field(state)
    return True if node.value in field.sure else None if node.value in field.maybe else False


def _treated(node: Condition, scene: Scene, state: FieldState | None) -> Truth:
    method = _field(state).facts.treated
    return bool(method) is node.value if isinstance(node.value, bool) else method in node.value


def _distinct_share(node: Condition, scene: Scene, state: FieldState | None) -> Truth:
    facts = _field(state).facts
    return facts.distinct / scene.dataset.rows >= float(node.value) if facts.distinct and scene.dataset.rows else None


def _top_share(node: Condition, scene: Scene, state: FieldState | None) -> Truth:
    share = _field(state).facts.top_share
    return share <= float(node.value) if share else None


def _fact(ask: Callable[[FieldState, Any], bool]) -> Callable[[Condition, Scene, FieldState | None], Truth]:
    return lambda node, scene, state: ask(_field(state), node.value)


def _field(state: State | None) -> FieldState:
    assert isinstance(state, FieldState), "the pack reader lets field atoms stand only where a field is looked at"
    return state


_KINDS: dict[str, Callable[[Condition, Scene, FieldState | None], Truth]] = {
    "all": _all,
    "any": _any,
    "not": _not,
    "surely": _surely,
    "is": _is,
    "has_any": _has_any,
    "has_all": _has_all,
    "source_has": _source_has,
    "count_ge": _count,
    "metric": _metric,
    "attribute": _attribute,
    "level_ge": _level,
    "rows_ge": lambda node, scene, state: scene.dataset.rows >= int(node.value),
    "subjects_ge": _subjects,
    "sources_ge": lambda node, scene, state: scene.dataset.sources >= int(node.value),
    "openness": lambda node, scene, state: scene.openness in node.value if scene.openness else None,
    "category_under": _under,
    "marker": _marker,
    "treated": _treated,
    "distinct_share_ge": _distinct_share,
    "top_share_le": _top_share,
    "type": lambda node, scene, state: _field(state).facts.type in node.value if _field(state).facts.type else None,
    "role": _fact(lambda field, roles: field.role in roles),
    "needs_review": _fact(lambda field, wanted: field.review is wanted),
    "confidence_lt": _fact(lambda field, least: not field.facts.overridden and field.facts.confidence < least),
    "distinct_ge": lambda node, scene, state: (
        _field(state).facts.distinct >= int(node.value) if _field(state).facts.distinct else None
    ),
}
