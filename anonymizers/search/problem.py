"""The question a search answers and the answer it gives.

Rows never enter: a table is its distinct quasi-identifier tuples with their counts, plus, for each sensitive field,
how often each value occurs beside each tuple.  ``keys`` hold row numbers of the hierarchies, not text.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from anonymizers.hierarchy import Hierarchy

Ints = NDArray[np.int64]
Codes = NDArray[np.int32]
Flags = NDArray[np.bool_]

METRICS = (
    "loss",
    "aecs",
    "entropy",
    "normalized-entropy",
    "discernibility",
    "precision",
    "height",
    "static",
    "information-loss",
    "publisher-benefit",
    "classification",
    "ambiguity",
    "kl-divergence",
)
AGGREGATES = ("arithmetic-mean", "geometric-mean", "sum", "max", "rank")


@dataclass(frozen=True, slots=True)
class SensitiveCounts:
    """One sensitive field as (tuple, value, rows) triples, each pair at most once.

    ``tuple_index`` int64[m] points into ``Problem.keys``, ``value_code`` int32[m] into ``values``, ``count`` int64[m]
    ≥ 1.  ``values`` are the distinct values; their order is the order of the ``ordered`` distance.  ``hierarchy`` is
    needed by the ``hierarchical`` distance only, one row per value.
    """

    tuple_index: Ints
    value_code: Codes
    count: Ints
    values: tuple[str, ...]
    hierarchy: Hierarchy | None = None


@dataclass(frozen=True, slots=True)
class Settings:
    """How to choose among the nodes that satisfy the models.

    ``suppression_limit``: share of all rows that may be suppressed, 0 to 1.  ``gs_factor`` as in ARX: at 0
    suppression costs nothing, at 1 generalisation costs nothing, at 0.5 both weigh alike.  ``weights``,
    ``min_levels``, ``max_levels`` are by field name; a field without a weight weighs 0.5, and weights of names that
    are no quasi-identifier are not used.  ``time_limit_s`` None means until proven.  ``metric_params``: what
    ``publisher-benefit`` (publisher_benefit, publisher_loss, adversary_gain, adversary_cost, attacker),
    ``classification`` (targets) and ``static`` (losses by field, one a level) need to know.
    """

    suppression_limit: float = 0.0
    metric: str = "loss"
    aggregate: str = "arithmetic-mean"
    gs_factor: float = 0.5
    monotonic: bool = False
    weights: Mapping[str, float] = field(default_factory=dict)
    time_limit_s: float | None = 60.0
    min_levels: Mapping[str, int] = field(default_factory=dict)
    max_levels: Mapping[str, int] = field(default_factory=dict)
    metric_params: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Problem:
    """``keys`` int32[n_tuples, n_fields]: row number in ``hierarchies[i].rows``; tuples are distinct.  ``counts``
    int64[n_tuples] ≥ 1.  ``models`` are (published name, parameters), e.g. ``("k-anonymity", {"k": 5})`` or
    ``("t-closeness", {"field": "occupation", "t": 0.2, "distance": "equal"})``.  ``subset`` int64[n_tuples], only for
    δ-presence and k-map: how many of a tuple's rows belong to the research subset.
    ``first`` int64[n_tuples]: the first row of each tuple; among classes of one size the one that comes first goes
    first where the smallest are to go (in the tuples' own order where it is not given).
    """

    fields: tuple[str, ...]
    hierarchies: tuple[Hierarchy, ...]
    keys: Codes
    counts: Ints
    sensitive: Mapping[str, SensitiveCounts]
    models: tuple[tuple[str, Mapping[str, Any]], ...]
    settings: Settings = Settings()
    subset: Ints | None = None
    first: Ints | None = None

    @property
    def rows(self) -> int:
        """Rows of the table."""
        return int(self.counts.sum())


@dataclass(frozen=True, slots=True)
class Solution:
    """``levels[i]`` is the level of ``fields[i]``; ``keep[j]`` is False where tuple ``j`` is suppressed.

    ``loss`` is in [0, 1] (0: nothing lost); ``score`` the metric's own value, as its paper and ARX print it (a tuple
    of several numbers for the rank aggregate).  ``optimal``: proven; otherwise ``bound`` ≤ the best loss there can be.
    ``lattice`` counts the nodes there are, ``checked`` those that were looked at.
    """

    levels: tuple[int, ...]
    keep: Flags
    suppressed_rows: int
    loss: float
    optimal: bool
    lattice: int
    checked: int
    seconds: float
    bound: float = 0.0
    score: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class NoSolution:
    """No node satisfies the models within the suppression limit, or none was found in time; ``reason`` says which."""

    reason: str
    lattice: int = 0
    checked: int = 0
    seconds: float = 0.0
