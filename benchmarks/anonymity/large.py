"""Lattices too large to list: how good the best is after a while, and how far it may be from the best there is.

    python -m benchmarks.anonymity.large [SECONDS] [mach2019] [creditcard]

Two tables of ARX's own benchmark, 15 and 24 quasi-identifiers, k = 5; hierarchies as they come with it.
"""

from __future__ import annotations

import csv
import io
import resource
import sys
import time
from pathlib import Path

import numpy as np
import pyarrow as pa

from anonymizers.collapse import layout, number_rows, pack, unpack
from anonymizers.hierarchy import Hierarchy
from anonymizers.search.problem import Problem, Settings, Solution
from anonymizers.search.solve import solve
from tests.real_data import table

TABLES = {"mach2019": "arxbench_mach2019_int", "creditcard": "arxbench_creditcard_int"}
LIMITS = (0.0, 0.04, 1.0)


def main() -> None:
    """The tables named, or both."""
    words = sys.argv[1:]
    seconds = float(words.pop(0)) if words and words[0].replace(".", "").isdigit() else 60.0
    for name in words or TABLES:
        for limit in LIMITS:
            asked = problem(name, Settings(limit, time_limit_s=seconds))
            began = time.process_time()
            found = solve(asked)
            cpu = time.process_time() - began
            peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
            assert isinstance(found, Solution)
            proven = "proven" if found.optimal else f"at least {found.bound:.4f}"
            print(
                f"{name:10} {len(asked.fields)} fields, {found.lattice:.1e} nodes, limit {limit:g}: "
                f"loss {found.loss:.4f} ({proven}), {found.checked} looked at, "
                f"{found.seconds:.0f} s ({cpu:.0f} s CPU), peak {peak:.0f} MB",
                flush=True,
            )


def problem(name: str, settings: Settings) -> Problem:
    """One of the tables, every field a quasi-identifier."""
    folder = table(TABLES[name])
    rows = lines(folder / f"{name}_int.csv.zst")
    header, body = rows[0], rows[1:]
    hierarchies, columns = [], []
    for place, field in enumerate(header):
        path = next(p for p in folder.rglob(f"{name}_int_hierarchy_{field}.csv*"))
        made = Hierarchy(tuple(tuple(row) for row in lines(path)))
        where = {row[0]: number for number, row in enumerate(made.rows)}
        hierarchies.append(made)
        columns.append(np.array([where[row[place]] for row in body], dtype=np.int32))
    plan = layout([len(one.rows) for one in hierarchies])
    words, ids = number_rows(pack(columns, plan, len(body)))
    keys = unpack(words, plan, len(header))
    counts = np.bincount(ids).astype(np.int64)
    return Problem(tuple(header), tuple(hierarchies), keys, counts, {}, (("k-anonymity", {"k": 5}),), settings)


def lines(path: Path) -> list[list[str]]:
    """The rows of a CSV file, compressed or not."""
    packed = "zstd" if path.suffix == ".zst" else None
    with pa.input_stream(str(path), compression=packed) as stream:
        return [row for row in csv.reader(io.StringIO(stream.read().decode("utf-8")), delimiter=";") if row]


if __name__ == "__main__":
    main()
