"""Numbers and dates among the sampled values of a column."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from classifiers.scan.profile import Dates, Numbers, Sample

_NUMBER = r"^[+-]?[0-9]{1,15}(\.[0-9]{1,12})?%?$"
_DATE = (
    r"^((?:1[89]|20)[0-9]{2})(?:[-/.年]?(?:0?[1-9]|1[0-2])(?:[-/.月]?(?:0?[1-9]|[12][0-9]|3[01])日?)?月?"
    r"(?:[ T][0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]+)?)?(?:Z|[+-][0-9:]{2,6})?)?|年)?$"
)
_US_DATE = r"^(?:0?[1-9]|1[0-2])[/-](?:0?[1-9]|[12][0-9]|3[01])[/-]((?:1[89]|20)[0-9]{2})(?: [0-9:]+(?: ?[AP]M)?)?$"


def _weighted(values: np.ndarray, counts: np.ndarray, q: float) -> float:
    order = np.argsort(values, kind="stable")
    reach = np.cumsum(counts[order])
    return float(values[order][np.searchsorted(reach, q * reach[-1])])


def numbers(sample: Sample) -> Numbers | None:
    """Range, median and precision; None when fewer than half of the sampled cells are numbers."""
    if not len(sample):
        return None
    hit = pc.match_substring_regex(sample.values, _NUMBER).to_numpy(zero_copy_only=False)
    share = float(sample.counts[hit].sum() / sample.counts.sum())
    if share < 0.5:
        return None
    texts = pc.replace_substring(sample.values.filter(pa.array(hit)), "%", "")
    found = pc.cast(pc.utf8_ltrim(texts, "+"), pa.float64()).to_numpy(zero_copy_only=False)
    point = pc.find_substring(texts, ".").to_numpy(zero_copy_only=False)
    after = np.where(point < 0, 0, pc.utf8_length(texts).to_numpy(zero_copy_only=False) - point - 1)
    counts = sample.counts[hit]
    return Numbers(
        share=share,
        low=float(found.min()),
        high=float(found.max()),
        whole=bool((point < 0).all() or (found == np.floor(found)).all()),
        decimals=int(_weighted(after.astype(np.float64), counts, 0.5)),
        median=_weighted(found, counts, 0.5),
    )


def dates(sample: Sample) -> Dates | None:
    """Years and precision; None when fewer than half of the sampled cells are dates, months or years."""
    if not len(sample):
        return None
    hit = pc.match_substring_regex(sample.values, _DATE).to_numpy(zero_copy_only=False)
    american = pc.match_substring_regex(sample.values, _US_DATE).to_numpy(zero_copy_only=False)
    total = sample.counts.sum()
    share = float(sample.counts[hit | american].sum() / total)
    if share < 0.5:
        return None
    values = sample.values.filter(pa.array(hit | american))
    counts = sample.counts[hit | american]
    year = pc.if_else(
        pa.array(american[hit | american]),
        pc.struct_field(pc.extract_regex(values, _US_DATE.replace("((?:1", "(?P<y>(?:1", 1)), "y"),
        pc.utf8_slice_codeunits(values, 0, 4),
    )
    years = pc.cast(year, pa.int64()).to_numpy(zero_copy_only=False)
    timed = pc.match_substring(values, ":").to_numpy(zero_copy_only=False)
    bare = pc.match_substring_regex(values, "^[0-9]{4}年?$").to_numpy(zero_copy_only=False)
    return Dates(
        share=share,
        low=int(years.min()),
        high=int(years.max()),
        median=int(_weighted(years.astype(np.float64), counts, 0.5)),
        early=float(counts[years < 1990].sum() / counts.sum()),
        with_time=float(counts[timed].sum() / counts.sum()),
        only_year=float(counts[bare].sum() / counts.sum()),
    )


def serial(sample: Sample, found: Numbers | None, rows: int) -> bool:
    """Whether the sampled values look like 1..n (or m..m+n): whole numbers, all different, as dense as the rows."""
    if found is None or not found.whole or found.share < 0.99 or sample.rows < 20:
        return False
    if len(sample) < 0.98 * sample.rows:
        return False
    return found.high - found.low < 1.2 * rows + 20
