"""A worked case drafted from what the engine says today, as TOML, for a person to read and correct.

A drafted case proves nothing until somebody has compared every line with the guideline: it only saves the typing.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from policies.check import fired, spelled_limits, spelled_models
from policies.demand import demands
from policies.facts import DatasetFacts, FieldFacts
from policies.grade import grade
from policies.grading import FieldGrade
from policies.pack import Pack
from policies.treatment import Demands

BOTH = ("unconditional", "conditional")
_PLAIN = FieldFacts("", "", "", 1.0)
_OPTIONAL = (
    "confidence",
    "distinct",
    "top_share",
    "type",
    "precision",
    "least",
    "needs_review",
    "overridden",
    "treated",
)


def draft_case(
    pack: Pack, id: str, fields: Sequence[FieldFacts], dataset: DatasetFacts, openness: Iterable[str] = BOTH
) -> str:
    """The text of one ``[[cases]]`` table that passes today.  Raises FactsError as grading does."""
    grading = grade(pack, fields, dataset)
    asked = {kind: demands(pack, grading, fields, kind) for kind in openness}
    graded = {g.field: g for g in grading.fields}
    lines = ["[[cases]]", f"id = {_text(id)}", f"rows = {dataset.rows}"]
    lines += [f"subjects = {dataset.subjects}"] if dataset.subjects else []
    lines += [f"sources = {dataset.sources}"] if dataset.sources != 1 else []
    lines += [f"measures = {_table(dataset.measures)}"] if dataset.measures else []
    lines += [f"attributes = {_table(dataset.attributes)}"] if dataset.attributes else []
    released = [{"id": before.id, "categories": list(before.categories)} for before in dataset.released]
    lines += [f"released = {_value(released)}"] if released else []
    lines += ["fields = [", *(f"  {_field(pack, f, graded.get(f.name), asked)}," for f in fields), "]"]
    lines += ["[cases.expect]", f"openness = {_text(grading.openness)}", f"levels = {_levels(pack, grading.levels)}"]
    lines += _lists(rules=sorted(fired(grading)), flags=grading.flags, blocks=grading.blocks)
    for kind, one in asked.items():
        lines.append(f"[cases.demands.{kind}]")
        lines += _demands(pack, one)
    return "\n".join(lines) + "\n"


def _field(pack: Pack, facts: FieldFacts, graded: FieldGrade | None, asked: Mapping[str, Demands]) -> str:
    told: dict[str, Any] = {"name": facts.name, "category": facts.category, "role": facts.role}
    for key in _OPTIONAL:
        if getattr(facts, key) != getattr(_PLAIN, key):
            told[key] = getattr(facts, key)
    if facts.alternatives:
        told["alternatives"] = dict(facts.alternatives)
    if graded is not None:
        told["levels"] = " ".join(graded.levels[scale] for scale in pack.scales if scale in graded.levels)
        told |= {"becomes": graded.role} if graded.role != facts.role else {}
        told |= {"markers": list(graded.markers)} if graded.markers else {}
        told["article"] = graded.article
    for kind, one in asked.items():
        told[kind] = next(f"{ask.method} {ask.entry}".strip() for ask in one.asks if ask.field == facts.name)
    return _table(told)


def _demands(pack: Pack, asked: Demands) -> Iterator[str]:
    codes = [code for code, *_ in asked.refusals]
    yield from _lists(models=spelled_models(asked), limits=spelled_limits(asked), refusals=codes)
    if asked.planned is not None and asked.planned.levels:
        yield f"after = {_levels(pack, asked.planned.levels)}"
    yield from _lists(obligations=asked.obligation_ids)
    if asked.release != "microdata":
        yield f"release = {_text(asked.release)}"


def _levels(pack: Pack, levels: Mapping[str, str]) -> str:
    return _text(" ".join(levels[scale] for scale in pack.scales if scale in levels))


def _lists(**lists: Sequence[str]) -> list[str]:
    return [f"{key} = {_value(list(items))}" for key, items in lists.items() if items]


def _table(values: Mapping[str, Any]) -> str:
    def key(name: str) -> str:
        return name if name.replace("_", "").isalnum() and name.isascii() else _text(name)

    return "{ " + ", ".join(f"{key(name)} = {_value(value)}" for name, value in values.items()) + " }"


def _value(value: Any) -> str:
    if isinstance(value, Mapping):
        return _table(value)
    if isinstance(value, list):
        return "[" + ", ".join(_value(item) for item in value) + "]"
    return _text(value) if isinstance(value, str) else str(value).lower()


def _text(value: str) -> str:
    """A JSON string without escapes of letters is a TOML basic string."""
    return json.dumps(value, ensure_ascii=False)
