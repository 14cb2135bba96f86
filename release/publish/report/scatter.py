"""The frontier as inline SVG: one dot for the nodes that fall on one spot, the front as a line, the knee as a ring.

What a reader would get wrong: higher is safer on the k chart and riskier on the other, so each says so on its axis.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from markupsafe import Markup
from numpy.typing import NDArray

WIDTH, HEIGHT = 640, 420
LEFT, RIGHT, TOP, BOTTOM = 62, 30, 36, 58
DOT = 2

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Mark:
    """A node that is named: where it lies, what it is called in both languages, the class that draws it."""

    across: float
    up: float
    zh: str
    en: str
    kind: str


def scatter(
    across: Floats, up: Floats, line: Sequence[int], marks: Sequence[Mark], *, zh: str, en: str, told: str
) -> Markup:
    """``across`` from 0 to 1 (loss), ``up`` > 0 on a logarithmic axis named ``zh`` and ``en``; ``line`` are numbers of
    nodes in order."""
    low, high = _bounds(up)
    place = _Place(low, high)
    parts = [_grid(place, zh, en), _cloud(place, across, up), _line(place, across, up, line)]
    parts += [_mark(place, mark) for mark in marks]
    return Markup('<svg class="frontier" viewBox="0 0 {} {}" role="img" aria-label="{}">{}</svg>').format(
        WIDTH, HEIGHT, told, Markup("").join(parts)
    )


@dataclass(frozen=True, slots=True)
class _Place:
    """From data to the picture."""

    low: float
    high: float

    def x(self, value: float) -> float:
        return round(LEFT + (WIDTH - LEFT - RIGHT) * min(max(value, 0.0), 1.0), 1)

    def y(self, value: float) -> float:
        part = (math.log(value) - math.log(self.low)) / (math.log(self.high) - math.log(self.low))
        return round(HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * part, 1)


def _bounds(up: Floats) -> tuple[float, float]:
    some = up[up > 0]
    if not some.size:
        return 1.0, 10.0
    low, high = float(some.min()), float(some.max())
    return (low, high * 1.15) if high > low else (low / 2.0, low * 2.0)


def _grid(place: _Place, zh: str, en: str) -> Markup:
    parts = []
    for step in range(0, 11, 2):
        x = place.x(step / 10)
        parts.append(
            Markup('<line class="grid" x1="{0}" y1="{1}" x2="{0}" y2="{2}"/><text x="{0}" y="{3}">{4}</text>').format(
                x, TOP, HEIGHT - BOTTOM, HEIGHT - BOTTOM + 16, f"{step * 10} %"
            )
        )
    for value in ticks(place.low, place.high):
        y = place.y(value)
        parts.append(
            Markup(
                '<line class="grid" x1="{0}" y1="{1}" x2="{2}" y2="{1}"/><text class="side" x="{3}" y="{4}">{5}</text>'
            ).format(LEFT, y, WIDTH - RIGHT, LEFT - 7, round(y + 4, 1), f"{value:g}")
        )
    middle = (LEFT + WIDTH - RIGHT) / 2
    parts.append(
        Markup('<text class="axis" x="{}" y="{}">信息损失(越左越好) · loss (further left is better)</text>').format(
            middle, HEIGHT - 14
        )
    )
    parts.append(Markup('<text class="axis top" x="2" y="16">{} · {}</text>').format(zh, en))
    return Markup("").join(parts)


def ticks(low: float, high: float) -> list[float]:
    """1, 2 and 5 times powers of ten within the bounds; only the powers where that would be many."""
    first, last = math.floor(math.log10(low)), math.ceil(math.log10(high))
    steps = (1, 2, 5) if last - first <= 4 else (1,)
    all_of_them = [step * 10.0**power for power in range(first, last + 1) for step in steps]
    return [value for value in all_of_them if low * 0.999 <= value <= high * 1.001]


def _cloud(place: _Place, across: Floats, up: Floats) -> Markup:
    """Nodes on a raster: darker where more of them lie on one spot."""
    some = up > 0
    x = LEFT + (WIDTH - LEFT - RIGHT) * np.clip(across[some], 0.0, 1.0)
    part = (np.log(up[some]) - math.log(place.low)) / (math.log(place.high) - math.log(place.low))
    y = HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * part
    spots, count = np.unique(np.stack((x // DOT, y // DOT), 1).astype(int), axis=0, return_counts=True)
    shades = []
    for name, least, most in (("few", 1, 2), ("some", 2, 5), ("many", 5, None)):
        mine = spots[(count >= least) & (count < (most or count.max(initial=0) + 1))]
        path = "".join(f"M{a * DOT} {b * DOT}h{DOT}v{DOT}h-{DOT}z" for a, b in mine.tolist())
        shades.append(Markup('<path class="dots {}" d="{}"/>').format(name, path))
    return Markup("").join(shades)


def _line(place: _Place, across: Floats, up: Floats, line: Sequence[int]) -> Markup:
    points = [(place.x(float(across[number])), place.y(float(up[number]))) for number in line]
    path = " ".join(f"{x},{y}" for x, y in points)
    dots = Markup("").join(Markup('<circle class="front" cx="{}" cy="{}" r="3"/>').format(x, y) for x, y in points)
    return Markup('<polyline class="front" points="{}"/>').format(path) + dots


def _mark(place: _Place, mark: Mark) -> Markup:
    x, y = place.x(mark.across), place.y(mark.up)
    side = x > WIDTH * 0.35
    return Markup(
        '<g class="mark {}" text-anchor="{}"><circle cx="{}" cy="{}" r="7"/><text x="{}" y="{}">{} · {}</text></g>'
    ).format(mark.kind, "end" if side else "start", x, y, x - 12 if side else x + 12, y + 4, mark.zh, mark.en)
