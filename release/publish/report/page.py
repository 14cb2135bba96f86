"""report.html: one page, Chinese and English, no script and no network.

What a reader would get wrong: the page is drawn from the public evidence and from distributions that were already
made coarse (:mod:`release.steps.distribution`); nothing exact reaches the template, so no template can leak it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from markupsafe import Markup

from anonymizers.discovery import treatments
from classifiers.category import tree
from release.publish.describe.contents import Contents
from release.publish.report.charts import bars, pairs, same_labels
from release.publish.report.words import EVIDENCE, MODELS, OPENNESS, ROLES, Words, metric, words

HERE = Path(__file__).parent
UNCHANGED = "keep"
SAFE_ALREADY = Words("无需泛化,原样保留", "safe enough already, kept as it is")


def page(
    contents: Contents, evidence: Mapping[str, Any], distributions: Mapping[str, Mapping[str, Any]], key_id: str
) -> str:
    """The page.  ``evidence`` is the public evidence, ``distributions`` the coarse before and after of each field."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader(HERE), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    fields = [_field(field, distributions.get(field["name"])) for field in evidence["fields"]]
    return environment.get_template("page.html").render(
        css=Markup((HERE / "page.css").read_text(encoding="utf-8")),  # noqa: S704  # our own file
        contents=contents,
        about=contents.about,
        evidence=evidence,
        openness=words(OPENNESS, contents.openness.value),
        released=[field for field in fields if field["released"]],
        dropped=_dropped(fields),
        counts=_counts(evidence["fields"]),
        claims=[_claim(verdict) for verdict in evidence["verdicts"]],
        models=[_model(model) for model in evidence["models"]],
        classes=_classes(evidence["classes"]),
        known_by=[field["name"] for field in fields if field["released"] and field["role_id"] == "quasi-identifier"],
        least=_least(evidence["verdicts"]),
        key_id=key_id,
    )


def _least(verdicts: Sequence[Mapping[str, Any]]) -> str:
    """The k that was demanded and holds; empty when none was."""
    return next((f"{v['limit']:g}" for v in verdicts if v["metric"] == "k" and v["op"] == ">=" and v["holds"]), "")


def _counts(fields: Sequence[Mapping[str, Any]]) -> dict[str, int]:
    released = [field for field in fields if field["released"]]
    kept = sum(_untouched(field) for field in released)
    return {
        "all": len(fields),
        "dropped": len(fields) - len(released),
        "changed": len(released) - kept,
        "kept": kept,
    }


def _dropped(fields: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Removed fields, those of one kind removed under one article on one line."""
    lines: dict[tuple[Any, ...], dict[str, Any]] = {}
    for field in fields:
        if not field["released"]:
            alike = (field["category"], field["grade"], field["article"], field["evidence"])
            lines.setdefault(alike, {**field, "names": []})["names"].append(field["name"])
    return list(lines.values())


def _untouched(field: Mapping[str, Any]) -> bool:
    return bool(field["treatment"] == UNCHANGED or field["level"] == 0)


def _field(field: Mapping[str, Any], data: Mapping[str, Any] | None) -> dict[str, Any]:
    return {
        "name": field["name"],
        "released": field["released"],
        "category": category(field["category"]),
        "role_id": field["role"],
        "role": words(ROLES, field["role"]),
        "grade": " · ".join(f"{scale} {level}" for scale, level in field["grade"].items()),
        "treatment": SAFE_ALREADY if field["level"] == 0 else treatment(field["treatment"]),
        "untouched": _untouched(field),
        "level": field["level"],
        "params": parameters(field["params"]),
        "article": field["article"] or field["grade_article"],
        "evidence": words(EVIDENCE, field["evidence"]) if field["evidence"] else None,
        "unverified": field["evidence"] not in ("", "verified"),
        "reason": field["reason"],
        "chart": _chart(field["name"], data),
    }


def _chart(name: str, data: Mapping[str, Any] | None) -> dict[str, Any]:
    if not data or data.get("kind", "hidden") == "hidden":
        return {"form": "hidden"}
    if same_labels(data):
        return {"form": "pair", "pair": pairs(data, title=name)}
    sides = {
        side: bars(data[side], data[f"other_{side}"], kind=side, title=f"{name}: {side}") if data[side] else None
        for side in ("before", "after")
    }
    return {"form": "sides", **sides}


def category(identifier: str) -> Words:
    """The names of a category from the category tree; the identifier itself where the tree does not know it."""
    known = tree()
    if identifier not in known:
        return Words(identifier or "未知", identifier or "unknown")
    return Words(known[identifier].zh, known[identifier].en)


def treatment(name: str) -> Words:
    """The names of a treatment, as the treatment itself gives them."""
    known = treatments()
    if name not in known:
        return Words(name, name)
    return Words(known[name].title_zh, known[name].title_en)


def parameters(params: Mapping[str, Any]) -> str:
    """Parameters on one line: ``width 5 · levels 4``; how many entries where the plan counts a list."""
    return " · ".join(f"{name} {_parameter(value)}" for name, value in params.items())


def _parameter(value: Any) -> str:
    if isinstance(value, Mapping):
        return "(" + ", ".join(f"{name} {_parameter(inner)}" for name, inner in value.items()) + ")"
    return f"{value:g}" if isinstance(value, float) else str(value)


def _claim(verdict: Mapping[str, Any]) -> dict[str, Any]:
    title, meaning = metric(verdict["metric"])
    sign = {">=": "≥", "<=": "≤", "==": "="}.get(verdict["op"], verdict["op"])
    return {**verdict, "title": title, "meaning": meaning, "demanded": f"{sign} {verdict['limit']:g}"}


def _model(model: Mapping[str, Any]) -> dict[str, Any]:
    return {"name": words(MODELS, model["name"]), "params": parameters(model["params"])}


def _classes(classes: Sequence[Mapping[str, Any]]) -> Markup | None:
    shares = [(str(entry["size"]), float(entry["share"])) for entry in classes]
    return bars(shares, 0.0, kind="after", title="class sizes") if shares else None
