"""Every subset of up to four of twelve columns of a million rows: one roll-up beside a group-by a subset in DuckDB.

    python -m benchmarks.anonymity.separation [ROWS] [EVERY]

The same run, the same file; EVERY n-th subset is also counted by DuckDB (1: all 793) and must agree to the row.
DuckDB gets two threads, the roll-up is one thread of NumPy; wall and CPU seconds are both printed.
"""

from __future__ import annotations

import resource
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from anonymizers.duck import connect, identifier, literal
from anonymizers.separation.coded import coded
from anonymizers.separation.keys import minimal
from anonymizers.separation.lattice import roll_up

# Columns of a register of persons with how many values each has; skewed as such columns are.
COLUMNS = {
    "birth_date": 27_000,
    "street": 2_400,
    "registered_on": 1_500,
    "occupation": 300,
    "employer_branch": 96,
    "ethnicity": 56,
    "district": 16,
    "household_size": 12,
    "education": 9,
    "marital_status": 5,
    "insurance": 4,
    "sex": 2,
}
SIZE = 4


def make(rows: int, out: Path) -> None:
    """The same table every time: streets lie in districts, occupations follow education, the rest is independent."""
    draw = np.random.default_rng(20070611)
    codes: dict[str, np.ndarray] = {}
    for name, size in COLUMNS.items():
        weights = 1 / np.arange(1, size + 1) ** 0.7
        if name == "birth_date":
            weights = np.ones(size)
        codes[name] = draw.choice(size, rows, p=weights / weights.sum())
    codes["district"] = codes["street"] % COLUMNS["district"]
    codes["education"] = (codes["occupation"] + draw.integers(0, 3, rows)) % COLUMNS["education"]
    table = {
        name: pa.array([f"{name[:2]}{i}" for i in range(COLUMNS[name])]).take(pa.array(c)) for name, c in codes.items()
    }
    pq.write_table(pa.table(table), out)


def clocks() -> tuple[float, float]:
    return time.perf_counter(), time.process_time()


def main(rows: int, every: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "persons.parquet"
        make(rows, path)
        base = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        wall, cpu = clocks()
        table = coded(path, list(COLUMNS))
        read_wall, read_cpu = clocks()
        found = roll_up(table, SIZE)
        end_wall, end_cpu = clocks()
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        print(f"{rows:,} rows, {len(COLUMNS)} columns, {len(found)} subsets of up to {SIZE}")
        print(f"read and code  {read_wall - wall:6.2f} s wall  {read_cpu - cpu:6.2f} s CPU")
        print(f"roll-up        {end_wall - read_wall:6.2f} s wall  {end_cpu - read_cpu:6.2f} s CPU")
        print(f"peak memory {peak / 1024:,.0f} MB, {max(0, peak - base) / 1024:,.0f} above making the table")
        print("keys:", [[table.names[f] for f in one.fields] for one in minimal(found)][:5])
        with connect(memory_mb=2048, threads=2) as duck:
            duck.execute(f"CREATE TABLE t AS SELECT * FROM read_parquet({literal(str(path))})")
            chosen = found[::every]
            wall, cpu = clocks()
            for one in chosen:
                names = ", ".join(identifier(table.names[f]) for f in one.fields)
                classes, uniques, together = duck.execute(
                    "SELECT count(*), count(*) FILTER (n = 1), sum(n * (n - 1) // 2)::BIGINT "
                    f"FROM (SELECT count(*) AS n FROM t GROUP BY {names})"
                ).fetchone()
                assert (classes, uniques, together) == (one.classes, one.uniques, one.together), one
            duck_wall, duck_cpu = clocks()
        times = len(found) / len(chosen)
        whole_wall, whole_cpu = (duck_wall - wall) * times, (duck_cpu - cpu) * times
        print(f"DuckDB         {whole_wall:6.1f} s wall  {whole_cpu:6.1f} s CPU ({len(chosen)} subsets counted, equal)")
        ours_wall, ours_cpu = end_wall - read_wall, end_cpu - read_cpu
        print(f"ratio          {whole_wall / ours_wall:6.1f} wall    {whole_cpu / ours_cpu:6.1f} CPU")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000, int(sys.argv[2]) if len(sys.argv) > 2 else 1)
