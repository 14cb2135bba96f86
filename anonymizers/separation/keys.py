"""Which of all measured subsets matter: minimal keys, and what one column adds to others."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from anonymizers.separation.figures import Figures


def minimal(figures: Iterable[Figures], alone: float = 1.0) -> tuple[Figures, ...]:
    """The subsets in which at least the share ``alone`` of the rows stands alone, and no smaller subset of which does
    it; with 1.0 the minimal keys.  In the order of size, then of figures."""
    found: list[Figures] = []
    for one in sorted(figures, key=lambda f: (len(f.fields), -f.uniques, f.fields)):
        if one.rows and one.alone >= alone and not any(set(k.fields) <= set(one.fields) for k in found):
            found.append(one)
    return tuple(found)


def by_fields(figures: Iterable[Figures]) -> dict[tuple[int, ...], Figures]:
    """The figures by their columns, for looking up."""
    return {one.fields: one for one in figures}


def strongest_with(
    column: int, others: Iterable[int], figures: Mapping[tuple[int, ...], Figures], size: int
) -> tuple[Figures, Figures | None] | None:
    """Where ``column`` adds most rows that stand alone to at most ``size`` - 1 of ``others``: the subset with it and
    the one without it (None where it stands by itself).  The smallest subset wins a tie; None without figures."""
    allowed = {column, *others}
    best: tuple[float, int, Sequence[int]] | None = None
    for fields, with_it in figures.items():
        if column not in fields or len(fields) > size or not set(fields) <= allowed:
            continue
        without = figures.get(tuple(f for f in fields if f != column))
        gain = with_it.alone - (without.alone if without is not None else 0.0)
        rank = (gain, -len(fields), tuple(-f for f in fields))
        if best is None or rank > best:
            best = rank
    if best is None:
        return None
    fields = tuple(-f for f in best[2])
    return figures[fields], figures.get(tuple(f for f in fields if f != column))
