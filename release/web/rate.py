"""Token buckets in memory: so many requests at once, refilled steadily, per kind of request and per address.

One process, so one count; behind several processes each counts for itself, which only makes it milder.
"""

from __future__ import annotations

import math
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field

from fastapi import Request
from fastapi.params import Depends as DependsOn

from release.nouns.refusal import Refusal
from release.web.problem import Refused

MOST_REMEMBERED = 20_000


@dataclass(frozen=True, slots=True)
class Limit:
    """``burst`` requests at once, one more every ``seconds``."""

    burst: int
    seconds: float


LIMITS = {
    "log-in": Limit(10, 6.0),
    "sign-up": Limit(5, 60.0),
    "apply": Limit(10, 30.0),
    "upload": Limit(20, 10.0),
}


@dataclass(slots=True)
class Buckets:
    """The buckets of one application."""

    clock: Callable[[], float] = time.monotonic
    limits: dict[str, Limit] = field(default_factory=lambda: dict(LIMITS))
    _level: OrderedDict[tuple[str, str], tuple[float, float]] = field(default_factory=OrderedDict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def take(self, kind: str, who: str) -> float:
        """Takes one token; 0 when there was one, else the seconds until the next."""
        limit, now = self.limits[kind], self.clock()
        with self._lock:
            level, seen = self._level.pop((kind, who), (float(limit.burst), now))
            level = min(float(limit.burst), level + (now - seen) / limit.seconds)
            wait = 0.0 if level >= 1 else (1 - level) * limit.seconds
            self._level[(kind, who)] = (level - 1 if level >= 1 else level, now)
            while len(self._level) > MOST_REMEMBERED:
                self._level.popitem(last=False)
        return wait


def limited(kind: str) -> DependsOn:
    """A dependency that answers 429 when this address asks too often."""

    def check(request: Request) -> None:
        buckets: Buckets = request.app.state.buckets
        wait = buckets.take(kind, request.client.host if request.client else "")
        if wait:
            refusal = Refusal("request.too-often", "Too many requests of this kind.", remedy="Wait and try again.")
            limit = buckets.limits[kind]
            raise Refused(
                (refusal,), headers={"Retry-After": str(math.ceil(wait)), "X-RateLimit-Limit": str(limit.burst)}
            )

    return DependsOn(check)
