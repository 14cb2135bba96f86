"""Splits a query's budget over its components and chooses the noise with the smaller error.

What a reader would get wrong: counted in ρ, Gaussian noise is never worse.  Laplace wins where the promise is ε (with
or without δ) and few numbers are asked for; from about ten on a Gaussian of the same (ε, δ) is the better one.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from release.dp.component import Component, components, sensitivity
from release.dp.opendp import NANO, rho_at
from release.dp.query import Query
from release.nouns.errors import BadInput

# A hair less than a whole number of billionths, so that rounding up cannot pass what was asked for.
HAIR = 1 - 1e-12


@dataclass(frozen=True, slots=True)
class Share:
    """What one component may lose: ε when the noise is Laplace, ρ when it is Gaussian."""

    component: Component
    laplace: bool
    loss: float


def shares(query: Query) -> tuple[Share, ...]:
    """One share a component; they add up to at most the budget.  Looks at no data."""
    weighed = components(query)
    total = math.fsum(weight for _, weight in weighed)
    laplace, loss = _kind(query, weighed)
    return tuple(Share(part, laplace, _whole(loss * weight / total) * HAIR) for part, weight in weighed)


def deviation(query: Query, share: Share) -> float:
    """Standard deviation of the noise on one number of a vector, in integer steps (continuous approximation)."""
    l1, l2, _ = sensitivity(query, share.component)
    return math.sqrt(2) * l1 / share.loss if share.laplace else l2 / math.sqrt(2 * share.loss)


def _whole(loss: float) -> float:
    """``loss`` in whole billionths, rounded down.  Raises BadInput when nothing is left of it."""
    if loss * NANO < 1:
        raise BadInput("A statistic gets less than a billionth of the budget.", "Weigh the statistics more evenly.")
    return math.floor(loss * NANO) / NANO


def _kind(query: Query, weighed: tuple[tuple[Component, float], ...]) -> tuple[bool, float]:
    """Whether Laplace, and the whole budget in its own currency."""
    if query.rho:
        return False, query.rho
    if not query.delta:
        return True, query.epsilon
    rho = rho_at(query.epsilon, query.delta)
    total = math.fsum(weight for _, weight in weighed)
    better = 0.0
    for part, weight in weighed:
        fair = weight / total
        pure = deviation(query, Share(part, True, query.epsilon * fair))
        better += weight * math.log(pure / deviation(query, Share(part, False, rho * fair)))
    return (True, query.epsilon) if better <= 0 else (False, rho)
