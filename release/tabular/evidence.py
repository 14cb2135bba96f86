"""What a column's values look like, counted batch by batch.

The one mutable thing in this room: a column is too long to see at once.  Holds counts, and up to
``CATEGORIES + 1`` values to tell a category column from a free one; none of them ever leaves.
"""

from __future__ import annotations

from collections import Counter
from typing import Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from release.tabular import dates
from release.tabular.fold import fold_rows, full_width_digits, wide_rows
from release.tabular.missing import PLUS, Tokens
from release.tabular.numbers import LABELS, SHAPES, expand

Weights = npt.NDArray[np.int64]
CATEGORIES: Final = 64
_PLUS: Final = "+"


class Evidence:
    """Counts for one column.

    ``tokens`` counts missing spellings, ``shapes`` values by shape (first match wins), ``other`` values of no
    shape.  Once a value of no shape was seen the column is text and shapes are no longer counted.
    """

    def __init__(self, tokens: Tokens) -> None:
        self._spellings = tokens.spellings()
        self._lookup = pa.array([s for s, _, _ in self._spellings] + list(PLUS), pa.string())
        self.rows = 0
        self.tokens: Counter[str] = Counter()
        self.shapes: Counter[str] = Counter()
        self.notes: Counter[str] = Counter()
        self.zones: Counter[str] = Counter()
        self.widths: set[int] = set()
        self.distinct: set[str] = set()
        self.other = 0
        self.plus = False

    def add(self, values: pa.Array, weights: Weights | None = None) -> None:
        """Count ``values`` (string, nulls allowed), each standing ``weights`` times (once when None)."""
        weight = np.ones(len(values), np.int64) if weights is None else weights
        self.rows += int(weight.sum())
        trimmed = pc.utf8_trim_whitespace(values)
        token = np.asarray(pc.fill_null(pc.index_in(trimmed, value_set=self._lookup), -1))
        token = np.where(np.asarray(values.is_null()), -2, token)
        self.tokens[""] += int(weight[token == -2].sum())
        for index in np.unique(token[token >= 0]):
            if index >= len(self._spellings):
                self.plus = True
            else:
                self.tokens[self._spellings[index][0]] += int(weight[token == index].sum())
        rest = (token == -1) | (token >= len(self._spellings))
        if rest.all():
            self._present(trimmed, weight)
        elif rest.any():
            self._present(trimmed.filter(pa.array(rest)), weight[rest])

    def _present(self, trimmed: pa.Array, weight: Weights) -> None:
        if len(self.distinct) <= CATEGORIES:
            self.distinct.update(pc.unique(trimmed).slice(0, CATEGORIES + 1).to_pylist())
        wide = wide_rows(trimmed)
        if wide.any():
            digits = full_width_digits(trimmed.filter(pa.array(wide)))
            self.notes["full-width-digits"] += int(weight[wide][digits].sum())
        folded = fold_rows(trimmed, wide)
        if self.other:
            self._count_excel_damage(folded, weight)
            return
        for shape, pattern in SHAPES.items():
            hit = np.asarray(pc.match_substring_regex(folded, pattern))
            if hit.any():
                self._count_shape(shape, folded.filter(pa.array(hit)), weight[hit])
                folded, weight = folded.filter(pa.array(~hit)), weight[~hit]
            if not len(folded):
                return
        self._count_dates(folded, weight)

    def _count_excel_damage(self, folded: pa.Array, weight: Weights) -> None:
        """A column already known as text may still hold numbers that Excel or a float has spoilt."""
        if pc.any(pc.match_substring(folded, "E+"), min_count=0).as_py():
            self._count_matches("excel-scientific", folded, weight)
        if pc.any(pc.ends_with(folded, ".0"), min_count=0).as_py():
            self._count_matches("point-zero", folded, weight)

    def _count_matches(self, shape: str, folded: pa.Array, weight: Weights) -> None:
        hit = np.asarray(pc.match_substring_regex(folded, SHAPES[shape]))
        self.shapes[shape] += int(weight[hit].sum())

    def _count_shape(self, shape: str, values: pa.Array, weight: Weights) -> None:
        if shape == "scientific":
            whole = ~np.asarray(pc.match_substring(expand(values), "."))
            self.shapes["scientific-whole"] += int(weight[whole].sum())
            self.shapes["scientific"] += int(weight[~whole].sum())
            return
        self.shapes[shape] += int(weight.sum())
        if shape == "integer":
            self._count_labels(values, weight)

    def _count_labels(self, values: pa.Array, weight: Weights) -> None:
        widths = pc.unique(pc.binary_length(values)).to_pylist()
        self.widths.update(widths)
        for name, (width, pattern) in LABELS.items():
            if width in widths:
                self.notes[name] += int(weight[np.asarray(pc.match_substring_regex(values, pattern))].sum())
        if 8 in widths or 14 in widths:
            parts = dates.take_apart(values, "compact")
            valid = parts.valid() & (parts.year >= 1850) & (parts.year <= 2150)
            self.shapes["compact"] += int(weight[valid].sum())
            self.shapes["compact-time"] += int(weight[valid & (parts.seconds > 0)].sum())

    def _count_dates(self, folded: pa.Array, weight: Weights) -> None:
        if dates.iso_dates(folded) is not None:
            self.shapes["iso"] += int(weight.sum())
            self.zones[""] += int(weight.sum())
            return
        for form in dates.FORMS:
            if form == "compact":
                continue
            parts = dates.take_apart(folded, form)
            if not parts.matched.any():
                continue
            self._count_form(form, parts, weight)
            folded, weight = folded.filter(pa.array(~parts.matched)), weight[~parts.matched]
            if not len(folded):
                return
        self.other += int(weight.sum())

    def _count_form(self, form: str, parts: dates.Parts, weight: Weights) -> None:
        valid = parts.valid()
        if form == "day-month":
            day_first = parts.valid(day_first=True)
            self.shapes["valid-day-first"] += int(weight[day_first].sum())
            self.shapes["valid-month-first"] += int(weight[valid].sum())
            valid = valid | day_first
        impossible = int(weight[parts.matched & ~valid].sum())
        if impossible:
            self.notes["impossible-date"] += impossible
            self.other += impossible
        self.shapes[form] += int(weight[valid].sum())
        clocked = valid & ((parts.seconds > 0) | np.asarray(pc.not_equal(parts.fraction, "")))
        self.shapes["clock"] += int(weight[clocked].sum())
        self.shapes["midnight"] += int(weight[valid & ~clocked & parts.clock].sum())
        for zone in pc.unique(parts.zone.filter(pa.array(valid))).to_pylist():
            self.zones[zone] += int(weight[valid & np.asarray(pc.equal(parts.zone, zone))].sum())
