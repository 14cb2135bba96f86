"""CPU seconds and peak memory of ingest alone, each input in a fresh process.

python -m benchmarks.release.ingest [--rows 1000000]
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.release.register import register


def measure(path: Path) -> dict[str, float]:
    """Ingest ``path`` in this process.  The peak is that of the whole process, imports included."""
    from release.ingest.read import ingest

    with tempfile.TemporaryDirectory() as work:
        before, wall = time.process_time(), time.perf_counter()
        table = ingest(path, work=Path(work))
        return {
            "rows": table.dataset.rows,
            "cpu_s": round(time.process_time() - before, 2),
            "wall_s": round(time.perf_counter() - wall, 2),
            "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
            "input_mb": path.stat().st_size // 10**6,
            "parquet_mb": table.path.stat().st_size // 10**6,
        }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--one", type=Path, help="measure this file in this process and print JSON")
    given = parser.parse_args()
    if given.one:
        print(json.dumps(measure(given.one)))
        return
    with tempfile.TemporaryDirectory() as folder:
        for encoding in ("gb18030", "utf-8"):
            path = register(Path(folder) / f"{encoding}.csv", given.rows, encoding=encoding)
            command = [sys.executable, "-m", "benchmarks.release.ingest", "--one", str(path)]
            done = subprocess.run(command, capture_output=True, text=True, check=True)
            print(encoding, done.stdout.strip())


if __name__ == "__main__":
    main()
