"""What tells the rows of a table apart, as a JSON document and as lines for a person."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from release.desk.examined import padded, shown_width
from release.desk.path import Examination
from release.nouns.errors import BadInput

if TYPE_CHECKING:
    from anonymizers.separation.figures import Figures
    from release.steps.separating import Separation

LARGEST = 5  # columns of a subset: beyond, hardly anybody knows so much of one person
SHOWN = 10


def measure_separation(found: Examination, size: int) -> Separation:
    """All subsets of up to ``size`` columns measured.  Raises BadInput on another size than 1 to 5."""
    from release.steps.separating import separate

    if not 1 <= size <= LARGEST:
        raise BadInput(f"A size of {size} cannot be measured.", f"Give a size from 1 to {LARGEST}.")
    return separate(found.table, found.findings, size=size)


def document(found: Examination, measured: Separation) -> dict[str, Any]:
    """``sluice quasi --json``.  Shares are in [0, 1]; ``alone`` is the share of rows that look like no other."""
    categories = {f.field: f.category for f in found.findings}
    return {
        "dataset": found.table.dataset.name,
        "rows": measured.rows,
        "size": measured.size,
        "fields": [
            {
                "name": one.field,
                "category": categories[one.field],
                "role": one.role,
                "suggested": one.suggested,
                **_figures(one.own),
                "best": {"fields": list(one.best), "alone": one.alone, "alone_without": one.without},
                "reason": one.reason,
                "reason_zh": one.reason_zh,
            }
            for one in measured.fields
        ],
        "not_measured": dict(measured.left_out),
        "keys": [list(names) for names in measured.keys],
        "subsets": [{"fields": list(measured.names(one)), **_figures(one)} for one in measured.subsets],
    }


def _figures(one: Figures) -> dict[str, Any]:
    return {
        "classes": one.classes,
        "distinction": round(one.distinction, 6),
        "separation": round(one.separation, 9),
        "alone": round(one.alone, 6),
    }


def lines(measured: Separation) -> Iterator[str]:
    """A line a field, the strongest sets, the keys."""
    width = min(28, max((shown_width(one.field) for one in measured.fields), default=8))
    for one in measured.fields:
        mark = f"  -> {one.suggested}" if one.suggested != one.role else ""
        yield f"{padded(one.field, width)}  {one.role:<17}{mark}  {one.reason}"
    yield ""
    strongest = sorted(measured.subsets, key=lambda f: (-f.uniques, len(f.fields), f.fields))
    for figures in strongest[:SHOWN]:
        names = ", ".join(measured.names(figures))
        yield (
            f"distinction {figures.distinction:.4f}  separation {figures.separation:.6f}  "
            f"alone {figures.alone:.4f}  {names}"
        )
    for key in measured.keys[:SHOWN]:
        yield f"key: {', '.join(key)}"
    if not measured.keys:
        yield f"No {measured.size} of the measured columns are a key."
    for name, why in measured.left_out.items():
        yield f"not measured in combination: {name} ({why})"
