"""Success rates of attacks with Wilson's confidence interval, and what is left of them after chance or a control."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np

from anonymizers.errors import AnonymizerError
from anonymizers.normal import quantile

CONFIDENCE = 0.95


@dataclass(frozen=True, slots=True)
class Rate:
    """``successes`` of ``attacks`` (an expected number where ties were drawn); ``value`` and ``error`` are Wilson's,
    the interval is value ± error."""

    successes: float
    attacks: int
    value: float
    error: float

    @property
    def low(self) -> float:
        """Lower end, at least 0."""
        return max(self.value - self.error, 0.0)

    @property
    def high(self) -> float:
        """Upper end, at most 1."""
        return min(self.value + self.error, 1.0)

    def document(self) -> dict[str, Any]:
        """As JSON types."""
        share = self.successes / self.attacks if self.attacks else None
        rounded = (
            {"low": round(self.low, 6), "high": round(self.high, 6)} if self.attacks else {"low": 0.0, "high": 1.0}
        )
        return {"attacks": self.attacks, "successes": round(self.successes, 6), "rate": share, **rounded}


def rate(successes: float, attacks: int, confidence: float = CONFIDENCE) -> Rate:
    """Wilson 1927, doi:10.1080/01621459.1927.10502953.  Without attacks nothing is known: 0.5 ± 0.5."""
    if not 0 <= confidence < 1:
        raise AnonymizerError("The confidence must be at least 0 and below 1.")
    if not attacks:
        return Rate(0.0, 0, 0.5, 0.5)
    z = float(quantile(np.array([0.5 * (1 + confidence)]))[0])
    below = attacks + z * z
    spread = successes * (attacks - successes) / attacks
    return Rate(
        successes, attacks, (successes + z * z / 2) / below, z / below * math.sqrt(max(spread, 0.0) + z * z / 4)
    )


@dataclass(frozen=True, slots=True)
class Outcome:
    """One attack: ``main`` on people in the table, ``baseline`` by guessing, ``control`` on people outside it."""

    attack: str
    main: Rate
    baseline: Rate
    control: Rate | None = None

    def residual(self) -> tuple[float, float, float]:
        """What the table adds: (rate − reference) / (1 − reference) with its interval, within [0, 1].  The reference is
        the control where there is one, else the baseline (Giomi, Boenisch, Wehmeyer, Tasnádi 2023,
        doi:10.56553/popets-2023-0055).  All 0 where the reference always succeeds."""
        other = self.control if self.control is not None else self.baseline
        if other.value >= 1:
            return 0.0, 0.0, 0.0
        left = 1 - other.value
        value = (self.main.value - other.value) / left
        error = math.hypot(self.main.error / left, other.error * (self.main.value - 1) / left**2)
        return tuple(min(max(part, 0.0), 1.0) for part in (value, value - error, value + error))  # type: ignore[return-value]

    def document(self) -> dict[str, Any]:
        """As JSON types; no residual where there was nothing to try."""
        value, low, high = self.residual()
        left = {"risk": round(value, 6), "low": round(low, 6), "high": round(high, 6)} if self.main.attacks else None
        return {
            "attack": self.attack,
            **self.main.document(),
            "baseline": self.baseline.document(),
            "control": self.control.document() if self.control is not None else None,
            "residual": left,
        }
