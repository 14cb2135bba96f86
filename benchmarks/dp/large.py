"""Peak memory of one protected table over 40 million rows of Parquet: ``python -m benchmarks.dp.large [ROWS]``.

The rows are written under /tmp by another process, so that their own memory is not counted, and deleted afterwards.
"""

from __future__ import annotations

import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.dp.groupby import GROUPS, TOP, table
from release.dp.query import Query, Statistic


def query(unit: str) -> Query:
    """Count, sum and mean by 50 groups; a person is in at most 3 groups with at most 2 rows each."""
    keys = (tuple(str(n) for n in range(GROUPS)),)
    asked = (Statistic("n", "count"), Statistic("s", "sum", "x", 0, TOP), Statistic("m", "mean", "x", 0, TOP))
    return Query(("g",), keys, asked, "t", rho=0.1, unit=unit, max_groups=3, max_rows=2)


def one(path: Path, unit: str) -> None:
    from release.dp.noise import build, noisy
    from release.dp.statistics import measure

    asked = query(unit)
    started, cpu = time.perf_counter(), time.process_time()
    noisy(build(asked), measure(path, asked, salt="s", memory_mb=256 if unit == "row" else 2048))
    took, used = time.perf_counter() - started, time.process_time() - cpu
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"unit {unit:4}: {took:6.2f} s, {used:6.2f} s CPU, peak {peak:,.0f} MB")


def main() -> None:
    if len(sys.argv) == 4:
        if sys.argv[1] == "write":
            table(Path(sys.argv[2]), int(sys.argv[3]))
        else:
            one(Path(sys.argv[2]), sys.argv[3])
        return
    rows = sys.argv[1] if len(sys.argv) > 1 else "40000000"
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "rows.parquet"
        again = [sys.executable, "-m", "benchmarks.dp.large"]
        subprocess.run([*again, "write", str(path), rows], check=True)
        print(f"{rows} rows, {path.stat().st_size / 2**20:,.0f} MB of Parquet")
        for unit in ("row", "id"):
            subprocess.run([*again, "one", str(path), unit], check=True)


if __name__ == "__main__":
    main()
