"""A plan as JSON and back, losing nothing and guessing nothing.

A document with an unknown key, a missing key or a value of another kind is refused: a plan half understood would
treat a table otherwise than somebody approved.
"""

from __future__ import annotations

import dataclasses
import json
import types
import typing
from collections.abc import Mapping
from enum import Enum
from typing import Any, TypeVar, cast

from release.nouns.digest import plain
from release.nouns.errors import BadInput
from release.nouns.plan import PLAN_FORMAT, Plan

T = TypeVar("T")


def to_json(plan: Plan) -> str:
    """The plan as readable JSON, keys in the order of the value."""
    return json.dumps(plain(plan), ensure_ascii=False, indent=2, allow_nan=False) + "\n"


def from_json(text: str) -> Plan:
    """The plan that ``to_json`` wrote.  Raises BadInput naming the place in the document that is not understood."""
    try:
        document = json.loads(text, object_pairs_hook=_once, parse_constant=_no_constant)
    except json.JSONDecodeError as error:
        raise BadInput(
            f"The plan is not JSON (line {error.lineno}, column {error.colno}).", "Write it with: sluice plan -o."
        ) from None
    return from_document(document)


def from_document(document: Any) -> Plan:
    """The plan in a JSON object already parsed."""
    if isinstance(document, Mapping) and document.get("format") != PLAN_FORMAT:
        raise BadInput(f"The plan has another format than {PLAN_FORMAT}, the only one known here.", "Plan again.")
    return _dataclass(document, Plan, "plan")


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            raise BadInput(f"The plan has the key '{key}' twice in one object.", "Keep one of the two.")
        found[key] = value
    return found


def _no_constant(name: str) -> Any:
    raise BadInput(f"The plan holds {name}, which is no number.", "Plan again.")


def _dataclass(document: Any, kind: type[T], where: str) -> T:
    if not isinstance(document, dict):
        raise BadInput(f"{where} must be an object.", "Plan again.")
    fields = {f.name: f for f in dataclasses.fields(cast(Any, kind))}
    hints = typing.get_type_hints(kind)
    for key in document:
        if key not in fields:
            raise BadInput(f"{where} has the unknown key '{key}'.", "Remove it or plan again.")
    for name, field in fields.items():
        absent = field.default is dataclasses.MISSING and field.default_factory is dataclasses.MISSING
        if name not in document and absent:
            raise BadInput(f"{where} lacks the key '{name}'.", "Plan again.")
    return kind(**{key: _value(value, hints[key], f"{where}.{key}") for key, value in document.items()})


def _value(value: Any, kind: Any, where: str) -> Any:
    origin = typing.get_origin(kind)
    if kind is Any:
        return frozen(value)
    if dataclasses.is_dataclass(kind):
        return _dataclass(value, cast(type[Any], kind), where)
    if origin is tuple:
        if not isinstance(value, list):
            raise BadInput(f"{where} must be a list.", "Plan again.")
        item = typing.get_args(kind)[0]
        return tuple(_value(entry, item, f"{where}[{i}]") for i, entry in enumerate(value))
    if origin is not None and origin is not types.UnionType and issubclass(origin, Mapping):
        if not isinstance(value, dict):
            raise BadInput(f"{where} must be an object.", "Plan again.")
        item = typing.get_args(kind)[1]
        return {key: _value(entry, item, f"{where}.{key}") for key, entry in value.items()}
    return _scalar(value, kind, where)


def _scalar(value: Any, kind: Any, where: str) -> Any:
    if isinstance(kind, type) and issubclass(kind, Enum):
        try:
            return kind(value)
        except ValueError:
            allowed = ", ".join(str(member.value) for member in kind)
            raise BadInput(f"{where} must be one of {allowed}.", "Plan again.") from None
    wanted = {float: (int, float), int: (int,), str: (str,), bool: (bool,)}[kind]
    if not isinstance(value, wanted) or (isinstance(value, bool) and kind is not bool):
        raise BadInput(f"{where} must be {_NAMES[kind]}.", "Plan again.")
    return float(value) if kind is float else value


def frozen(value: Any) -> Any:
    """Parameters: lists become tuples, as they were in the plan."""
    if isinstance(value, list):
        return tuple(frozen(item) for item in value)
    if isinstance(value, dict):
        return {key: frozen(item) for key, item in value.items()}
    return value


_NAMES = {float: "a number", int: "a whole number", str: "a text", bool: "true or false"}
