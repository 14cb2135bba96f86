"""Time and memory of the risks beyond classes and of the perturbations, on Adult and on a million made-up rows.

python -m benchmarks.anonymity.risk [adult] [million] [perturb]
"""

from __future__ import annotations

import resource
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from anonymizers.discovery import treatment
from anonymizers.draw import draw
from anonymizers.risk.individual import classes_of, household, individual
from anonymizers.risk.perturbation import correlation_difference, perturbation
from anonymizers.risk.population import estimates
from anonymizers.risk.suda import suda
from anonymizers.treatment import Context

KEY = bytes(range(32))
ROWS = 1_000_000
FRACTION = 0.05


def timed(name: str, work: Callable[[], Any]) -> Any:
    """Prints the CPU seconds and the peak memory so far."""
    start = time.process_time()
    made = work()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
    print(f"{name:<44} {time.process_time() - start:7.2f} s CPU   peak {peak:5.2f} GB")
    return made


def codes(table: pa.Table) -> tuple[list[np.ndarray], np.ndarray]:
    """Distinct tuples as codes, with their counts."""
    grouped = table.group_by(table.column_names).aggregate([([], "count_all")])
    counts = grouped.column("count_all").to_numpy().astype(np.int64)
    made = []
    for name in table.column_names:
        encoded = grouped.column(name).combine_chunks().dictionary_encode(null_encoding="encode")
        made.append(encoded.indices.to_numpy(zero_copy_only=False).astype(np.int64))
    return made, counts


