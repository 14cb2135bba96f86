"""Run every configuration that ARX answered on Adult, as `sluice anonymize` would, and say which answers are the same.

    python -m benchmarks.anonymity.arx [NUMBER …]

Prints one line a configuration and the sums; leaves out what names something that is not built, with the reason.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from release.ingest.read import ingest
from release.job.read import read_job
from release.nouns.dataset import Table
from release.steps.anonymize import AnonymizeReport, anonymize
from tests.anonymizers.arx import STRICTER, Case, adult, cases
from tests.anonymizers.java_random import JavaChance

STRICT = (33, 37)


def main() -> None:
    """All configurations, or those whose numbers are given."""
    wanted = {int(number) for number in sys.argv[1:]}
    with tempfile.TemporaryDirectory() as folder:
        table = ingest(adult(), work=Path(folder) / "work")
        sums: Counter[str] = Counter()
        for case in cases():
            if wanted and case.number not in wanted:
                continue
            verdict, line = (case.left_out, "") if case.left_out else run(case, table, Path(folder))
            sums["left out" if case.left_out else verdict] += 1
            print(f"{verdict if not case.left_out else 'left out: ' + verdict:12} {case} {line}", flush=True)
    print(dict(sums))


def run(case: Case, table: Table, folder: Path) -> tuple[str, str]:
    """The verdict on one configuration, and its numbers."""
    (folder / "job.toml").write_text(case.job, encoding="utf-8")
    began = time.process_time()
    done = anonymize(table, read_job(folder / "job.toml"), folder / "out.csv", chance=JavaChance())
    seconds = time.process_time() - began
    assert isinstance(done, AnonymizeReport)
    found = done.solution
    exact = max(1.0, *case.score) * 1e-9
    if all(abs(mine - theirs) <= exact for mine, theirs in zip(found.score, case.score, strict=True)):
        verdict = "same" if found.levels == case.levels else "same loss"
    else:
        verdict = "lower loss" if found.score < case.score else "HIGHER LOSS"
    if verdict == "HIGHER LOSS" and case.number in STRICT:
        verdict = f"stricter: {STRICTER}"
    checked = case.spec["measured"]["checked"]
    return (
        verdict,
        f"| {found.suppressed_rows} suppressed | checked {found.checked} (ARX {checked}) | {seconds:.2f} s CPU",
    )


if __name__ == "__main__":
    main()
