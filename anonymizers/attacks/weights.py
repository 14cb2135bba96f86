"""Probabilistic record linkage: fields that agree count for a link by how seldom they would by chance, fields that do
not agree count against it by how seldom a true pair would differ.

The weights are learnt from the two tables alone (expectation maximisation over patterns of agreement), so the attacker
needs no pair that is known.  What a reader would get wrong: agreement is yes or no here; for noise on numbers linkage
by distance is the stronger attack, for PRAM and swapping this one.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from anonymizers.attacks.linkage import chance, drawn, rows_of_both
from anonymizers.attacks.matching import Columns, Hierarchies, Matcher, chosen, collapse, matcher
from anonymizers.attacks.rate import Outcome, rate
from anonymizers.attacks.sampling import attacker, targets
from anonymizers.errors import AnonymizerError

Floats = NDArray[np.float64]
MOST_FIELDS = 16
ROUNDS = 60
FLOOR = 1e-6


def by_weights(
    raw: Columns,
    treated: Columns,
    keys: Sequence[str],
    *,
    hierarchies: Hierarchies | None = None,
    attacks: int = 1000,
    seed: int = 0,
) -> Outcome:
    """Share of records whose likeliest released record is their own; equally likely ones are drawn among.

    Fellegi, Sunter 1969, doi:10.1080/01621459.1969.10501049; the weights after Jaro 1989.  Raises AnonymizerError when
    the tables do not have the same number of rows, or with more than 16 fields."""
    rows = rows_of_both(raw, treated, "weights")
    if len(keys) > MOST_FIELDS:
        raise AnonymizerError(f"Linkage by weights takes at most {MOST_FIELDS} fields: name fewer.")
    who = targets(rows, attacks, attacker(seed, "linkage"))
    released = collapse(treated, keys)
    match = matcher(chosen(raw, who), released, hierarchies, raw)
    counts = released.counts.astype(np.float64)
    seen = _patterns(match, counts, 1 << len(keys))
    score = _scores(seen, len(keys), 1 / rows if rows else 1.0)
    hits, own = np.zeros(who.size), released.tuple_of[who]
    for part, pattern in match.agreements():
        likely = score[pattern]
        best = likely >= likely.max(axis=1, keepdims=True) - FLOOR
        hits[part] = drawn(best, own[part], counts)
    return Outcome("linkage-by-weights", rate(float(hits.sum()), who.size), chance(who.size, rows))


def _patterns(match: Matcher, counts: Floats, width: int) -> Floats:
    """How many pairs of target and record show each pattern of agreement."""
    seen = np.zeros(width)
    for _, pattern in match.agreements():
        weights = np.broadcast_to(counts, pattern.shape).ravel()
        seen += np.bincount(pattern.ravel(), weights=weights, minlength=width)
    return seen


def _scores(seen: Floats, fields: int, share: float) -> Floats:
    """The log-likelihood ratio of every pattern; ``share`` of the pairs are true ones."""
    patterns = np.arange(seen.size)
    agrees = (patterns[:, None] >> np.arange(fields)) & 1
    right, wrong = np.full(fields, 0.9), np.full(fields, 0.1)
    total = seen.sum()
    if not total or not fields:
        return np.zeros(seen.size)
    wrong = np.clip(seen @ agrees / total, FLOOR, 1 - FLOOR)
    likely = np.zeros(seen.size)
    for _ in range(ROUNDS):
        likely = agrees @ np.log(right / wrong) + (1 - agrees) @ np.log((1 - right) / (1 - wrong))
        odds = np.clip(likely + np.log(share / (1 - share) if share < 1 else 1e9), -700, 700)
        true = seen / (1 + np.exp(-odds))
        if true.sum() <= 0:
            break
        right = np.clip(true @ agrees / true.sum(), FLOOR, 1 - FLOOR)
        rest = seen - true
        if rest.sum() > 0:
            wrong = np.clip(rest @ agrees / rest.sum(), FLOOR, 1 - FLOOR)
    return np.asarray(likely, np.float64)