def risks(table: pa.Table, label: str) -> None:
    """SUDA2, population uniqueness, individual and household risk."""
    keys, counts = timed(f"{label}: distinct tuples", lambda: codes(table))
    for size in (2, 3):
        found = timed(f"{label}: SUDA2, up to {size} fields", lambda size=size: suda(keys, size=size, counts=counts))
        print(f"    minimal sample uniques {found.found}, highest DIS {found.dis.max(initial=0):.3f}")
    sizes, classes = np.unique(counts, return_counts=True)
    shares = timed(f"{label}: population uniqueness", lambda: estimates(sizes, classes, FRACTION))
    print(f"    {shares}")
    random = draw(KEY, "benchmark", "weights")
    row_codes = [
        table.column(name).combine_chunks().dictionary_encode().indices.fill_null(0).to_numpy().astype(np.int64)
        for name in table.column_names
    ]
    numbers = timed(f"{label}: classes of rows", lambda: classes_of(row_codes, table.num_rows))
    weights = 1 + 40 * random.uniform(table.num_rows, 0)
    found = timed(f"{label}: individual risk", lambda: individual(numbers, weights))
    together = timed(f"{label}: household risk", lambda: household(found.risk, np.arange(table.num_rows) // 3))
    print(f"    expected re-identifications {found.expected:,.1f}, of households {together.sum():,.1f}")


def adult() -> pa.Table:
    """Adult's nine quasi-identifiers."""
    from pyarrow import csv

    from tests.real_data import ROOT

    read = csv.read_csv(ROOT / "arx_adult" / "adult.csv", parse_options=csv.ParseOptions(delimiter=";"))
    return pa.table({name: read.column(name).cast(pa.string()) for name in read.column_names})


def million(rows: int = ROWS) -> pa.Table:
    """Nine skewed categorical fields of 2 to 90 values."""
    random = draw(KEY, "benchmark", "million")
    made = {}
    for place, values in enumerate((2, 5, 7, 12, 16, 16, 41, 74, 90)):
        skewed = (random.uniform(rows, place) ** 2 * values).astype(np.int64)
        made[f"q{place}"] = pa.array(skewed).cast(pa.string())
    return pa.table(made)


def perturbations(rows: int = ROWS) -> None:
    """Each treatment on one column of a million, with what it hides and what it costs."""
    random = draw(KEY, "benchmark", "perturb")
    income = np.round(np.exp(9 + 0.6 * random.normal(rows, 0)), 2)
    columns = {
        "income": pa.array(income).cast(pa.string()),
        "spent": pa.array(np.round(income * 0.4 + 900 * random.normal(rows, 1), 2)).cast(pa.string()),
        "place": pa.array((random.uniform(rows, 2) ** 2 * 300).astype(np.int64)).cast(pa.string()),
        "size": pa.array((random.uniform(rows, 3) * 6).astype(np.int64)).cast(pa.string()),
        "day": pa.array((random.uniform(rows, 4) * 9000 + 10_000).astype(np.int32)).cast(pa.date32()).cast(pa.string()),
        "id": pa.array([f"p{number // 4}" for number in range(rows)]),
    }
    tried: tuple[tuple[str, str, dict[str, Any]], ...] = (
        ("random-round", "income", {"base": 1000}),
        ("controlled-round", "income", {"base": 1000, "within": "place"}),
        ("additive-noise", "income", {"scale": 0.3}),
        ("multiplicative-noise", "income", {}),
        ("correlated-noise", "income", {"scale": 0.3, "with": ["spent"]}),
        ("rank-swap", "income", {"percent": 5}),
        ("data-shuffle", "income", {"given": ["spent"]}),
        ("pram", "place", {"keep": 0.8}),
        ("record-swap", "place", {"share": 0.1, "alike": ["size"]}),
        ("date-shift", "day", {"subject": "id"}),
    )
    for method, field, params in tried:
        made = treatment(method)
        assert made.whole is not None
        done = timed(method, lambda m=made, f=field, p=params: m.whole(columns, p, Context(f, KEY)))  # type: ignore[misc]
        shown = perturbation(columns[field], done).document()
        change = correlation_difference(columns, {"income": columns["income"], "spent": columns["spent"], field: done})
        print(
            "    " + ", ".join(f"{name} {value:.4g}" for name, value in shown.items()) + f", correlation {change:.4f}"
        )


def whole_path(rows: int = ROWS) -> None:
    """The treat step with five perturbed columns of ten."""
    from release.nouns.dataset import Dataset, Table
    from release.steps.treat import treat
    from tests.steps.treat_tables import PLAIN, QUASI, SENSITIVE, field, plan

    random = draw(KEY, "benchmark", "path")
    made = {
        f"c{place}": pa.array(np.round(5e3 * random.normal(rows, place), 2)).cast(pa.string()) for place in range(5)
    }
    made |= {f"q{n}": pa.array((random.uniform(rows, 10 + n) * 9).astype(np.int64)).cast(pa.string()) for n in range(5)}
    fields = (
        field("c0", PLAIN, "additive-noise", scale=0.2),
        field("c1", PLAIN, "correlated-noise", scale=0.2, **{"with": ["c2"]}),
        field("c2", PLAIN, "correlated-noise", scale=0.2, **{"with": ["c1"]}),
        field("c3", SENSITIVE, "rank-swap"),
        field("c4", PLAIN, "keep"),
        field("q0", QUASI, "record-swap", share=0.1, alike=["q1"]),
        *(field(f"q{n}", QUASI, "generalize", hierarchy={"kind": "redact"}) for n in range(1, 5)),
    )
    with tempfile.TemporaryDirectory() as room:
        path = Path(room) / "in.parquet"
        pq.write_table(pa.table(made), path)
        del made
        table = Table(Dataset("people", "people.csv", "digest-1", rows, ()), path)
        done = timed(
            "treat, a million rows of ten columns",
            lambda: treat(table, plan(*fields, k=5), key=KEY, out=Path(room) / "out.parquet"),
        )
        print(f"    seconds { ({name: round(spent, 2) for name, spent in done.seconds.items()}) }")


def main(words: list[str]) -> None:
    """Runs what was named, everything by default."""
    chosen = words or ["adult", "million", "perturb", "path"]
    if "adult" in chosen:
        risks(adult(), "Adult")
    if "million" in chosen:
        risks(million(), "million")
    if "perturb" in chosen:
        perturbations()
    if "path" in chosen:
        whole_path()


if __name__ == "__main__":
    main(sys.argv[1:])
