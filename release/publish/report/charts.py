"""Small bar charts as inline SVG: no script, no font, no network; every bar has its number beside it.

What a reader would get wrong: labels are values of the released table and may hold anything, so every text goes
through ``Markup.format``, which escapes it.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from typing import Any

from markupsafe import Markup

WIDTH = 340
LABEL = 118
VALUE = 44
BAR = WIDTH - LABEL - VALUE
ROW = 20
PAIR = 27
MOST_WIDE = 15  # columns of text that fit the label, a Chinese sign being two

Shares = Sequence[tuple[str, float]]


def bars(shares: Shares, other: float, *, kind: str, title: str, full: float = 0.01) -> Markup:
    """One bar a label, then the pooled rest; ``kind`` is the class that colours the bars, ``full`` the least share that
    a bar of full length stands for."""
    top = max([share for _, share in shares] + [other, full])
    rows = [_bar(place * ROW, label, share, top, kind) for place, (label, share) in enumerate(shares)]
    if other > 0:
        rows.append(_bar(len(shares) * ROW, None, other, top, f"{kind} pooled"))
    return _svg(len(rows) * ROW, f"{title}: {_spoken(shares)}", rows)


def pairs(data: Mapping[str, Any], *, title: str) -> Markup:
    """Before above after for each label; for distributions whose labels are the same on both sides."""
    before, after = dict(data["before"]), dict(data["after"])
    labels: list[str | None] = [*before, *(label for label in after if label not in before)]
    values = [(before.get(str(label), 0.0), after.get(str(label), 0.0)) for label in labels]
    if data["other_before"] > 0 or data["other_after"] > 0:
        labels.append(None)
        values.append((data["other_before"], data["other_after"]))
    top = max([max(pair) for pair in values] + [0.01])
    rows = []
    for place, (label, (first, second)) in enumerate(zip(labels, values, strict=True)):
        y = place * PAIR
        rows.append(_label(y + 17, label))
        rows.append(_rect(y + 4, 8, first, top, "before") + _value(y + 11, first, small=True))
        rows.append(_rect(y + 14, 8, second, top, "after") + _value(y + 21.5, second, small=True))
    told = f"{title} · before: {_spoken(data['before'])} · after: {_spoken(data['after'])}"
    return _svg(len(labels) * PAIR, told, rows)


def _spoken(shares: Shares) -> str:
    """The numbers of a chart for those who cannot see it."""
    return ", ".join(f"{label} {share * 100:.0f} %" for label, share in shares) or "—"


def same_labels(data: Mapping[str, Any]) -> bool:
    """Whether the two sides can share one chart: most labels of the released side occur on the raw side."""
    before, after = {label for label, _ in data["before"]}, {label for label, _ in data["after"]}
    return bool(after) and len(after & before) * 2 >= len(after | before)


def _svg(height: int, told: str, rows: Sequence[Markup]) -> Markup:
    return Markup(
        '<svg class="chart" viewBox="0 0 {} {}" role="img" aria-label="{}" preserveAspectRatio="xMinYMin meet">{}</svg>'
    ).format(WIDTH, max(height, ROW), told, Markup("").join(rows))


def _bar(y: int, label: str | None, share: float, top: float, kind: str) -> Markup:
    return _label(y + 14, label) + _rect(y + 4, 12, share, top, kind) + _value(y + 14, share)


def _label(y: float, label: str | None) -> Markup:
    if label is None:
        zh, en = (
            Markup('<text class="label {}" lang="{}" x="{}" y="{}">{}</text>').format(cls, tag, LABEL - 8, y, text)
            for cls, tag, text in (("zh", "zh", "其他或缺失"), ("en", "en", "other / missing"))
        )
        return zh + en
    return Markup('<text class="label" x="{}" y="{}">{}<title>{}</title></text>').format(
        LABEL - 8, y, shortened(label), label
    )


def _rect(y: float, height: int, share: float, top: float, kind: str) -> Markup:
    width = round(max(BAR * share / top, 1.5 if share > 0 else 0), 1)
    return Markup('<rect class="{}" x="{}" y="{}" width="{}" height="{}" rx="1.5"/>').format(
        kind, LABEL, y, width, height
    )


def _value(y: float, share: float, *, small: bool = False) -> Markup:
    text = "< 1 %" if 0 < share < 0.01 else f"{share * 100:.0f} %"
    return Markup('<text class="value{}" x="{}" y="{}">{}</text>').format(" small" if small else "", WIDTH, y, text)


def shortened(label: str) -> str:
    """``label`` cut to what fits beside a bar; control signs become spaces."""
    clean = "".join(" " if unicodedata.category(sign)[0] == "C" else sign for sign in label)
    width = 0
    for place, sign in enumerate(clean):
        width += 2 if unicodedata.east_asian_width(sign) in "WF" else 1
        if width > MOST_WIDE and place < len(clean) - 1:
            return clean[: max(place - 1, 1)] + "…"
    return clean
