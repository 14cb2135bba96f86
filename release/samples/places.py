"""Eighty districts with their administrative codes (GB/T 2260), enough for a register to look like one."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
import numpy.typing as npt

DATA = Path(__file__).parent / "data"


@dataclass(frozen=True, slots=True)
class Places:
    """``codes[i]`` is the six-digit code of ``names[i]`` (province, city, district in one)."""

    codes: npt.NDArray[np.int64]
    names: tuple[str, ...]
    cities: tuple[str, ...]


@cache
def places() -> Places:
    """The list, read once."""
    with (DATA / "places.csv").open(encoding="utf-8", newline="") as handle:
        rows = list(csv.DictReader(handle))
    province = [row["province"] if row["province"] != row["city"] else "" for row in rows]
    return Places(
        np.array([int(row["code"]) for row in rows], np.int64),
        tuple(p + row["city"] + row["district"] for p, row in zip(province, rows, strict=True)),
        tuple(row["city"] for row in rows),
    )
