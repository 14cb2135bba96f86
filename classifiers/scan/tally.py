"""How many cells fit which category's patterns.  A cell that fits two patterns of one category counts once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np

from classifiers.scan.probe import Probe
from classifiers.scan.profile import Hits
from classifiers.scan.repair import Mask, Values

MINOR = 0.05  # a pattern with a smaller part of its category's hits does not count towards the null rate


class Tally:
    """Counts by category; :meth:`look` takes in values, :meth:`hits` closes."""

    def __init__(self, probes: Sequence[Probe]) -> None:
        self.probes = probes
        self.cells = 0
        self.shaped: Counter[str] = Counter()
        self.passed: Counter[str] = Counter()
        self.distinct: Counter[str] = Counter()
        self.per_pattern: Counter[tuple[str, str]] = Counter()
        self.distinct_per_pattern: Counter[tuple[str, str]] = Counter()

    def look(self, values: Values, kinds: np.ndarray, lengths: np.ndarray) -> None:
        """Try every pattern whose alphabet and length occur.  ``kinds`` are the masks that do, ``lengths`` counts."""
        self.cells += values.weight()
        shapes: dict[str, Mask] = {}
        passes: dict[str, Mask] = {}
        for probe in self.probes:
            if not probe.worth_trying(kinds, lengths):
                continue
            wanted = _open(probe, passes, len(values))
            if wanted is not None and not wanted.any():
                continue
            shaped, passed = probe.test(values, wanted)
            if not len(shaped):
                continue
            for category in probe.categories:
                shapes.setdefault(category, np.zeros(len(values), dtype=bool))[shaped] = True
                passes.setdefault(category, np.zeros(len(values), dtype=bool))[passed] = True
                self.per_pattern[category, probe.pattern.name] += values.weight(_mask(len(values), passed))
                self.distinct_per_pattern[category, probe.pattern.name] += len(passed)
        for category, shape in shapes.items():
            self.shaped[category] += values.weight(shape)
            self.passed[category] += values.weight(passes[category])
            self.distinct[category] += int(np.count_nonzero(passes[category]))

    def hits(self) -> dict[str, Hits]:
        """One entry for every category that any cell had the shape of."""
        return {category: self._hits(category) for category in self.shaped}

    def proofs(self) -> dict[str, Hits]:
        """For every category the pattern with a telling check that most cells pass, on its own."""
        found: dict[str, Hits] = {}
        for probe in self.probes:
            for category in probe.categories if probe.proof else ():
                passed = self.per_pattern[category, probe.pattern.name]
                if passed > (found[category].passed if category in found else 0):
                    distinct = self.distinct_per_pattern[category, probe.pattern.name]
                    p = probe.pattern
                    found[category] = Hits(
                        passed, passed, self.cells, distinct, p.name, p.null_rate, checked=True, weight=p.weight
                    )
        return found

    def _hits(self, category: str) -> Hits:
        own = [probe.pattern for probe in self.probes if category in probe.categories]
        best = max(own, key=lambda p: (self.per_pattern[category, p.name], p.name))
        passed = self.passed[category]
        used = [p for p in own if self.per_pattern[category, p.name] > MINOR * passed] or [best]
        return Hits(
            passed=passed,
            shaped=self.shaped[category],
            looked_at=self.cells,
            distinct=self.distinct[category],
            best=best.name,
            null_rate=min(0.95, sum(p.null_rate for p in used)),
            checked=best.check is not None,
            weight=best.weight,
        )


def _open(probe: Probe, passes: dict[str, Mask], size: int) -> Mask | None:
    """The values that some category of the probe has not counted yet; None when that is all of them."""
    done = np.ones(size, dtype=bool)
    for category in probe.categories:
        mask = passes.get(category)
        if mask is None:
            return None
        done &= mask
    return ~done


def _mask(size: int, chosen: np.ndarray) -> Mask:
    mask = np.zeros(size, dtype=bool)
    mask[chosen] = True
    return mask
