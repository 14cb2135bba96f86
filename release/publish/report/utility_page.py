"""utility.html: what a treated table is still good for, Chinese and English, no script, no network.

Figures of the raw table stand in it: it is for whoever decides, never for publication.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from release.publish.report.charts import bars, pairs, same_labels
from release.publish.report.heatmap import heatmap
from release.publish.report.models_chart import models_chart
from release.publish.report.words import Words

HERE = Path(__file__).parent
SHOWN = (
    "total-variation",
    "wasserstein",
    "kolmogorov-smirnov",
    "jensen-shannon",
    "quantiles",
    "missings",
    "granularity",
)
WORST = 10
MODELS = {
    "logistic-regression": Words("逻辑回归", "logistic regression"),
    "linear-regression": Words("线性回归", "linear regression"),
    "random-forest": Words("随机森林", "random forest"),
    "gradient-boosting": Words("梯度提升", "gradient boosting"),
    "naive-bayes": Words("朴素贝叶斯", "naive Bayes"),
}
MAPS = {
    "association": Words("关联强度(Cramér V)", "association (Cramér's V)"),
    "correlation": Words("相关系数(数值字段)", "correlation (numeric fields)"),
}


def utility_page(name: str, found: Mapping[str, Any]) -> str:
    """The page of the table called ``name``; ``found`` is the document of ``release.steps.utility``."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader(HERE), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    return environment.get_template("utility.html").render(
        name=name,
        rows=found["rows"],
        paired=found["paired"],
        table=_table(found),
        distances=_distances(found),
        maps=_maps(found["matrices"]),
        worst=_worst(found["links"]),
        fields=[_field(name, data) for name, data in found["distributions"].items()],
        learning=_learning(found["learning"]),
    )


def _table(found: Mapping[str, Any]) -> list[dict[str, Any]]:
    lines = []
    for name, both in found["table"].items():
        told = found["metrics"][name]
        lines.append(
            {
                "title": Words(told["zh"], told["en"]),
                "definition": told["definition"],
                "before": _number(both["before"]),
                "after": _number(both["after"]),
            }
        )
    return lines


def _number(value: float | None) -> str:
    if value is None:
        return "—"
    return f"{value:,.0f}" if abs(value) >= 1e4 else f"{value:.4g}"


def _distances(found: Mapping[str, Any]) -> list[dict[str, Any]]:
    """One bar chart a distance, fields with the largest first."""
    made = []
    for metric in SHOWN:
        told = found["metrics"][metric]
        values = [(field, one[metric]) for field, one in found["fields"].items() if one.get(metric) is not None]
        if values:
            values.sort(key=lambda pair: (-pair[1], pair[0]))
            chart = bars(values, 0.0, kind="change", title=told["en"], full=1.0)
            made.append({"title": Words(told["zh"], told["en"]), "definition": told["definition"], "chart": chart})
    return made


def _maps(matrices: Mapping[str, Any]) -> list[dict[str, Any]]:
    made = []
    for kind, title in MAPS.items():
        data = matrices[kind]
        if data is None or len(data["fields"]) < 2:
            continue
        names, before, after = data["fields"], data["before"], data["after"]
        change = [[abs(a - b) for a, b in zip(x, y, strict=True)] for x, y in zip(before, after, strict=True)]
        sides = {"before": before, "after": after, "change": change}
        charts = {
            side: heatmap(names, matrix, kind=side, told=f"{title.en}: {side}, {len(names)} × {len(names)}")
            for side, matrix in sides.items()
        }
        made.append({"title": title, **charts})
    return made


def _worst(links: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The pairs that changed most, each with its association before and after."""
    known = [one for one in links if one["two-way"] is not None]
    known.sort(key=lambda one: (-one["two-way"]["distance"], one["fields"]))
    return [
        {
            "name": " × ".join(one["fields"]),
            "distance": one["two-way"]["distance"],
            "before": one["cramers-v"]["before"],
            "after": one["cramers-v"]["after"],
        }
        for one in known[:WORST]
    ]


def _field(name: str, data: Mapping[str, Any]) -> dict[str, Any]:
    if data["kind"] == "hidden":
        return {"name": name, "form": "hidden"}
    if same_labels(data):
        return {"name": name, "form": "pair", "pair": pairs(data, title=name)}
    sides = {
        side: bars(data[side], data[f"other_{side}"], kind=side, title=f"{name}: {side}") if data[side] else None
        for side in ("before", "after")
    }
    return {"name": name, "form": "sides", **sides}


def _learning(found: Mapping[str, Any] | None) -> dict[str, Any] | None:
    if found is None:
        return None
    models = [{**one, "title": MODELS[one["model"]]} for one in found["models"]]
    return {**found, "models": models, "chart": models_chart(models, told=f"models predicting {found['target']}")}
