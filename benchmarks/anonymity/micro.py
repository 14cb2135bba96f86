"""MDAV against the losses that are published of it, and its speed on 30,162 rows of three numbers.

python -m benchmarks.anonymity.micro
"""

from __future__ import annotations

import time

import numpy as np

from anonymizers.recoder_discovery import recoder
from anonymizers.search.problem import Problem
from tests.anonymizers.recoding.test_references import EIA, problem, read, run
from tests.real_data import table

PUBLISHED = {
    "CASCrefmicrodata.csv": ((), {3: 5.692, 5: 9.088, 10: 14.156}),
    "Tarragona.csv": ((), {3: 16.933, 5: 22.462, 10: 33.193}),
    "EIA.csv": (EIA, {3: 0.483, 5: 1.667, 10: 3.840}),
}


def main() -> None:
    """Losses in percent of the squares, then speed."""
    for file, (fields, percent) in PUBLISHED.items():
        names, rows = read(table(f"sdcmicro_testdata/{file}"), fields)
        for k, expected in percent.items():
            asked = problem(names, rows, k, by_row=True)
            plain = run("microaggregation", asked, {})
            blocks = run("microaggregation", asked, {"method": "mdav-blocks"})
            print(
                f"{file:22} k {k:2}  {100 * plain.loss:7.3f} (published {expected})  in blocks {100 * blocks.loss:7.3f}"
            )
    made = np.random.default_rng(1).normal(size=(30_162, 3)).round(3)
    asked = problem(["a", "b", "c"], [[repr(value) for value in row] for row in made.tolist()], 3, by_row=True)
    for method in ("mdav", "mdav-blocks"):
        shown(asked, method)


def shown(asked: Problem, method: str) -> None:
    """CPU seconds and loss."""
    began = time.process_time()
    found = recoder("microaggregation").run(asked, {"method": method})
    seconds = time.process_time() - began
    print(f"30,162 x 3, k 3, {method}: {seconds:.2f} s CPU, {100 * getattr(found, 'loss', 0.0):.4f} % (sdcMicro 2.8 s)")


if __name__ == "__main__":
    main()
