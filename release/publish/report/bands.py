"""Noisy values with their 95 % bands, and a budget as a gauge, as inline SVG: no script, no font, no network.

What a reader would get wrong: the band is where the true number lies, not how the value varies.  Labels are public
group names and may hold anything; every text goes through ``Markup.format``, which escapes it.
"""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

WIDTH = 480
LEFT, RIGHT, TOP, ROW, FOOT = 118, 104, 8, 24, 26
MOST_WIDE = 15
GAUGE_HEIGHT = 58


@dataclass(frozen=True, slots=True)
class Point:
    """A published number and the ends of its interval; None where nothing can be said."""

    label: str
    value: float | None
    low: float
    high: float


def bands(points: Sequence[Point], *, title: str) -> Markup:
    """One line a group: the band, the noisy value as a dot, and both in figures."""
    ends = [end for p in points for end in (p.low, p.high, *([] if p.value is None else [p.value]))]
    low, high = min([*ends, 0.0]), max([*ends, 0.0])
    ticks = _ticks(low, high)
    scale = _Scale(min(low, ticks[0]), max(high, ticks[-1]))
    bottom = TOP + ROW * len(points)
    parts = [_grid(scale, ticks, bottom)]
    parts += [_point(scale, TOP + ROW * place, point) for place, point in enumerate(points)]
    told = "; ".join(f"{p.label} {_figure(p)}" for p in points)
    return Markup('<svg class="bands" viewBox="0 0 {} {}" role="img" aria-label="{}">{}</svg>').format(
        WIDTH, bottom + FOOT, f"{title}: {told}", Markup("").join(parts)
    )


def gauge(spent: float, now: float, cap: float, *, zh: str, en: str) -> Markup:
    """``spent`` of ``cap`` in all, of which ``now`` by this release."""
    across = WIDTH - 2
    before = across * min(max(spent - now, 0) / cap, 1) if cap else across
    whole = across * min(spent / cap, 1) if cap else across
    return Markup(
        '<svg class="budget" viewBox="0 0 {w} {h}" role="img" aria-label="{told}">'
        '<rect class="rail" x="1" y="6" width="{a}" height="20" rx="4"/>'
        '<rect class="spent" x="1" y="6" width="{b:.1f}" height="20" rx="4"/>'
        '<rect class="now" x="{x:.1f}" y="6" width="{n:.1f}" height="20" rx="2"/>'
        '<text class="zh" lang="zh" x="1" y="48">{zh}</text><text class="en" lang="en" x="1" y="48">{en}</text></svg>'
    ).format(
        w=WIDTH,
        h=GAUGE_HEIGHT,
        told=f"{zh} {en}",
        a=across,
        b=before,
        x=1 + before,
        n=max(whole - before, 0),
        zh=zh,
        en=en,
    )


@dataclass(frozen=True, slots=True)
class _Scale:
    low: float
    high: float

    def x(self, value: float) -> float:
        across = WIDTH - LEFT - RIGHT
        return round(LEFT + across * (value - self.low) / ((self.high - self.low) or 1), 1)


def _ticks(low: float, high: float) -> list[float]:
    """Three to six round numbers that span the values."""
    span = (high - low) or 1.0
    step = 10.0 ** math.floor(math.log10(span / 3))
    step = next(step * m for m in (1, 2, 5, 10) if span / (step * m) <= 4.5)
    return [step * n for n in range(math.floor(low / step), math.ceil(high / step) + 1)]


def _grid(scale: _Scale, ticks: Sequence[float], bottom: int) -> Markup:
    parts = []
    for tick in ticks:
        x = scale.x(tick)
        kind = "zero" if tick == 0 else "grid"
        parts.append(Markup('<line class="{}" x1="{}" x2="{}" y1="{}" y2="{}"/>').format(kind, x, x, TOP, bottom))
        parts.append(Markup('<text class="tick" x="{}" y="{}">{}</text>').format(x, bottom + 18, _short(tick)))
    return Markup("").join(parts)


def _point(scale: _Scale, y: int, point: Point) -> Markup:
    middle = y + ROW / 2
    left, right = scale.x(point.low), scale.x(point.high)
    parts = [
        Markup('<text class="label" x="{}" y="{}">{}</text>').format(LEFT - 10, middle + 4, _cut(point.label)),
        Markup('<rect class="band" x="{}" y="{}" width="{:.1f}" height="10" rx="5"/>').format(
            left, middle - 5, max(right - left, 1.0)
        ),
        Markup('<text class="value" x="{}" y="{}">{}</text>').format(WIDTH - 2, middle + 4, _figure(point)),
    ]
    if point.value is not None:
        parts.append(Markup('<circle class="noisy" cx="{}" cy="{}" r="4"/>').format(scale.x(point.value), middle))
    return Markup("").join(parts)


def _figure(point: Point) -> str:
    if point.value is None:
        return "—"
    half = (point.high - point.low) / 2
    return f"{_short(point.value)} ±{_short(half)}"


def _short(number: float) -> str:
    size = abs(number)
    for unit, word in ((1e9, "G"), (1e6, "M"), (1e4, "k")):
        if size >= unit:
            return f"{number / (1e3 if word == 'k' else unit):.3g}{word}"
    return f"{number:.4g}"


def _cut(label: str) -> str:
    """The label as far as it fits; a Chinese sign is as wide as two others."""
    taken, kept = 0, ""
    for sign in label:
        taken += 2 if unicodedata.east_asian_width(sign) in "WF" else 1
        if taken > MOST_WIDE:
            return f"{kept}…"
        kept += sign
    return kept
