"""The whole path as one process, as a person runs it: CPU seconds, wall seconds, peak memory, seconds a stage.

python -m benchmarks.release.run [--rows 100000 1000000] [--scan] [--markdown]

What a reader would get wrong: all seconds but the line of wall seconds are CPU seconds, threads included, so that
other work on the machine does not count; "start, imports, plan" is what the stages leave of the whole process.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.release.register import register

ROOT = Path(__file__).parent.parent.parent
STAGES = ("ingest", "classify", "grade", "treat", "verify", "publish")


@dataclass(frozen=True)
class Measured:
    """One command as a process."""

    rows: int
    input_mb: float
    cpu_s: float
    wall_s: float
    peak_mb: float
    package_mb: float
    stages: dict[str, float] = field(default_factory=dict)


def measure(rows: int, folder: Path, openness: str) -> tuple[Measured, Measured]:
    """``sluice release`` and ``sluice verify --raw`` of a register of ``rows`` people."""
    source, out = register(folder / f"people{rows}.csv", rows), folder / f"package{rows}"
    size = source.stat().st_size / 1e6
    words = ["release", str(source), "-o", str(out), "--openness", openness, "--workspace", str(folder / "home")]
    document, cpu, wall, peak = run([*words, "--json"])
    package = sum(p.stat().st_size for p in out.rglob("*") if p.is_file()) / 1e6
    released = Measured(rows, size, cpu, wall, peak, package, document["seconds"])
    _, cpu, wall, peak = run(["verify", str(out), "--raw", str(source), "--json"])
    return released, Measured(rows, size, cpu, wall, peak, package)


# The command's own stages are timed with perf_counter; here they are wanted in CPU seconds.
COMMAND = "import time; time.perf_counter = time.process_time; from release.wiring.command import run; run()"


def run(words: Sequence[str]) -> tuple[dict[str, dict[str, float]], float, float, float]:
    """The JSON answer, CPU seconds, wall seconds and peak memory (MB) of a command.

    A fresh interpreter waits for the command, because RUSAGE_CHILDREN keeps the largest peak of all that ever ran."""
    watcher = (
        "import json, resource, subprocess, sys, time\n"
        "begun = time.perf_counter()\n"
        "done = subprocess.run([sys.executable, '-c', *sys.argv[1:]], capture_output=True)\n"
        "wall, used = time.perf_counter() - begun, resource.getrusage(resource.RUSAGE_CHILDREN)\n"
        "out, err = done.stdout.decode(), done.stderr.decode()\n"
        "print(json.dumps([done.returncode, out, err, used.ru_utime + used.ru_stime, wall, used.ru_maxrss]))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", watcher, COMMAND, *words], cwd=ROOT, capture_output=True, text=True, check=True
    )
    code, out, err, cpu, wall, peak = json.loads(done.stdout)
    if code:
        raise SystemExit(f"sluice {words[0]} ended with {code}: {out}{err}")
    return json.loads(out), cpu, wall, peak * (1 if sys.platform == "darwin" else 1024) / 1e6


def table(results: Sequence[tuple[Measured, Measured]]) -> list[str]:
    """The results as a Markdown table, one column a size."""
    head = ["", *(f"{released.rows:,} rows" for released, _ in results)]
    rows = [
        ["input, MB", *(f"{r.input_mb:.0f}" for r, _ in results)],
        *([f"{stage}, CPU-s", *(f"{r.stages.get(stage, 0):.1f}" for r, _ in results)] for stage in STAGES),
        ["start, imports, plan, CPU-s", *(f"{r.cpu_s - sum(r.stages.values()):.1f}" for r, _ in results)],
        ["**release, CPU-s**", *(f"**{r.cpu_s:.1f}**" for r, _ in results)],
        ["release, wall s", *(f"{r.wall_s:.1f}" for r, _ in results)],
        ["**release, peak MB**", *(f"**{r.peak_mb:.0f}**" for r, _ in results)],
        ["package, MB", *(f"{r.package_mb:.0f}" for r, _ in results)],
        ["verify with the raw table, CPU-s", *(f"{v.cpu_s:.1f}" for _, v in results)],
        ["verify with the raw table, peak MB", *(f"{v.peak_mb:.0f}" for _, v in results)],
    ]
    lines = [head, ["---", *("---:" for _ in results)], *rows]
    return ["| " + " | ".join(cells) + " |" for cells in lines]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, nargs="+", default=[100_000, 1_000_000])
    parser.add_argument("--openness", default="unconditional", choices=["unconditional", "conditional"])
    parser.add_argument("--scan", action="store_true", help="also the classification scan beside presidio-analyzer")
    given = parser.parse_args()
    begun = time.perf_counter()
    with tempfile.TemporaryDirectory(prefix="sluice-benchmark-") as name:
        results = [measure(rows, Path(name), given.openness) for rows in given.rows]
    print(f"{os.cpu_count()} cores, Python {sys.version.split()[0]}, {given.openness}, load {os.getloadavg()[0]:.1f}\n")
    print("\n".join(table(results)))
    if given.scan:
        print()
        subprocess.run([sys.executable, "-m", "benchmarks.classification.speed"], cwd=ROOT, check=True)
    print(f"\n{time.perf_counter() - begun:.0f} s in all", file=sys.stderr)


if __name__ == "__main__":
    main()
