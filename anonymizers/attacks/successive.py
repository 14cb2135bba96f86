"""Attacks on releases of the same people one after another: intersect what each leaves possible, subtract their counts.

A release can be k-anonymous and diverse, and the next one too, and both together name a person's secret.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from anonymizers.attacks.matching import SLACK, Columns, Hierarchies, chosen, collapse, joint, matcher
from anonymizers.attacks.rate import Outcome, Rate, rate
from anonymizers.attacks.sampling import attacker, targets
from anonymizers.errors import AnonymizerError

Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Intersection:
    """``outcome``: targets for whom exactly one secret is left, the true one; its baseline is the release that gives
    away most by itself.  ``candidates``: the mean number of secrets left, after each release and after all."""

    outcome: Outcome
    candidates: tuple[float, ...]
    together: float


def intersect(
    raw: Columns,
    releases: Sequence[Columns],
    quasi: Sequence[Sequence[str]],
    secret: str,
    *,
    hierarchies: Hierarchies | None = None,
    attacks: int = 1000,
    seed: int = 0,
) -> Intersection:
    """Every target is known to be in all ``releases``; ``quasi[r]`` are the fields by which it is looked up in release
    ``r``.  Composition attack: Ganta, Kasiviswanathan, Smith 2008, doi:10.1145/1401890.1401926."""
    if not releases or any(secret not in one for one in (raw, *releases)):
        raise AnonymizerError(f"Every release and the raw table need the field {secret!r}.")
    who = targets(len(raw[secret]), attacks, attacker(seed, "intersection"))
    some = chosen(raw, who)
    texts = [one[secret].cast(pa.string()) for one in releases]
    values: dict[str | None, int] = {}
    for column in texts:
        for value in column.unique().to_pylist():
            values.setdefault(value, len(values))
    own = np.array([values.get(value, -1) for value in some[secret].cast(pa.string()).to_pylist()], np.int64)
    together = np.ones((who.size, len(values)), bool)
    alone, sizes = [], []
    for release, fields, column in zip(releases, quasi, texts, strict=True):
        possible = _possible(some, raw, release, fields, column, values, hierarchies)
        alone.append(_named(possible, own))
        sizes.append(float(possible.sum(axis=1).mean()) if who.size else 0.0)
        together &= possible
    best = max(alone, key=lambda one: one.successes)
    left = float(together.sum(axis=1).mean()) if who.size else 0.0
    return Intersection(Outcome(f"intersection:{secret}", _named(together, own), best), tuple(sizes), left)


def _possible(
    some: Columns,
    raw: Columns,
    release: Columns,
    fields: Sequence[str],
    column: pa.Array,
    values: Mapping[str | None, int],
    hierarchies: Hierarchies | None,
) -> Flags:
    """For every target which secrets the records that fit it have."""
    released = collapse(release, fields)
    codes = np.array([values[value] for value in column.to_pylist()], np.int64)
    secrets = joint(released, codes, len(values))
    match = matcher(some, released, hierarchies, raw)
    found = np.zeros((match.size, len(values)), bool)
    for part, distance in match.blocks():
        found[part] = [secrets.votes(one) > 0 for one in distance <= SLACK]
    return found


def _named(possible: Flags, own: NDArray[np.int64]) -> Rate:
    sure = (possible.sum(axis=1) == 1) & (own >= 0)
    right = sure & possible[np.arange(own.size), np.maximum(own, 0)] if possible.shape[1] else sure & False
    return rate(float(right.sum()), own.size)


@dataclass(frozen=True, slots=True)
class Differencing:
    """``disclosed``: people who came or went between two releases and whose secret the difference of their class tells;
    ``changed``: people in classes that grew or shrank."""

    disclosed: int
    changed: int
    rate: Rate


def difference(older: Columns, newer: Columns, quasi: Sequence[str], secret: str) -> Differencing:
    """Compares classes of equal labels in two releases.  A class whose secrets differ by additions only (or removals
    only), all of one value, tells the secret of everybody who came (or went).  Classes that only one release has (its
    labels are coarser, say) are not compared."""
    counts = []
    for columns in (older, newer):
        names = [*quasi, secret]
        missing = [name for name in names if name not in columns]
        if missing:
            raise AnonymizerError(f"A release has no field {missing[0]!r}: compare fields that both have.")
        table = pa.table({f"c{place}": columns[name].cast(pa.string()) for place, name in enumerate(names)})
        grouped = table.group_by(list(table.column_names)).aggregate([([], "count_all")]).to_pydict()
        keys = zip(*(grouped[f"c{place}"] for place in range(len(names))), strict=True)
        counts.append(dict(zip(keys, grouped["count_all"], strict=True)))
    moves: dict[tuple[str | None, ...], list[int]] = {}
    for key in counts[0].keys() | counts[1].keys():
        step = counts[1].get(key, 0) - counts[0].get(key, 0)
        if step:
            moves.setdefault(key[:-1], []).append(step)
    both = {key[:-1] for key in counts[0]} & {key[:-1] for key in counts[1]}
    moves = {key: steps for key, steps in moves.items() if key in both}
    changed = sum(sum(abs(step) for step in steps) for steps in moves.values())
    disclosed = sum(abs(steps[0]) for steps in moves.values() if len(steps) == 1)
    return Differencing(disclosed, changed, rate(float(disclosed), changed))
