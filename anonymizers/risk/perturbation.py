"""How much a perturbed column still gives away of the one it was made from, row by row, and how much it still tells.

Raw and perturbed column must be paired (before rows are shuffled): only the custodian can measure this.  nan where
there is nothing to measure.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from anonymizers.errors import AnonymizerError
from anonymizers.magnitudes import read_magnitudes

Floats = NDArray[np.float64]
INTERVAL = 0.05


@dataclass(frozen=True, slots=True)
class Perturbation:
    """``unchanged``: share of present cells that hold their own value still.  Of numbers: ``interval``, the share whose
    true value lies within ``INTERVAL`` standard deviations of the released one; ``interval_rank``, within as many per
    cent of the ranks; ``il1s``, the mean change in units of √2 deviations; ``mean`` and ``deviation``, their relative
    changes.  ``distribution``: total variation distance of the value shares (0 for swapping)."""

    unchanged: float
    distribution: float
    interval: float = float("nan")
    interval_rank: float = float("nan")
    il1s: float = float("nan")
    mean: float = float("nan")
    deviation: float = float("nan")

    def document(self) -> dict[str, float]:
        """What was measured, rounded, by name."""
        return {name: round(float(value), 6) for name, value in asdict(self).items() if value == value}


def perturbation(raw: pa.Array, perturbed: pa.Array) -> Perturbation:
    """Measures one column against another of the same rows.

    Interval disclosure: Mateo-Sanz, Sebé, Domingo-Ferrer 2004, doi:10.1007/978-3-540-25955-8_16 and 2005 (ranks);
    IL1s: Yancey, Winkler, Creecy 2002, doi:10.1007/3-540-47804-3_11."""
    if len(raw) != len(perturbed):
        raise AnonymizerError("The columns differ in length: pair every row with itself.")
    before, after = raw.cast(pa.string()), perturbed.cast(pa.string())
    both = int(pc.sum(pc.and_(before.is_valid(), after.is_valid())).as_py() or 0)
    same = int(pc.sum(pc.equal(before, after)).as_py() or 0)
    shares = same / both if both else float("nan")
    distance = _distance(before, after)
    numbers = _numbers(before, after)
    if numbers is None or not numbers[0].size:
        return Perturbation(shares, distance)
    x, y = numbers
    deviation = float(x.std())
    if deviation == 0:
        return Perturbation(shares, distance)
    ranked = np.sort(x)
    moved = np.abs(_ranks(ranked, x) - _ranks(ranked, y)) / x.size
    return Perturbation(
        unchanged=shares,
        distribution=distance,
        interval=float((np.abs(x - y) <= INTERVAL * deviation).mean()),
        interval_rank=float((moved <= INTERVAL).mean()),
        il1s=float(np.abs(x - y).mean() / (np.sqrt(2) * deviation)),
        mean=float(abs(y.mean() - x.mean()) / max(abs(float(x.mean())), 1e-12)),
        deviation=float(abs(y.std() - deviation) / deviation),
    )


def _ranks(ranked: Floats, numbers: Floats) -> Floats:
    """Places of ``numbers`` among ``ranked``; looked up in rising order, which is several times faster."""
    order = np.argsort(numbers)
    places = np.empty(numbers.size)
    places[order] = np.searchsorted(ranked, numbers[order], side="left")
    return places


def correlation_difference(raw: Mapping[str, pa.Array], perturbed: Mapping[str, pa.Array]) -> float:
    """The largest change of a correlation between two numeric fields that both tables have; nan with fewer than two."""
    names = [name for name in raw if name in perturbed]
    pairs = {
        name: _numbers(raw[name].cast(pa.string()), perturbed[name].cast(pa.string()), keep=True) for name in names
    }
    known = {name: pair for name, pair in pairs.items() if pair is not None}
    if len(known) < 2:
        return float("nan")
    sides = []
    rows = np.logical_and.reduce([np.isfinite(a) & np.isfinite(b) for a, b in known.values()])
    for side in (0, 1):
        data = np.column_stack([pair[side][rows] for pair in known.values()])
        with np.errstate(invalid="ignore", divide="ignore"):
            sides.append(np.corrcoef(data, rowvar=False) if rows.sum() > 1 else np.full((len(known),) * 2, np.nan))
    change = np.abs(sides[0] - sides[1])
    return float(np.nanmax(change)) if np.isfinite(change).any() else float("nan")


def _distance(before: pa.Array, after: pa.Array) -> float:
    """Half the sum of the absolute differences of the shares of all values, missing being one."""
    if not len(before):
        return float("nan")
    encoded = pa.concat_arrays([before, after]).dictionary_encode(null_encoding="encode")
    codes = np.asarray(encoded.indices.to_numpy(zero_copy_only=False), np.int64)
    width = len(encoded.dictionary)
    moved = np.bincount(codes[: len(before)], minlength=width) - np.bincount(codes[len(before) :], minlength=width)
    return float(np.abs(moved).sum() / (2 * len(before)))


def _numbers(before: pa.Array, after: pa.Array, *, keep: bool = False) -> tuple[Floats, Floats] | None:
    """Both columns as numbers, of the rows where both are (``keep``: of all rows, nan elsewhere); None where fewer than
    nine in ten of the present cells are numbers."""
    x = read_magnitudes(before, field="raw", unfit="suppress")
    y = read_magnitudes(after, field="perturbed", unfit="suppress")
    present = len(before) - before.null_count
    if not present or x.present.sum() < 0.9 * present:
        return None
    rows = x.present & y.present
    if keep:
        return np.where(rows, x.values, np.nan), np.where(rows, y.values, np.nan)
    return x.values[rows], y.values[rows]
