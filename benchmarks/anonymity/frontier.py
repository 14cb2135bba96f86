"""How fast every node of Adult's lattice is looked at, whole process and sweep alone.

python -m benchmarks.anonymity.frontier
"""

from __future__ import annotations

import time
from dataclasses import replace

from anonymizers.frontier.sweep import sweep
from benchmarks.anonymity.local import problem
from benchmarks.anonymity.run import SPECS
from tests.anonymizers.arx import adult


def main() -> None:
    """Three limits, best of three runs."""
    asked, _ = problem(adult(), None, SPECS["k5"][2], 0.0)
    for limit in (0.0, 0.04, 0.2):
        mine = replace(asked, settings=replace(asked.settings, suppression_limit=limit))
        best = float("inf")
        for _ in range(3):
            began = time.process_time()
            nodes = sweep(mine, 5)
            best = min(best, time.process_time() - began)
        allowed = nodes.suppressed_at_k <= nodes.limit
        print(
            f"{len(nodes):,} nodes, limit {limit:g}: {best:.2f} s CPU, {best / len(nodes) * 1e6:.0f} µs a node, least "
            f"loss for k = 5 {nodes.loss_at_k[allowed].min():.10f}",
            flush=True,
        )


if __name__ == "__main__":
    main()
