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


def joined(operator: str, parts: tuple[Condition, ...]) -> Condition:
    """``parts`` under one operator, flattened, without repeats and in one order: equal filters are equal values."""
    flat: dict[str, Condition] = {}
    for part in parts:
        inner = part.parts if isinstance(part, Junction) and part.operator == operator else (part,)
        flat.update((repr(one), one) for one in inner)
    ordered = tuple(flat[key] for key in sorted(flat))
    return ordered[0] if len(ordered) == 1 else Junction(operator, ordered)


def denied(part: Condition) -> Condition:
    """``not part``; twice is once."""
    if isinstance(part, Junction) and part.operator == "not":
        return part.parts[0]
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
    return Compare(field, operator, number)
