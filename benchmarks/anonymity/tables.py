"""Cell suppression, rounding and tabulation: time, cost and proven gap, and figures that others have documented.

    python -m benchmarks.anonymity.tables [documented] [suppress] [round] [tabulate]

CPU seconds of one process, one thread.  Random tables are skewed counts (negative binomial, mean 19) with a threshold
of 4; nothing of them is in the project.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from anonymizers.tables.cells import Cells
from anonymizers.tables.dimension import Dimension, flat, led, nested
from anonymizers.tables.rounding import controlled
from anonymizers.tables.rules import read_rule
from anonymizers.tables.suppress import Settings, suppress
from anonymizers.tables.tabulate import Counting, distinct, tabulate
from anonymizers.tables.tabulated import Columns, read_cells
from tests.anonymizers.tables.made import counts, parquet
from tests.real_data import ROOT

SECONDS = 20.0


def main() -> None:
    """The parts named, or all."""
    parts: dict[str, Callable[[], None]] = {
        "documented": documented,
        "suppress": suppressed,
        "round": rounded,
        "tabulate": large,
    }
    for name in sys.argv[1:] or parts:
        print(f"\n== {name}")
        parts[name]()


def codes(letter: str, number: int) -> Iterable[str]:
    return [f"{letter}{one:03}" for one in range(number)]


def deep(name: str, groups: int, each: int) -> Dimension:
    return nested(name, [(f"{i}.{j}", str(i)) for i in range(groups) for j in range(each)])


def tables() -> dict[str, Cells]:
    """Tables of some hundreds to some thousands of cells."""
    shapes: dict[str, tuple[Dimension, ...]] = {
        "20 × 20": (flat("a", codes("a", 20)), flat("b", codes("b", 20))),
        "100 × 50": (flat("a", codes("a", 100)), flat("b", codes("b", 50))),
        "(10 of 10) × (4 of 5)": (deep("a", 10, 10), deep("b", 4, 5)),
        "8 × 8 × 8": tuple(flat(one, codes(one, 8)) for one in "abc"),
        "15 × 10 × 10": tuple(flat(one, codes(one, n)) for one, n in (("a", 15), ("b", 10), ("c", 10))),
    }
    made = {}
    for name, dimensions in shapes.items():
        chance = np.random.default_rng(3)
        size = tuple(len(one.leaves()) for one in dimensions)
        made[name] = counts(dimensions, chance.negative_binomial(1, 0.05, size=size))
    return made


def suppressed() -> None:
    """The heuristic and the optimum within a time limit; both audited."""
    rule = read_rule("threshold", {"n": 4})
    print(
        f"{'table':<24}{'cells':>6} {'search':<10}{'primary':>8}{'second.':>8}{'cost':>8}{'bound':>8}  optimal  CPU s"
    )
    for name, cells in tables().items():
        for search in ("heuristic", "optimal"):
            start = time.process_time()
            settings = Settings(search=search, time_limit_s=SECONDS)
            done = suppress([cells], [rule], settings, magnitude=False, clock=time.process_time)
            used = time.process_time() - start
            bound = f"{done.bound:8.0f}" if search == "optimal" else "       -"
            hidden = f"{done.primaries:>8}{done.secondaries:>8}{done.cost:>8.0f}{bound}"
            print(
                f"{name:<24}{cells.number:>6} {search:<10}{hidden}  {done.optimal!s:<7}{used:>7.2f}",
                flush=True,
            )


def rounded() -> None:
    """Controlled rounding to base 5."""
    for name, cells in tables().items():
        start = time.process_time()
        done = controlled(cells, 5, time_limit_s=SECONDS)
        print(f"{name:<24} within one base: {done.exact!s:<6} CPU {time.process_time() - start:6.2f} s")


def large() -> None:
    """A million rows in two dimensions with a hierarchy, rows and 100,000 contributors."""
    chance, n = np.random.default_rng(0), 1_000_000
    columns = {
        "a": chance.integers(0, 50, n).astype(str),
        "b": chance.integers(0, 20, n).astype(str),
        "firm": chance.integers(0, 100_000, n).astype(str),
        "x": np.round(chance.lognormal(3, 1, n), 2).astype(str),
    }
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "rows.parquet"
        pq.write_table(pa.table({name: pa.array(values) for name, values in columns.items()}), path)
        by = (nested("a", [(str(i), f"g{i // 10}") for i in range(50)]), flat("b", distinct(path, "b")))
        for unit in ("row", "firm"):
            start = time.process_time()
            tabulate(path, "t", by, Counting(value="x", unit=unit))
            print(f"{n} rows, contributor = {unit}: CPU {time.process_time() - start:.2f} s")


def documented() -> None:
    """sdcTable's own test figures on its microdata; τ-ARGUS's example table."""
    if not (ROOT / "sdctable_micro").exists():
        print("The real tables are not here; set SLUICE_DATA.")
        return
    with tempfile.TemporaryDirectory() as folder:
        lines = [line.split(",") for line in (ROOT / "sdctable_micro" / "microdata1.csv").read_text().split()]
        source = parquet(Path(folder), lines[1:], lines[0])
        by = (flat("region", distinct(source, "region")), flat("gender", distinct(source, "gender")))
        made = tabulate(source, "t", by, Counting(value="val"))
        for name, params in (("threshold", {"n": 3}), ("dominance", {"n": 2, "k": 75}), ("p-percent", {"p": 70})):
            done = suppress([made], [read_rule(name, params)], Settings(), magnitude=True)
            print(f"microdata1 {name:<12} primary {done.primaries} secondary {done.secondaries} optimal {done.optimal}")
        tau(Path(folder))


def tau(folder: Path) -> None:
    """The table with hierarchy that τ-ARGUS ships."""
    place = ROOT / "tauargus_tables" / "tableinput"
    lines = [[cell.strip('"') for cell in line.split(";")] for line in (place / "pp.tab").read_text().splitlines()]
    names = ("Size", "Region", "Var2", "Freq", "Shadow", "Cost", "Top1", "Top2", "Status", "Lower", "Upper")
    by = (
        flat("Size", {line[0].strip() for line in lines} - {"Total"}),
        led("Region", (place / "region2.hrc").read_text() + "\n99\n"),
    )
    columns = Columns("Shadow", "Freq", ("Top1", "Top2"), "Status", ("U",), "Upper", ",")
    made = read_cells(parquet(folder, lines, names), "pp", by, columns)
    for cost in ("value", "count", "one"):
        for search in ("heuristic", "optimal"):
            start = time.process_time()
            done = suppress([made], [read_rule("given", {})], Settings(search=search, cost=cost), magnitude=True)
            used = time.process_time() - start
            told = f"{done.primaries} + {done.secondaries}, cost {done.cost:.0f}, {used:.2f} s CPU"
            print(f"pp.tab {cost:<6}{search:<10} {told}")


if __name__ == "__main__":
    main()
