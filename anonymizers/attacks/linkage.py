"""Linkage: whoever knows some fields of a person looks for the released record that is nearest, or the one that fits.

What a reader would get wrong: without the pairing of rows nobody can say whether a link is right.  ``by_distance``
needs raw and treated rows in the same order; ``by_keys`` needs none, since a release that only generalises always
holds the right record among those that fit.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from anonymizers.attacks.matching import SLACK, Columns, Hierarchies, Ints, Matcher, chosen, collapse, matcher
from anonymizers.attacks.rate import Outcome, Rate, rate
from anonymizers.attacks.sampling import attacker, targets
from anonymizers.errors import AnonymizerError

Floats = NDArray[np.float64]


def by_distance(
    raw: Columns,
    treated: Columns,
    keys: Sequence[str],
    *,
    hierarchies: Hierarchies | None = None,
    attacks: int = 1000,
    seed: int = 0,
) -> Outcome:
    """Share of records whose nearest released record is their own; among equally near ones the attacker draws, so each
    counts 1 / ties.  The baseline draws any record.  Distance-based record linkage: Pagliuca, Seri 1999;
    Domingo-Ferrer, Torra 2001.  Raises AnonymizerError when the tables do not have the same number of rows."""
    rows = rows_of_both(raw, treated, "distance")
    who = targets(rows, attacks, attacker(seed, "linkage"))
    released = collapse(treated, keys)
    found = _nearest(matcher(chosen(raw, who), released, hierarchies, raw), released.tuple_of[who])
    return Outcome("linkage-by-distance", rate(float(found.sum()), who.size), chance(who.size, rows))


def _nearest(match: Matcher, own: Ints) -> Floats:
    """For every target the probability that a draw among the nearest records hits its own."""
    hits = np.zeros(match.size)
    counts = match.released.counts.astype(np.float64)
    for rows, distance in match.blocks():
        near = distance <= distance.min(axis=1, keepdims=True) + SLACK
        hits[rows] = drawn(near, own[rows], counts)
    return hits


@dataclass(frozen=True, slots=True)
class Links:
    """Of the attacked records: ``fitting`` is the mean number of released records that fit, ``unique`` the rate of
    those with exactly one, ``none`` of those with none, ``expected`` of right links when the attacker draws among
    the fitting ones and the right one is among them."""

    fitting: float
    unique: Rate
    none: Rate
    expected: Outcome


def by_keys(
    raw: Columns,
    treated: Columns,
    keys: Sequence[str],
    *,
    hierarchies: Hierarchies | None = None,
    attacks: int = 1000,
    seed: int = 0,
) -> Links:
    """Links by fields that must fit exactly (a label fits the values it stands for): Sweeney 2002's attack."""
    rows, others = rows_of(raw), rows_of(treated)
    who = targets(rows, attacks, attacker(seed, "linkage"))
    match = matcher(chosen(raw, who), collapse(treated, keys), hierarchies, raw)
    fitting = np.zeros(who.size)
    for part, distance in match.blocks():
        fitting[part] = (distance <= SLACK) @ match.released.counts.astype(np.float64)
    hits = np.divide(1.0, fitting, out=np.zeros(who.size), where=fitting > 0)
    return Links(
        float(fitting.mean()) if who.size else 0.0,
        rate(float((fitting == 1).sum()), who.size),
        rate(float((fitting == 0).sum()), who.size),
        Outcome("linkage-by-keys", rate(float(hits.sum()), who.size), chance(who.size, others)),
    )


def chance(attacks: int, rows: int) -> Rate:
    """The rate of right links when any of ``rows`` records is drawn."""
    return rate(attacks / rows if rows else 0.0, attacks)


def drawn(tied: NDArray[np.bool_], own: Ints, counts: Floats) -> Floats:
    """For every target (a row of ``tied``) the probability that a draw among its tied records hits its own tuple."""
    return np.asarray(tied[np.arange(own.size), own] / (tied @ counts), dtype=np.float64)


def rows_of_both(raw: Columns, treated: Columns, by: str) -> int:
    """How many records both tables have.  Raises AnonymizerError when they do not pair row by row."""
    rows = rows_of(raw)
    if rows != rows_of(treated):
        raise AnonymizerError(f"Linkage by {by} needs every raw row in its place among the treated ones.")
    return rows


def rows_of(columns: Columns) -> int:
    """How many records a table has."""
    return len(next(iter(columns.values()))) if columns else 0
