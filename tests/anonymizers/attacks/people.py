"""People with a secret that hangs on nothing, and tables made of them: as they are, generalised, perturbed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pyarrow as pa

from anonymizers.discovery import treatment
from anonymizers.treatment import Context

KEY = bytes(range(32))
QUASI = ("age", "place", "sex")
AGES = {str(age): (str(age), f"{age // 10 * 10}-{age // 10 * 10 + 9}", "*") for age in range(100)}


def columns(table: Mapping[str, Sequence[object]]) -> dict[str, pa.Array]:
    return {
        name: pa.array([None if cell is None else str(cell) for cell in cells], pa.string())
        for name, cells in table.items()
    }


def people(rows: int = 1500, seed: int = 1) -> dict[str, pa.Array]:
    draw = np.random.default_rng(seed)
    return columns(
        {
            "age": draw.integers(0, 90, rows),
            "place": draw.choice([f"p{number:02d}" for number in range(25)], rows),
            "sex": draw.choice(["f", "m"], rows),
            "income": np.round(draw.lognormal(9, 0.5, rows), 2),
            "weight": np.round(draw.normal(70, 12, rows), 1),
            "illness": draw.choice([f"i{number}" for number in range(6)], rows),
        }
    )


def generalised(raw: Mapping[str, pa.Array]) -> dict[str, pa.Array]:
    """Ages in tens, places gone."""
    done = dict(raw)
    done["age"] = pa.array([AGES[value][1] for value in raw["age"].to_pylist()], pa.string())
    done["place"] = pa.array(["*"] * len(raw["place"]), pa.string())
    return done


def perturbed(raw: Mapping[str, pa.Array], method: str, fields: Sequence[str], **params) -> dict[str, pa.Array]:
    done = dict(raw)
    made = treatment(method)
    assert made.whole is not None
    for name in fields:
        given = {**params}
        if "with" in params:
            given["with"] = [other for other in fields if other != name]
        done[name] = made.whole(dict(raw), given, Context(name, KEY))
    return done
