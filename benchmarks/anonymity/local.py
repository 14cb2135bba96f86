"""How fast rows are recoded locally, by boxes and by cells, and how much they lose, on Adult.

    python -m benchmarks.anonymity.local

CPU seconds of the recoding alone, best of three.  The figures of others are from runs of their own on the same class
of machine and stand there as a guide.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from anonymizers.recoder import Recoded
from anonymizers.recoder_discovery import recoder
from anonymizers.search.problem import NoSolution, Problem
from benchmarks.anonymity.million import make
from benchmarks.anonymity.run import ORDER, SPECS, job
from release.ingest.read import ingest
from release.job.read import read_job
from release.nouns.plan import SearchSpec
from release.steps.anonymize import prepare
from release.steps.recoded import by_row
from release.steps.stages import Stages
from tests.anonymizers.arx import adult

GUIDE = {
    ("local", "k5"): "ARX 18.4 s CPU for loss 0.0525, 3.0 s for 0.0589",
    ("multidimensional", "k5"): "anonypy 27.9 s (8 fields)",
    ("cell-suppression wildcard", "k5, 5 fields"): "sdcMicro 48.7 s, 7,883 cells",
}


def main() -> None:
    """All of them, on Adult; then local recoding of a million rows."""
    for name, (_, sensitive, models) in SPECS.items():
        for limit in (0.0, 0.04):
            asked, _ = problem(adult(), sensitive, models, limit)
            show("local", f"{name}, {limit:g}", lambda asked=asked: recoder("local").run(asked, {}))
        show("multidimensional", name, lambda asked=asked: recoder("multidimensional").run(asked, {}))
    asked, rows = problem(adult(), None, SPECS["k5"][2], 0.0)
    show("relaxed boxes", "k5", lambda: recoder("multidimensional").run(rows, {"cuts": "relaxed"}))
    five = fewer(asked, ORDER[:5])
    for null in ("wildcard", "own-category"):
        show(
            f"cell-suppression {null}",
            "k5, 5 fields",
            lambda null=null: recoder("cell-suppression").run(five, {"null": null}),
        )
    with tempfile.TemporaryDirectory() as folder:
        make(1_000_000, Path(folder) / "million.csv")
        asked, _ = problem(Path(folder) / "million.csv", None, SPECS["k5"][2], 0.0)
        show("local", "k5, a million rows", lambda: recoder("local").run(asked, {}), times=1)
        show("multidimensional", "k5, a million rows", lambda: recoder("multidimensional").run(asked, {}), times=1)


def problem(path: Path, sensitive: str | None, models: list[dict[str, Any]], limit: float) -> tuple[Problem, Problem]:
    """The problem by tuple and by row."""
    with tempfile.TemporaryDirectory() as folder:
        opened = ingest(path, work=Path(folder) / "work")
        (Path(folder) / "job.toml").write_text(job(sensitive, models, limit), encoding="utf-8")
        asked = read_job(Path(folder) / "job.toml")
        ready = prepare(opened, asked, asked.search or SearchSpec(), Stages(time.process_time, None))
        return ready.problem, by_row(opened, ready)


def fewer(asked: Problem, names: tuple[str, ...]) -> Problem:
    """The problem with these fields alone."""
    places = [asked.fields.index(name) for name in names]
    keys, number = np.unique(asked.keys[:, places], axis=0, return_inverse=True)
    counts = np.bincount(number.ravel(), weights=asked.counts).astype(np.int64)
    hierarchies = tuple(asked.hierarchies[place] for place in places)
    return replace(asked, fields=names, hierarchies=hierarchies, keys=keys, counts=counts)


def show(what: str, asked: str, call: Callable[[], Recoded | NoSolution], times: int = 3) -> None:
    """One line: seconds, loss, rows suppressed."""
    best = float("inf")
    for _ in range(times):
        began = time.process_time()
        found = call()
        best = min(best, time.process_time() - began)
    if isinstance(found, NoSolution):
        print(f"{what:26} {asked:34} {best:7.3f} s  no solution")
        return
    cells = f", {found.notes['suppressed_cells']:,} cells" if "suppressed_cells" in found.notes else ""
    guide = GUIDE.get((what, asked.removesuffix(", 0")), "")
    print(
        f"{what:26} {asked:34} {best:7.3f} s  loss {found.loss:.5f}, {found.suppressed_rows} rows{cells}  {guide}",
        flush=True,
    )


if __name__ == "__main__":
    main()
