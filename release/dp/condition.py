"""A filter on rows as data: comparisons with constants, joined by and, or, not.

What a reader would get wrong: a filter costs no budget and changes no sensitivity, because it looks at one row at a
time.  It is closed all the same: only fields that the custodian has described, only constants that were made public.
A row whose value is missing or unreadable satisfies no comparison, and ``not`` of that comparison neither.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from release.nouns.errors import BadInput

COMPARISONS = {"=": "=", "!=": "<>", "<": "<", "<=": "<=", ">": ">", ">=": ">="}
NUMERIC = {"<", "<=", ">", ">="}
TURNED = {"<": ">=", "<=": ">", ">": "<=", ">=": "<"}
DEEPEST = 20


@dataclass(frozen=True, slots=True)
class Compare:
    """``field operator value``; a number is compared as a number, a text as a text."""

    field: str
    operator: str
    value: str | float


@dataclass(frozen=True, slots=True)
class Among:
    """``field`` is one of ``values``, which are kept sorted: their order is no part of the question."""

    field: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Missing:
    """``field`` has no value."""

    field: str


@dataclass(frozen=True, slots=True)
class Junction:
    """``and`` or ``or`` of several, ``not`` of one."""

    operator: str
    parts: tuple[Condition, ...]


Condition = Compare | Among | Missing | Junction


def fields(condition: Condition | None) -> Iterator[str]:
    """Every field that the filter looks at."""
    if isinstance(condition, Junction):
        for part in condition.parts:
            yield from fields(part)
    elif condition is not None:
        yield condition.field


def numbers(condition: Condition | None) -> Iterator[str]:
    """Every field that the filter compares with a number."""
    if isinstance(condition, Junction):
        for part in condition.parts:
            yield from numbers(part)
    elif isinstance(condition, Compare) and not isinstance(condition.value, str):
        yield condition.field


def joined(operator: str, parts: tuple[Condition, ...]) -> Condition:
    """``parts`` under one operator, flattened, without repeats and in one order: equal filters are equal values.

    Equations of one field under ``or`` become a list of its values, inequalities under ``and`` the denial of one."""
    flat: list[Condition] = []
    for part in parts:
        flat += part.parts if isinstance(part, Junction) and part.operator == operator else (part,)
    different = {repr(one): one for one in _listed(operator, flat)}
    ordered = tuple(different[key] for key in sorted(different))
    return ordered[0] if len(ordered) == 1 else Junction(operator, ordered)


def _listed(operator: str, parts: list[Condition]) -> list[Condition]:
    """The same parts with one list of values a field."""
    values: dict[str, set[str]] = {}
    rest: list[Condition] = []
    for part in parts:
        denial = isinstance(part, Junction) and part.operator == "not"
        inner = part.parts[0] if isinstance(part, Junction) and denial else part
        if denial != (operator == "and"):
            rest.append(part)
        elif isinstance(inner, Among):
            values.setdefault(inner.field, set()).update(inner.values)
        elif isinstance(inner, Compare) and inner.operator == "=" and isinstance(inner.value, str):
            values.setdefault(inner.field, set()).add(inner.value)
        else:
            rest.append(part)
    lists = [among(field, tuple(listed)) for field, listed in values.items()]
    return [*rest, *(denied(one) if operator == "and" else one for one in lists)]


def denied(part: Condition) -> Condition:
    """``not part``, written without a ``not`` where there is another way; a missing value satisfies neither."""
    if isinstance(part, Compare) and part.operator in TURNED:
        return Compare(part.field, TURNED[part.operator], part.value)
    if isinstance(part, Junction):
        if part.operator == "not":
            return part.parts[0]
        return joined("or" if part.operator == "and" else "and", tuple(denied(one) for one in part.parts))
    return Junction("not", (part,))


def among(field: str, values: tuple[str, ...]) -> Condition:
    """``field`` in ``values``; of one value it is an equation."""
    different = tuple(sorted(set(values)))
    return Compare(field, "=", different[0]) if len(different) == 1 else Among(field, different)


def read_condition(given: Any, *, depth: int = 0) -> Condition:
    """From JSON or TOML: ``{field, op, value}``, ``{field, in = [...]}``, ``{field, missing = true}``,
    ``{and = [...]}``, ``{or = [...]}``, ``{not = {...}}``.  Raises BadInput that says what is not understood."""
    if depth > DEEPEST:
        raise BadInput(f"The filter is nested more than {DEEPEST} deep.", "Write it flatter.")
    if not isinstance(given, Mapping):
        raise BadInput("A filter must be a table.", 'For example where = { field = "sex", op = "=", value = "f" }.')
    keys = set(given)
    if len(keys) == 1 and keys <= {"and", "or"}:
        (operator,) = keys
        parts = given[operator]
        if not isinstance(parts, list) or not parts:
            raise BadInput(f"A filter's {operator} must be a list of filters.", "Give at least one.")
        return joined(operator, tuple(read_condition(part, depth=depth + 1) for part in parts))
    if keys == {"not"}:
        return denied(read_condition(given["not"], depth=depth + 1))
    return _leaf(given, keys)


def _leaf(given: Mapping[str, Any], keys: set[str]) -> Condition:
    field = given.get("field")
    if not isinstance(field, str) or not field:
        raise BadInput("A filter names no field.", "Write field, op and value; or field and in; or and, or, not.")
    if keys == {"field", "in"} and isinstance(given["in"], list) and given["in"]:
        if all(type(value) in (str, int) for value in given["in"]):
            return among(field, tuple(str(value) for value in given["in"]))
    elif keys == {"field", "missing"} and isinstance(given["missing"], bool):
        return Missing(field) if given["missing"] else denied(Missing(field))
    elif keys == {"field", "op", "value"} and given["op"] in COMPARISONS:
        return compare(field, given["op"], given["value"])
    raise BadInput(
        f"The filter on {field} is not understood.",
        f"Write op (one of {' '.join(COMPARISONS)}) and value, or in = [...], or missing = true.",
    )


def compare(field: str, operator: str, value: Any) -> Condition:
    """One comparison.  Raises BadInput when the constant does not suit the operator."""
    if isinstance(value, bool) or not isinstance(value, (str, int, float)):
        raise BadInput(f"The filter on {field} compares with something that is neither a text nor a number.")
    if operator in NUMERIC and isinstance(value, str):
        raise BadInput(f"The filter on {field} orders texts.", "Compare numbers by size, and texts by = or in.")
    number = float(value) if not isinstance(value, str) else value
    if isinstance(number, float) and not abs(number) < 1e18:
        raise BadInput(f"The filter on {field} compares with a number that is too large.", "Stay below 1e18.")
    if operator == "!=":
        return denied(Compare(field, "=", number))
    return Compare(field, operator, number + 0.0 if isinstance(number, float) else number)  # no negative zero
