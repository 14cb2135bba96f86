"""A square matrix as inline SVG: darker is more, every cell says its number when pointed at, names on both sides.

What a reader would get wrong: cells are the strength of an association (0 to 1, a sign of a correlation is dropped) or,
on the third map, how much it changed.  Names are fields of the table and are escaped.
"""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from release.publish.report.charts import shortened

CELL = 26
SIDE = 118
LEAST_WIDTH = 330
NUMBERED = 14  # more fields than this leave no room for numbers in the cells

Matrix = Sequence[Sequence[float]]


def heatmap(names: Sequence[str], matrix: Matrix, *, kind: str, told: str) -> Markup:
    """``kind`` is the class that colours the cells (``before``, ``after``, ``change``)."""
    size = len(names)
    parts = [_side(number, name) + _head(number, name) for number, name in enumerate(names)]
    parts += [
        _cell(row, column, abs(value), names, numbers=size <= NUMBERED and row != column)
        for row, line in enumerate(matrix)
        for column, value in enumerate(line)
    ]
    return Markup('<svg class="heat {}" viewBox="0 0 {} {}" role="img" aria-label="{}">{}</svg>').format(
        kind, max(SIDE + size * CELL + 6, LEAST_WIDTH), SIDE + size * CELL + 4, told, Markup("").join(parts)
    )


def _side(number: int, name: str) -> Markup:
    return Markup('<text class="label" x="{}" y="{}">{}<title>{}</title></text>').format(
        SIDE - 6, SIDE + number * CELL + 17, shortened(name), name
    )


def _head(number: int, name: str) -> Markup:
    x, y = SIDE + number * CELL + 17, SIDE - 6
    return Markup('<text class="head" transform="translate({} {}) rotate(-90)">{}<title>{}</title></text>').format(
        x, y, shortened(name), name
    )


def _cell(row: int, column: int, value: float, names: Sequence[str], *, numbers: bool) -> Markup:
    x, y = SIDE + column * CELL, SIDE + row * CELL
    shade = round(min(max(value, 0.0), 1.0), 3)
    made = Markup('<g><rect x="{}" y="{}" width="{}" height="{}" fill-opacity="{}"/>').format(
        x, y, CELL - 2, CELL - 2, 0.06 if row == column else max(shade, 0.03)
    )
    if numbers:
        made += Markup('<text class="{}" x="{}" y="{}">{}</text>').format(
            "dark" if shade > 0.55 else "light", x + (CELL - 2) / 2, y + 16, f"{min(value, 1.0) * 100:.0f}"
        )
    return made + Markup("<title>{} × {}: {}</title></g>").format(names[row], names[column], f"{value:.3f}")
