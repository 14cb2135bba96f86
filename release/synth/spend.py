"""The purse of one synthesis: every noisy table and every noisy choice is paid from it before it is drawn.

What a reader would get wrong: what is charged to the ledger is the whole purse, beforehand.  The purse only makes sure
that the parts, each as OpenDP's own map says, rounded up to billionths of ρ, never add up to more.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from release.dp.budget import HAIR
from release.dp.opendp import NANO, core, nano, vectors
from release.nouns.errors import ReleaseError
from release.synth.model import Floats

STEPS = 1000  # scores are compared in thousandths of a row


@dataclass(slots=True)
class Purse:
    """``nrho`` billionths of ρ for rows of which one unit has at most ``rows``.  ``log`` tells what was paid for."""

    nrho: int
    rows: int = 1
    spent: int = 0
    log: list[dict[str, object]] = field(default_factory=list)

    def left(self) -> int:
        """Billionths of ρ."""
        return self.nrho - self.spent

    def sigma(self, nrho: int) -> float:
        """The deviation of the noise on every count of a table that ``nrho`` pays for: √(R² / 2ρ).

        One unit's R rows move a table by at most R in L2: all of them in one cell."""
        return self.rows / math.sqrt(2 * nrho / NANO * HAIR)

    def table(self, counts: np.ndarray, nrho: int, name: str) -> tuple[Floats, float]:
        """The counts (int64, any shape) with discrete Gaussian noise, and its deviation."""
        dp = core()
        sigma = self.sigma(nrho)
        made = dp.m.make_gaussian(vectors(), dp.x.l2_distance(T="f64"), scale=sigma)
        self._pay(float(made.map(float(self.rows))), nrho, "discrete gaussian", sigma, name)
        noisy = made(counts.reshape(-1).tolist())
        return np.asarray(noisy, dtype=np.float64).reshape(counts.shape), sigma

    def pick(self, scores: Sequence[float], weight: float, nrho: int, name: str) -> int:
        """The place of a large score, by the noisy maximum.  One row moves a score by at most ``weight``.

        Scores are rounded to thousandths; the one step that rounding may add to a change is in the sensitivity."""
        dp = core()
        moved = math.ceil(self.rows * weight * STEPS) + 1
        scale = moved / math.sqrt(2 * nrho / NANO * HAIR)
        measure = dp.q.zero_concentrated_divergence()
        made = dp.m.make_noisy_max(vectors(), dp.x.linf_distance(T="i64"), measure, scale=scale)
        self._pay(float(made.map(moved)), nrho, "noisy maximum", scale / STEPS, name)
        return int(made([round(score * STEPS) for score in scores]))

    def _pay(self, loss: float, nrho: int, mechanism: str, scale: float, name: str) -> None:
        cost = nano(loss)
        if cost > nrho or self.spent + cost > self.nrho:
            raise ReleaseError("A noisy table would have cost more than was charged for it; nothing was drawn.")
        self.spent += cost
        self.log.append({"of": name, "mechanism": mechanism, "scale": scale, "rho": cost / NANO})
