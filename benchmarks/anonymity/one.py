"""Anonymise one table in a process of its own and print where time and memory went.

python -m benchmarks.anonymity.one TABLE.csv JOB.toml
"""

from __future__ import annotations

import resource
import sys
import tempfile
import time
from pathlib import Path

from release.ingest.read import ingest
from release.job.read import read_job
from release.steps.anonymize import AnonymizeReport, anonymize


def main() -> None:
    """Reads, searches, writes, measures."""
    job = read_job(sys.argv[2])
    with tempfile.TemporaryDirectory() as folder:
        began = time.process_time()
        table = ingest(sys.argv[1], work=Path(folder))
        read = time.process_time() - began
        done = anonymize(table, job, Path(folder) / "out.csv", clock=time.process_time)
        assert isinstance(done, AnonymizeReport) and job.search is not None
    found = done.solution
    stages = "  ".join(f"{name} {seconds:.2f}" for name, seconds in {"ingest": read, **done.seconds}.items())
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    size = f"{done.rows:,} rows, {found.keep.size:,} tuples, limit {job.search.suppression_limit:g}"
    looked = f"{found.checked} nodes of {found.lattice:,}"
    print(f"{size}: loss {found.loss:.10f}, {found.suppressed_rows:,} suppressed, {looked}")
    print(f"    CPU s: {stages}; whole process {time.process_time():.2f}; peak {peak:.0f} MB")


if __name__ == "__main__":
    main()
