"""``simulate_attacks(df, treated, known=[…])``: what somebody who knows some fields of the raw frame could do."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from anonymizers.attacks.every import every
from anonymizers.build import fit_hierarchy
from anonymizers.frame.columns import columns_of, counts_of
from anonymizers.frame.question import Given, spec_of


def simulate_attacks(
    frame: pd.DataFrame,
    treated: pd.DataFrame,
    *,
    known: Sequence[str],
    secrets: Sequence[str] = (),
    hierarchies: Mapping[str, Given] | None = None,
    control: pd.DataFrame | None = None,
    attacks: int = 500,
    seed: int = 0,
) -> pd.DataFrame:
    """One row an attack: ``rate``, ``baseline`` (guessing), ``control`` (the same on people outside) and ``residual``,
    what the table adds, as shares.  Rows belong together where both frames have the same index.

    ``hierarchies`` are those that ``treated`` was made with (``Anonymized.report["hierarchies"]``)."""
    names = [*known, *secrets]
    before, after = columns_of(frame, names), columns_of(treated, names)
    others = None if control is None else columns_of(control, names)
    trees: dict[str, dict[str, Sequence[str]]] = {}
    for name, given in (hierarchies or {}).items():
        if name in known:
            grown = fit_hierarchy(name, counts_of(before[name]), spec_of(given))
            trees[name] = {row[0]: row for row in grown.rows}
    paired = frame.index.equals(treated.index)
    made, _ = every(
        before, after, known, secrets, hierarchies=trees, control=others, paired=paired, attacks=attacks, seed=seed
    )
    rows: list[dict[str, Any]] = [
        {
            "attack": one.attack,
            "rate": one.main.value,
            "baseline": one.baseline.value,
            "control": None if one.control is None else one.control.value,
            "residual": one.residual()[0],
        }
        for one in made
    ]
    return pd.DataFrame(rows).set_index("attack")
