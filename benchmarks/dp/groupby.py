"""Count, sum and mean of 50 public groups over a million rows of Parquet, beside other tools, in one run.

``python -m benchmarks.dp.groupby`` writes the table under /tmp and prints one line a tool: seconds (median and range)
and root mean square errors.  SmartNoise SQL needs pandas < 3 and therefore an environment of its own:
``--smartnoise /path/to/its/python``.  Everyone gets ε 0.5 for counts and 0.5 for sums, one row as the unit.
"""

from __future__ import annotations

import argparse
import json
import math
import statistics
import subprocess
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

ROWS, GROUPS, TOP = 1_000_000, 50, 100_000
EPSILON = 0.5
Answer = tuple[np.ndarray, np.ndarray, np.ndarray]


def table(path: Path, rows: int = ROWS) -> None:
    """Persons, groups and whole numbers from 0 to TOP, skewed."""
    random = np.random.default_rng(11)
    with pq.ParquetWriter(path, pa.schema([("id", pa.int32()), ("g", pa.int32()), ("x", pa.int64())])) as writer:
        for start in range(0, rows, 1_000_000):
            size = min(1_000_000, rows - start)
            x = np.minimum(random.exponential(20_000, size), TOP).astype(np.int64)
            groups = random.integers(0, GROUPS, size).astype(np.int32)
            people = random.integers(0, max(rows * 2 // 5, 1), size).astype(np.int32)
            writer.write_table(pa.table({"id": people, "g": groups, "x": x}))


def truth(path: Path) -> Answer:
    read = pq.read_table(path, columns=["g", "x"])
    groups, x = read["g"].to_numpy(), read["x"].to_numpy()
    count = np.bincount(groups, minlength=GROUPS).astype(float)
    total = np.bincount(groups, weights=x, minlength=GROUPS)
    return count, total, total / count


def ours(path: Path) -> Callable[[], Answer]:
    from release.dp.derive import columns
    from release.dp.noise import build, noisy
    from release.dp.query import Query, Statistic
    from release.dp.statistics import measure

    keys = (tuple(str(n) for n in range(GROUPS)),)
    asked = (
        Statistic("n", "count"),
        Statistic("s", "sum", "x", 0, TOP),
        Statistic("m", "mean", "x", 0, TOP, complete=True),
    )
    # count: 1 + ½, sum: 1 + ½ of 3: half each.
    query = Query(("g",), keys, asked, "t", epsilon=2 * EPSILON)

    def once() -> Answer:
        made = build(query)
        found = {c.name: c.values for c in columns(query, made, noisy(made, measure(path, query, salt="s")))}
        return found["n"], found["s"], found["m"]

    return once


def by_hand(path: Path) -> Callable[[], Answer]:
    """DuckDB and OpenDP's core with nothing around them."""
    import duckdb
    from opendp import domains, measurements, metrics, mod

    mod.enable_features("contrib")
    vectors = domains.vector_domain(domains.atom_domain(T="i64"))

    def once() -> Answer:
        con = duckdb.connect(config={"threads": "2"})
        rows = con.execute(
            f"SELECT g, count(*), CAST(sum(least(greatest(x, 0), {TOP})) AS BIGINT) "
            f"FROM read_parquet('{path}') GROUP BY g ORDER BY g"
        ).fetchnumpy()
        con.close()
        _, counts, sums = rows.values()
        noised = []
        for exact, most in ((counts, 1), (sums, TOP)):
            made = measurements.make_laplace(vectors, metrics.l1_distance(T="i64"), scale=most / EPSILON)
            assert made.map(most) <= EPSILON + 1e-9
            noised.append(np.asarray(made(exact.tolist()), dtype=float))
        return noised[0], noised[1], noised[1] / noised[0]

    return once


def polars_context(path: Path) -> Callable[[], Answer]:
    import opendp.prelude as dp
    import polars as pl

    dp.enable_features("contrib")
    keys = pl.LazyFrame({"g": list(range(GROUPS))}, schema={"g": pl.Int32})

    def once() -> Answer:
        context = dp.Context.compositor(
            data=pl.scan_parquet(path),
            privacy_unit=dp.unit_of(contributions=1),
            privacy_loss=dp.loss_of(epsilon=2 * EPSILON),
            split_evenly_over=1,
            margins=[dp.polars.Margin(max_length=ROWS)],
        )
        asked = (
            context.query()
            .group_by("g")
            .agg(dp.len(signed=True).alias("n"), pl.col("x").fill_null(0).dp.sum((0, TOP)).alias("s"))
            .with_keys(keys)
        )
        found = asked.release().collect().sort("g")
        count, total = found["n"].to_numpy().astype(float), found["s"].to_numpy().astype(float)
        return count, total, total / count

    return once


SMARTNOISE = """
import json, sys, time, warnings
warnings.filterwarnings("ignore")
import pandas as pd, numpy as np
from snsql import Privacy, from_df
path, repeats, groups, top, epsilon = sys.argv[1], *map(float, sys.argv[2:])
frame = pd.read_parquet(path)
meta = {"": {"db": {"t": {"row_privacy": True, "rows": len(frame),
    "g": {"type": "int"}, "x": {"type": "int", "lower": 0, "upper": int(top)}, "id": {"type": "int"}}}}}
for _ in range(int(repeats)):
    started = time.perf_counter()
    reader = from_df(frame, privacy=Privacy(epsilon=epsilon, delta=1e-6), metadata=meta)
    rows = reader.execute("SELECT g, COUNT(*) AS n, SUM(x) AS s FROM db.t GROUP BY g")
    took = time.perf_counter() - started
    found = {int(r[0]): (float(r[1]), float(r[2])) for r in rows[1:]}
    print(json.dumps([took, [found.get(g, (0, 0)) for g in range(int(groups))]]))
"""


def smartnoise(python: str, path: Path, repeats: int) -> tuple[list[float], list[Answer]]:
    arguments = [python, "-c", SMARTNOISE, str(path), str(repeats), str(GROUPS), str(TOP), str(EPSILON)]
    said = subprocess.run(arguments, capture_output=True, text=True, check=True)
    took, answers = [], []
    for line in said.stdout.splitlines():
        seconds, rows = json.loads(line)
        count, total = np.array(rows, dtype=float).T
        took.append(seconds)
        answers.append((count, total, total / count))
    return took, answers


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--repeats", type=int, default=15)
    parser.add_argument("--smartnoise", default="", help="python of an environment with smartnoise-sql")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "rows.parquet"
        table(path)
        exact = truth(path)
        tools = {"by hand": by_hand(path), "ours": ours(path), "OpenDP Polars Context": polars_context(path)}
        took: dict[str, list[float]] = {name: [] for name in tools}
        used: dict[str, list[float]] = {name: [] for name in tools}
        answers: dict[str, list[Answer]] = {name: [] for name in tools}
        for once in tools.values():
            once()  # imports and caches
        for round_ in range(given.repeats):
            for name, once in tools.items():
                if name.endswith("Context") and round_ >= 5:
                    continue
                started, cpu = time.perf_counter(), time.process_time()
                answers[name].append(once())
                took[name].append(time.perf_counter() - started)
                used[name].append(time.process_time() - cpu)
        if given.smartnoise:
            took["SmartNoise SQL"], answers["SmartNoise SQL"] = smartnoise(given.smartnoise, path, 3)
        _print(took, used, answers, exact)


def _print(
    took: dict[str, list[float]], used: dict[str, list[float]], answers: dict[str, list[Answer]], exact: Answer
) -> None:
    base, fast = statistics.median(took["by hand"]), statistics.median(took["ours"])
    print(f"{'tool':24} median s  (min-max)          CPU s   ×by hand   ×ours  RMSE count       sum    mean")
    for name, seconds in took.items():
        errors = [math.sqrt(np.mean([(a[n] - exact[n]) ** 2 for a in answers[name]])) for n in range(3)]
        median = statistics.median(seconds)
        cpu = f"{statistics.median(used[name]):.4f}" if name in used else "     –"
        print(
            f"{name:24} {median:8.4f}  ({min(seconds):.4f}-{max(seconds):.4f})  {cpu}  {median / base:8.2f}"
            f" {median / fast:7.1f}    {errors[0]:8.3f} {errors[1]:9.0f} {errors[2]:7.2f}"
        )
    count, total = math.sqrt(2) / EPSILON, math.sqrt(2) * TOP / EPSILON
    print(f"theory (Laplace): count {count:.3f}, sum {total:.0f}")


if __name__ == "__main__":
    main()
