"""Attribute inference: guess a secret of a person from the released records that are nearest to what is known.

The guess is the commonest secret among the nearest records (their mean for numbers).  What a reader would get wrong:
that smoking goes with cancer is knowledge, not disclosure.  So the same attack is run on a control group of people
who are not in the table, and only what goes beyond it is the table's doing; without a control the best guess that needs
no record, the commonest secret, stands in.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from anonymizers.attacks.matching import (
    SLACK,
    Columns,
    Hierarchies,
    Matcher,
    Released,
    chosen,
    collapse,
    is_numeric,
    joint,
    matcher,
)
from anonymizers.attacks.rate import Outcome, Rate, rate
from anonymizers.attacks.sampling import attacker, targets
from anonymizers.errors import AnonymizerError
from anonymizers.magnitudes import read_magnitudes

Floats = NDArray[np.float64]
TOLERANCE = 0.05
CATEGORIES = 5_000
FEW = 20


def infer(
    raw: Columns,
    treated: Columns,
    known: Sequence[str],
    secret: str,
    *,
    control: Columns | None = None,
    hierarchies: Hierarchies | None = None,
    attacks: int = 1000,
    seed: int = 0,
) -> Outcome:
    """Rate of right guesses of ``secret`` from ``known``.  Numbers of more than 20 values count as guessed within 5 %.

    ``raw`` and ``treated`` need not be in the same order.  Giomi et al. 2023, doi:10.56553/popets-2023-0055.  Raises
    AnonymizerError when the secret has too many values or a field is missing."""
    for side, columns in (("raw", raw), ("treated", treated), ("control", control)):
        if columns is not None and secret not in columns:
            raise AnonymizerError(f"The {side} table has no field {secret!r}: name a secret that it has.")
    released = collapse(treated, known)
    guesser = _Guesser(released, treated[secret].cast(pa.string()), raw[secret].cast(pa.string()))
    draws = attacker(seed, f"inference/{secret}")

    def attack(columns: Columns) -> Rate:
        who = targets(len(columns[secret]), attacks, draws)
        some = chosen(columns, who)
        right = guesser.right(matcher(some, released, hierarchies, raw), some[secret].cast(pa.string()))
        return rate(float(right.sum()), who.size)

    who = targets(len(raw[secret]), attacks, draws)
    blind = guesser.blind(chosen(raw, who)[secret].cast(pa.string()))
    return Outcome(
        f"inference:{secret}",
        attack(raw),
        rate(float(blind.sum()), who.size),
        attack(control) if control is not None else None,
    )


class _Guesser:
    """Guesses one secret from distances; the table of secrets by tuple is made once."""

    def __init__(self, released: Released, secrets: pa.Array, raw: pa.Array) -> None:
        self.numeric = is_numeric(raw)
        if self.numeric:
            numbers = read_magnitudes(raw, field="", unfit="suppress")
            self.numeric = np.unique(numbers.values[numbers.present]).size > FEW
        self.values: list[str | None] = []
        if self.numeric:
            read = read_magnitudes(secrets, field="", unfit="suppress")
            at, tuples = released.tuple_of[read.present], released.counts.size
            self.sums = np.bincount(at, weights=read.values[read.present], minlength=tuples).astype(np.float64)
            self.rows = np.bincount(at, minlength=tuples).astype(np.float64)
            return
        encoded = secrets.dictionary_encode(null_encoding="encode")
        self.values = encoded.dictionary.to_pylist()
        if len(self.values) > CATEGORIES:
            raise AnonymizerError(f"The secret has {len(self.values):,} values; guess one of at most {CATEGORIES:,}.")
        codes = np.asarray(encoded.indices.to_numpy(zero_copy_only=False), np.int64)
        self.joint = joint(released, codes, len(self.values))

    def right(self, match: Matcher, truth: pa.Array) -> Floats:
        """Per target 1 where the guess is right, 0 where not; equally common secrets are drawn among."""
        guess = np.full(match.size, np.nan)
        votes = np.zeros((match.size, 0 if self.numeric else self.joint.width))
        for rows, distance in match.blocks():
            near = distance <= distance.min(axis=1, keepdims=True) + SLACK
            if self.numeric:
                total, count = near @ self.sums, near @ self.rows
                guess[rows] = np.divide(total, count, out=np.full(total.size, np.nan), where=count > 0)
            else:
                votes[rows] = [self.joint.votes(one) for one in near]
        return self._near(guess, truth) if self.numeric else self._drawn(votes, truth)

    def blind(self, truth: pa.Array) -> Floats:
        """The same for who knows the released secrets but nobody's record."""
        if self.numeric:
            total, count = float(self.sums.sum()), float(self.rows.sum())
            return self._near(np.full(len(truth), total / count if count else np.nan), truth)
        votes = np.bincount(self.joint.values, weights=self.joint.rows, minlength=self.joint.width)
        return self._drawn(np.broadcast_to(votes, (len(truth), votes.size)), truth)

    def _drawn(self, votes: Floats, truth: pa.Array) -> Floats:
        place = {value: number for number, value in enumerate(self.values)}
        own = np.array([place.get(value, -1) for value in truth.to_pylist()], np.int64)
        if not votes.size:
            return np.zeros(len(truth))
        top = votes.max(axis=1)
        mine = np.where(own >= 0, votes[np.arange(own.size), np.maximum(own, 0)], -1.0)
        ties = (votes == top[:, None]).sum(axis=1)
        return np.where((mine == top) & (top > 0), 1 / np.maximum(ties, 1), 0.0)

    @staticmethod
    def _near(guess: Floats, truth: pa.Array) -> Floats:
        read = read_magnitudes(truth, field="", unfit="suppress")
        with np.errstate(invalid="ignore"):
            close = np.abs(guess - read.values) <= TOLERANCE * np.abs(read.values)
        return (close & read.present).astype(np.float64)
