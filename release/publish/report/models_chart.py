"""Scores of models as inline SVG: trained on raw rows above trained on treated ones, the baseline as a line.

What a reader would get wrong: bars begin at 0, so the part of a bar left of the line is what needs no model at all.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from markupsafe import Markup

WIDTH, LABEL, VALUE = 620, 140, 56
BAR = WIDTH - LABEL - VALUE
ROW = 46
TOP = 22


def models_chart(models: Sequence[Mapping[str, Any]], *, told: str) -> Markup:
    """``models`` have ``title``, ``baseline``, ``raw`` and ``treated`` (None: nothing to learn from); scores below 0
    are drawn as 0."""
    parts = [_model(number, one) for number, one in enumerate(models)]
    baseline = max(min(models[0]["baseline"], 1.0), 0.0) if models else 0.0
    x = round(LABEL + BAR * baseline, 1)
    height = TOP + len(models) * ROW
    line = Markup(
        '<line class="baseline" x1="{0}" y1="{1}" x2="{0}" y2="{2}"/>'
        '<text class="axis" x="{0}" y="13" text-anchor="{3}">基线 · baseline {4}</text>'
    ).format(
        x, TOP - 4, height, "start" if baseline < 0.3 else "middle" if baseline < 0.8 else "end", f"{baseline:.3f}"
    )
    return Markup('<svg class="models" viewBox="0 0 {} {}" role="img" aria-label="{}">{}{}</svg>').format(
        WIDTH, height + 4, told, Markup("").join(parts), line
    )


def _model(number: int, one: Mapping[str, Any]) -> Markup:
    y = TOP + number * ROW
    title = one["title"]
    made = Markup(
        '<text class="label" x="{0}" y="{1}">{2}</text><text class="label en" x="{0}" y="{3}">{4}</text>'
    ).format(LABEL - 10, y + 15, title.zh, y + 32, title.en)
    return made + _bar(y + 4, one["raw"], "before") + _bar(y + 22, one["treated"], "after")


def _bar(y: int, score: float | None, kind: str) -> Markup:
    if score is None:
        return Markup('<text class="value" x="{}" y="{}">无可学 · nothing to learn</text>').format(WIDTH, y + 11)
    width = round(BAR * min(max(score, 0.0), 1.0), 1)
    return Markup(
        '<rect class="{}" x="{}" y="{}" width="{}" height="14" rx="1.5"/><text class="value" x="{}" y="{}">{}</text>'
    ).format(kind, LABEL, y, width, WIDTH, y + 11, f"{score:.3f}")
