"""The plan as everybody may read it, and reading it back.

What a reader would get wrong: a plan is not harmless.  Its input digest lets a guess at the input be confirmed, and a
hierarchy or a mapping among its parameters can list the values of the raw column.  So the digest is keyed and lists
are counted; methods, levels, numbers and limits stay, because they are what a claim is checked against.
"""

from __future__ import annotations

import dataclasses
import json
import re
from collections.abc import Mapping
from typing import Any

from release.nouns.errors import Tampered
from release.nouns.openness import Openness
from release.nouns.plan import PLAN_FORMAT, FieldPlan, Limit, ModelSpec, Plan, PolicyRef, SearchSpec
from release.publish.signature import SigningKey, keyed_digest

MAX_PLAN = 64 << 20
MAX_TEXT = 80
_WORD = re.compile(r"[A-Za-z][A-Za-z0-9_-]{0,31}")
_MOST_KEYS = 16


def public(plan: Plan, key: SigningKey) -> Plan:
    """``plan`` with a keyed input digest and parameters that list no values."""
    return dataclasses.replace(
        plan,
        dataset_digest=keyed_digest(key, "input", plan.dataset_digest.encode()),
        fields=tuple(dataclasses.replace(field, params=_coarse_map(field.params)) for field in plan.fields),
        models=tuple(dataclasses.replace(model, params=_coarse_map(model.params)) for model in plan.models),
    )


def _coarse_map(params: Mapping[str, Any]) -> dict[str, Any]:
    return {name: _coarse(params[name]) for name in sorted(params)}


def _coarse(value: Any) -> Any:
    """Numbers and names stay; lists and mappings of values become their size."""
    if value is None or isinstance(value, (bool, int, float)):
        return value
    if isinstance(value, str):
        name = value.replace("\\", "/").rsplit("/", 1)[-1]
        return name if len(name) <= MAX_TEXT and "\n" not in name else {"characters": len(value)}
    if isinstance(value, Mapping):
        options = len(value) <= _MOST_KEYS and all(_WORD.fullmatch(str(key)) for key in value)
        return _coarse_map(value) if options else {"entries": len(value)}
    return {"entries": len(value)} if hasattr(value, "__len__") else {"kind": type(value).__name__}


def read_plan(content: bytes) -> Plan:
    """Parses a plan from JSON, whoever wrote it.  Raises Tampered when a key is missing, unknown or of a wrong kind."""
    if len(content) > MAX_PLAN:
        raise Tampered("The plan is larger than any plan.")
    try:
        document = json.loads(content)
    except (ValueError, RecursionError):
        raise Tampered("The plan is not JSON.") from None
    return plan_of(document)


def plan_of(document: Any) -> Plan:
    """The Plan in a parsed JSON ``document``.  Raises Tampered as :func:`read_plan` does."""
    try:
        _only(document, Plan)
        if document["format"] != PLAN_FORMAT:
            raise Tampered("The plan has a format this version does not read.")
        return Plan(
            policy=_value(PolicyRef, document["policy"]),
            dataset_digest=_text(document["dataset_digest"]),
            dataset_name=_text(document["dataset_name"]),
            openness=Openness(_text(document["openness"])),
            fields=tuple(_value(FieldPlan, item) for item in _list(document["fields"])),
            models=tuple(_value(ModelSpec, item) for item in _list(document["models"])),
            search=_value(SearchSpec, document["search"]),
            limits=tuple(_value(Limit, item) for item in _list(document["limits"])),
            obligations=tuple(_text(item) for item in _list(document["obligations"])),
            reasons=tuple(_text(item) for item in _list(document["reasons"])),
        )
    except (KeyError, TypeError, ValueError):
        raise Tampered("The plan has a key that is missing, unknown or of a wrong kind.") from None


_KINDS: dict[str, tuple[type, ...]] = {"str": (str,), "float": (int, float), "int": (int,), "bool": (bool,)}


def _value(kind: Any, document: Any) -> Any:
    """A flat dataclass of plain values from a JSON object; TypeError when anything is off."""
    _only(document, kind)
    found: dict[str, Any] = {}
    for field in dataclasses.fields(kind):
        if field.name not in document:
            continue
        value = document[field.name]
        expected = _KINDS.get(str(field.type), (dict,))
        if not isinstance(value, expected) or (isinstance(value, bool) and bool not in expected):
            raise TypeError(field.name)
        found[field.name] = value
    return kind(**found)


def _only(document: Any, kind: Any) -> None:
    if not isinstance(document, dict) or set(document) - {field.name for field in dataclasses.fields(kind)}:
        raise TypeError(kind.__name__)


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError("text")
    return value


def _list(value: Any) -> list[Any]:
    if not isinstance(value, list):
        raise TypeError("list")
    return value
