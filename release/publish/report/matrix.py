"""A square of numbers between 0 and 1 for every pair of names, as one SVG: darker is more, and each number is written.

What a reader would get wrong: names of fields may hold anything, so every text goes through ``Markup.format``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from markupsafe import Markup

from release.publish.report.charts import shortened

CELL, LABEL, TOP = 46, 130, 130
INK = 0.55  # from this darkness on numbers are written in white


def matrix(names: Sequence[str], values: Mapping[tuple[int, int], float], *, title: str) -> Markup:
    """``values`` by pairs of places in ``names``, the smaller place first; stands by itself as a file."""
    top = max(values.values(), default=0.0) or 1.0
    width = LABEL + CELL * len(names) + 10
    parts = [_name(place, name) for place, name in enumerate(names)]
    parts += [_cell(row, column, value, value / top) for (row, column), value in sorted(values.items())]
    told = ", ".join(f"{names[a]} × {names[b]} {value:.3f}" for (a, b), value in sorted(values.items()))
    return Markup(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {} {}" role="img" font-family="sans-serif" '
        'font-size="12"><title>{}</title><desc>{}</desc>{}</svg>'
    ).format(width, TOP + CELL * len(names) + 10, title, told, Markup("").join(parts))


def _name(place: int, name: str) -> Markup:
    middle = CELL * place + CELL / 2
    text = shortened(name)
    return Markup(
        '<text x="{}" y="{}" text-anchor="end">{}</text><text transform="translate({},{}) rotate(-45)">{}</text>'
    ).format(LABEL - 6, TOP + middle + 4, text, LABEL + middle, TOP - 6, text)


def _cell(row: int, column: int, value: float, darkness: float) -> Markup:
    x, y = LABEL + CELL * column, TOP + CELL * row
    return Markup(
        '<rect x="{}" y="{}" width="{}" height="{}" fill="#7a1f2b" fill-opacity="{:.3f}" stroke="#ccc"/>'
        '<text x="{}" y="{}" text-anchor="middle" fill="{}">{:.3f}</text>'
    ).format(x, y, CELL, CELL, darkness, x + CELL / 2, y + CELL / 2 + 4, "#fff" if darkness > INK else "#222", value)
