"""Measured numbers as bands: what may be said of them in public.

What a reader would get wrong: an exact number is evidence for an attacker too.  "k is exactly 5" tells somebody who
knows one class of five that it is the smallest; "5 – 9" does not.
"""

from __future__ import annotations

import itertools

COUNTS = (0, 1, 2, 3, 5, 10, 20, 50, 100)
SHARES = (0.0, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0)
COUNTED = ("k", "min-cell", "l", "residual-identifiers", "raw-overlap", "schema-mismatches", "rows-unaccounted")
DECIMALS = ("entropy-l",)


def band(metric: str, measured: float | None) -> str:
    """The band of one metric: ``5 – 9`` for a count, ``≤ 0.05`` for a share or a distance, empty when unmeasured."""
    if measured is None:
        return ""
    name = metric.split(":")[0]
    if name in COUNTED:
        return count_band(measured)
    if name in DECIMALS:
        return f"≥ {int(measured)}"
    if name in ("uniques", "linked-rows"):
        return "0" if measured == 0 else "> 0"
    return share_band(measured)


def count_band(value: float) -> str:
    """``5 – 9`` for 7, ``≥ 100`` for more."""
    for low, high in itertools.pairwise(COUNTS):
        if value < high:
            return str(low) if high - low == 1 else f"{low} – {high - 1}"
    return f"≥ {COUNTS[-1]}"


def share_band(value: float) -> str:
    """``≤ 0.05`` for 0.031."""
    for high in SHARES:
        if value <= high:
            return f"≤ {high:g}" if high else "0"
    return f"> {SHARES[-1]:g}"
