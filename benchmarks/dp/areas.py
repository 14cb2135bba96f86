"""Error of a table over an administrative tree: ``python -m benchmarks.dp.areas [DRAWS]``.

1 → 10 → 100 → 2000 areas × 12 cells at ρ = 0.1, levels weighted 1 : 2 : 3 : 4: root mean square errors of the noise
drawn for each level, of what is published (least squares, then whole numbers), and of adding up the areas alone.
"""

from __future__ import annotations

import sys
import time

import numpy as np

from release.dp.component import components
from release.dp.derive import levels
from release.dp.noise import build, noisy
from release.dp.query import Query, Statistic
from release.dp.statistics import Exact
from release.dp.tree import built

CELLS = 12


def query() -> Query:
    paths = [
        ("nation", f"r{r:02}", f"r{r:02}d{d:02}", f"r{r:02}d{d:02}m{m:02}")
        for r in range(10)
        for d in range(10)
        for m in range(20)
    ]
    tree = built(("nation", "region", "district", "municipality"), paths, "areas.csv")
    cells = tuple(f"{n:02}" for n in range(CELLS))
    count = (Statistic("n", "count"),)
    shares = (1.0, 2.0, 3.0, 4.0)
    return Query(("m", "age"), (tree.leaves(), cells), count, "t", rho=0.1, tree=tree, level_weights=shares)


def main() -> None:
    draws = int(sys.argv[1]) if len(sys.argv) > 1 else 30
    asked = query()
    tree, made = asked.tree, build(asked)
    assert tree is not None
    random = np.random.default_rng(5)
    leaves = random.poisson(random.lognormal(3.5, 1.2, (2000, CELLS)))
    exact = [tree.rolled(leaves, level) for level in range(4)]
    parts = [part for part, _ in components(asked)]
    errors = np.zeros((3, 4))
    fit = 0.0
    for _ in range(draws):
        answer = noisy(made, Exact({p: e.reshape(-1, 1) for p, e in zip(parts, exact, strict=True)}))
        started = time.perf_counter()
        table = levels(asked, made, answer)
        fit += time.perf_counter() - started
        alone = [answer.vectors[p].reshape(e.shape) for p, e in zip(parts, exact, strict=True)]
        # All of the budget on the areas would have √(0.1 / 0.04) times less noise there.
        summed = [tree.rolled((alone[3] - leaves) * np.sqrt(0.4), level) for level in range(4)]
        for level, true in enumerate(exact):
            assert (table[level] >= 0).all()
            assert level == 3 or (tree.above(level, table[level + 1]) == table[level]).all()
            for n, found in enumerate((alone[level], table[level], summed[level] + true)):
                errors[n, level] += ((found - true) ** 2).mean()
    for name, line in zip(("noise of the level", "published", "areas added up"), np.sqrt(errors / draws), strict=True):
        print(f"{name:20}", "  ".join(f"{n} {v:6.2f}" for n, v in zip(tree.levels, line, strict=True)))
    print(f"least squares and rounding: {fit / draws * 1000:.0f} ms a table of {sum(e.size for e in exact):,} cells")


if __name__ == "__main__":
    main()
