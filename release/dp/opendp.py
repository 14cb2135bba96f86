"""OpenDP's core, and nothing above it: integer samplers, privacy maps, accuracy.

What a reader would get wrong: ``opendp.prelude`` is not imported.  It brings every extra that happens to be installed,
takes a second and a half with scikit-learn beside it, and its upper layers are not what the proofs here rest on.
"""

from __future__ import annotations

import math
from functools import cache
from types import SimpleNamespace
from typing import Any

NANO = 10**9
ALPHA = 0.05


@cache
def core() -> Any:
    """The modules of the core under short names, with the features switched on that every constructor asks for."""
    from opendp import accuracy, combinators, domains, measurements, measures, metrics, mod

    mod.enable_features("contrib")
    return SimpleNamespace(a=accuracy, c=combinators, d=domains, m=measurements, q=measures, x=metrics, mod=mod)


def vectors() -> Any:
    """The domain of every answer before noise: vectors of 64-bit integers of any length."""
    dp = core()
    return dp.d.vector_domain(dp.d.atom_domain(T="i64"))


def nano(loss: float) -> int:
    """ρ in whole billionths, rounded up: what is charged is never less than what is lost."""
    return math.ceil(loss * NANO)


def epsilon_at(nrho: int, delta: float) -> float:
    """The ε of (ε, δ)-differential privacy that ρ = nrho·10⁻⁹ zCDP gives, by OpenDP's tight curve."""
    dp = core()
    space = dp.d.atom_domain(T="i64"), dp.x.absolute_distance(T="f64")
    scale = 1.0 / math.sqrt(2 * nrho / NANO)
    return float(dp.c.make_zCDP_to_approxDP(dp.m.make_gaussian(*space, scale=scale)).map(1.0).epsilon(delta))


def rho_at(epsilon: float, delta: float) -> float:
    """The largest ρ, to nine digits, whose ε at ``delta`` stays at or below ``epsilon``."""
    low, high = 1, nano(epsilon + 1) * 20
    while high - low > 1 + low // NANO:
        middle = (low + high) // 2
        low, high = (middle, high) if epsilon_at(middle, delta) <= epsilon else (low, middle)
    return low / NANO
