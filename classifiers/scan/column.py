"""One column during the pass: counts grow, values go.

A column with few distinct values is counted by its dictionary and looked at once; a column of ever new values is
looked at batch by batch.  Which of the two is decided on the first batch and changed when it stops paying.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from classifiers.scan.probe import Probe
from classifiers.scan.profile import Hits, Profile, Sample
from classifiers.scan.repair import Values, exponent, present, repair
from classifiers.scan.statistics import dates, numbers, serial
from classifiers.scan.tally import Tally

KINDS = 1 << 13
LONGEST = 255
MOST_DISTINCT = 100_000
CELL = 4_000  # characters of a cell that the sample keeps


def as_strings(column: pa.Array) -> pa.StringArray:
    """The column without nulls, as plain UTF-8 strings."""
    if isinstance(column, pa.ChunkedArray):
        column = column.combine_chunks()
    if not pa.types.is_string(column.type):
        column = pc.cast(column, pa.string())
    return column.drop_null()


class Column:
    """Accumulates what the pass sees of one column; :meth:`profile` closes it."""

    def __init__(self, probes: Sequence[Probe], *, sampled: bool) -> None:
        """``sampled`` says that the sample is only a part of the rows, so that every cell must be tried as it comes."""
        self.probes = probes
        self.full = Tally([probe for probe in probes if probe.full]) if sampled else None
        self.rows = self.present = 0
        self.kinds = np.zeros(KINDS, dtype=np.int64)
        self.lengths = np.zeros(LONGEST + 1, dtype=np.int64)
        self.notes: Counter[str] = Counter()
        self.dictionary = True
        self.kept: list[tuple[pa.StringArray, np.ndarray[tuple[int], np.dtype[np.int64]]]] = []
        self.kept_size = 0
        self.distinct = 0
        self.exact = True
        self.sampled: list[pa.StringArray] = []
        self.sampled_rows = 0

    def add(self, column: pa.Array, chosen: pa.Array) -> None:
        """Take in one batch; ``chosen`` are the positions of the rows that the sample keeps."""
        self.rows += len(column)
        self.sampled_rows += len(chosen)
        if len(chosen):
            self.sampled.append(pc.utf8_slice_codeunits(as_strings(column.take(chosen)), 0, CELL))
        values = as_strings(column)
        if not len(values):
            return
        if not self.dictionary:
            self._look(values, None)
            return
        encoded = pc.dictionary_encode(values)
        counts = np.bincount(encoded.indices.to_numpy(), minlength=len(encoded.dictionary)).astype(np.int64)
        self.kept.append((encoded.dictionary, counts))
        self.kept_size += len(counts)
        if len(counts) > max(1_000, len(values) // 2):
            self.dictionary = False
            self._flush()
            self.exact = False
        elif self.kept_size > MOST_DISTINCT:
            self._flush()
            self.exact = self.exact and self.kept_size <= MOST_DISTINCT
            self.dictionary = self.exact

    def _merged(self) -> None:
        """Fold the kept dictionaries of several batches into one."""
        if len(self.kept) < 2:
            return
        table = pa.table(
            {
                "value": pa.concat_arrays([values for values, _ in self.kept]),
                "count": pa.array(np.concatenate([counts for _, counts in self.kept])),
            }
        )
        grouped = table.group_by("value").aggregate([("count", "sum")]).combine_chunks()
        values = grouped.column("value").chunk(0)
        self.kept = [(values, grouped.column("count_sum").to_numpy().astype(np.int64))]
        self.kept_size = len(values)

    def _flush(self) -> None:
        self._merged()
        if self.kept_size <= MOST_DISTINCT and self.dictionary:
            return
        for values, counts in self.kept:
            self._look(values, counts)
        self.kept, self.kept_size = [], 0

    def _look(self, raw: pa.StringArray, counts: np.ndarray[tuple[int], np.dtype[np.int64]] | None) -> None:
        """Repair, count kinds and lengths, try every pattern whose alphabet and length fit."""
        values = present(raw, counts)
        if not len(values):
            return
        values = repair(values, self.notes)
        if not len(values):
            return
        self.present += values.weight()
        self.distinct += len(values) if counts is None else pc.count_distinct(values.values).as_py()
        weights = values.counts
        present_kinds = np.bincount(values.signature, weights=weights, minlength=KINDS).astype(np.int64)
        lengths = np.bincount(np.minimum(values.lengths, LONGEST), weights=weights, minlength=LONGEST + 1)
        lengths = lengths.astype(np.int64)
        self.kinds += present_kinds
        self.lengths += lengths
        self.notes["exponent"] += exponent(values)
        if self.full is not None:
            self.full.look(values, np.flatnonzero(present_kinds), lengths)

    def profile(self) -> Profile:
        """Close the column."""
        self._merged()
        for values, counts in self.kept:
            self._look(values, counts)
        self.kept = []
        values = self._repaired()
        sample = _sample(values)
        found = numbers(sample)
        hits, proofs = self._hits(values)
        return Profile(
            rows=self.rows,
            present=self.present,
            distinct=self._distinct(sample),
            exact=self.exact,
            lengths={int(i): int(self.lengths[i]) for i in np.flatnonzero(self.lengths)},
            kinds={int(i): int(self.kinds[i]) for i in np.flatnonzero(self.kinds)},
            hits=hits,
            proofs=proofs,
            notes={name: count for name, count in sorted(self.notes.items()) if count},
            sample=sample,
            numbers=found,
            dates=dates(sample),
            serial=serial(sample, found, self.rows),
        )

    def _repaired(self) -> Values | None:
        """The sampled values, repaired, each once; None when there are none."""
        if not self.sampled:
            return None
        encoded = pc.dictionary_encode(pa.concat_arrays(self.sampled))
        counts = np.bincount(encoded.indices.to_numpy(), minlength=len(encoded.dictionary)).astype(np.int64)
        values = repair(present(encoded.dictionary, counts), Counter())
        if not len(values):
            return None
        merged = pa.table({"v": values.values, "n": pa.array(values.counts)}).group_by("v").aggregate([("n", "sum")])
        merged = merged.sort_by("v").combine_chunks()
        return Values(merged.column("v").chunk(0), merged.column("n_sum").to_numpy().astype(np.int64))

    def _hits(self, values: Values | None) -> tuple[dict[str, Hits], dict[str, Hits]]:
        """Hits and proofs; from every cell where every pattern of a category saw every cell, else from the sample."""
        if values is None:
            return {}, {}
        sampled = Tally(self.probes)
        kinds = np.unique(values.signature)
        sampled.look(values, kinds, np.bincount(np.minimum(values.lengths, LONGEST), minlength=LONGEST + 1))
        found = sampled.hits()
        if self.full is None:
            return found, sampled.proofs()
        partial = {c for probe in self.probes if not probe.full for c in probe.categories}
        found |= {c: hits for c, hits in self.full.hits().items() if c not in partial or c not in found}
        return found, self.full.proofs()

    def _distinct(self, sample: Sample) -> int:
        if self.exact or not sample.rows:
            return self.distinct
        if len(sample) >= 0.98 * sample.rows:
            return round(self.present * len(sample) / sample.rows)
        once = int(np.count_nonzero(sample.counts == 1))
        scale = (self.present / sample.rows) ** 0.5  # GEE estimator, Charikar et al., PODS 2000
        return int(min(self.present, round(scale * once) + len(sample) - once))


def _sample(values: Values | None) -> Sample:
    if values is None or values.counts is None:
        return Sample(pa.array([], pa.string()), np.zeros(0, dtype=np.int64), 0)
    return Sample(values.values, values.counts, int(values.counts.sum()))
