"""How fast the anonymity search and the measures are, next to others on the same table in the same run.

    python -m benchmarks.anonymity.run [search] [models] [million] [ten-million] [measures]

CPU seconds of the process, best of three where it is short.  ARX's figures are from its own timings file (another
run, the same class of machine) and stand there as a guide, not as a side-by-side result; pycanon runs here.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any

from anonymizers.measures import distinct_l_diversity, k_anonymity, risk, t_closeness
from anonymizers.measures.sample import open_sample
from benchmarks.anonymity.million import make
from release.ingest.read import ingest
from release.job.read import read_job
from release.steps.anonymize import AnonymizeReport, anonymize
from tests.anonymizers.arx import adult
from tests.real_data import table

ORDER = (
    "sex",
    "age",
    "race",
    "marital-status",
    "education",
    "native-country",
    "workclass",
    "occupation",
    "salary-class",
)
SPECS = {
    "k5": ("k5", None, [{"name": "k-anonymity", "k": 5}]),
    "k5 + distinct 3": ("k5,ld3@occupation", "occupation", [{"name": "distinct-l-diversity", "l": 3}]),
    "k5 + entropy 3": ("k5,le3@occupation", "occupation", [{"name": "entropy-l-diversity", "l": 3}]),
    "k5 + recursive (4, 5)": (
        "k5,lr4.0/5@occupation",
        "occupation",
        [{"name": "recursive-cl-diversity", "c": 4, "l": 5}],
    ),
    "k5 + t 0.2 equal": ("k5,te0.2@occupation", "occupation", [{"name": "t-closeness", "t": 0.2}]),
    "k5 + t 0.2 hierarchical": (
        "k5,th0.2@occupation",
        "occupation",
        [{"name": "t-closeness", "t": 0.2, "distance": "hierarchical"}],
    ),
}
LIMITS = (0, 0.04, 1)
# CPU seconds of ARX's search where its timings file has no entry: medians of three runs after warm-up, same machine.
GUIDE = {
    ("k5", 0.04): 0.87,
    ("k5", 1): 2.5,
    ("k5,ld3@occupation", 0): 0.042,
    ("k5,le3@occupation", 0.04): 0.415,
    ("k5,te0.2@occupation", 1): 1.842,
    ("k5,th0.2@occupation", 1): 1.874,
}


def main() -> None:
    """The parts named, or all."""
    parts: dict[str, Callable[[], None]] = {"search": search, "million": million, "measures": measures}
    parts["ten-million"] = lambda: million(10_000_000)
    for name in sys.argv[1:] or parts:
        print(f"\n== {name}")
        parts[name]()


def job(sensitive: str | None, models: list[dict[str, Any]], limit: float) -> str:
    """A job file for Adult."""
    folder = adult().parent / "hierarchies"
    lines = []
    for name in ORDER:
        role = "sensitive" if name == sensitive else "quasi-identifier"
        lines += [f"[fields.{name}]", f'role = "{role}"', f'hierarchy = "{folder}/adult_hierarchy_{name}.csv"']
    asked = (
        models if sensitive is None else [{"name": "k-anonymity", "k": 5}, *({**m, "field": sensitive} for m in models)]
    )
    for model in asked:
        lines += ["[[models]]", *(f"{key} = {json.dumps(value)}" for key, value in model.items())]
    return "\n".join([*lines, "[search]", f"suppression_limit = {limit}", "time_limit_s = 600.0"])


def arx(models: str, limit: float) -> float | None:
    """ARX's CPU seconds for a specification on Adult, where they are known."""
    for entry in json.loads(table("arx_expected/timings_and_optima.json").read_text(encoding="utf-8"))["results"]:
        asked_limit, metric, asked = entry["spec"].split(":", 2)
        if metric == "loss" and float(asked_limit) == limit and entry["dataset"] == "adult.csv" and asked == models:
            return float(min(run["anonymize_threadcpu_ms_median"] for run in entry["runs"])) / 1000
    return GUIDE.get((models, limit))


def search() -> None:
    """The search alone, on Adult."""
    print(f"{'models':24} {'limit':>5} {'CPU s':>7} {'checked':>8} {'loss':>13} {'ARX CPU s':>10} {'ARX / ours':>10}")
    with tempfile.TemporaryDirectory() as folder:
        opened = ingest(adult(), work=Path(folder) / "work")
        for name, (spec, sensitive, models) in SPECS.items():
            for limit in LIMITS:
                (Path(folder) / "job.toml").write_text(job(sensitive, models, limit), encoding="utf-8")
                asked = read_job(Path(folder) / "job.toml")
                runs = []
                for _ in range(3):
                    done = anonymize(opened, asked, Path(folder) / "out.csv", clock=time.process_time)
                    assert isinstance(done, AnonymizeReport)
                    runs.append(done.seconds["search"])
                theirs = arx(spec, limit)
                shown = f"{theirs:10.3f} {theirs / min(runs):10.1f}" if theirs else f"{'-':>10} {'-':>10}"
                found = done.solution
                print(
                    f"{name:24} {limit:5g} {min(runs):7.3f} {found.checked:8d} {found.loss:13.10f} {shown}", flush=True
                )


def million(rows: int = 1_000_000) -> None:
    """A million rows, the whole process from CSV to written and measured output, in a process of its own."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "million.csv"
        make(rows, path)
        for limit in LIMITS:
            (Path(folder) / "job.toml").write_text(job(None, SPECS["k5"][2], limit), encoding="utf-8")
            child = [sys.executable, "-m", "benchmarks.anonymity.one", str(path), str(Path(folder) / "job.toml")]
            print(subprocess.run(child, check=True, capture_output=True, text=True).stdout.strip(), flush=True)


def measures() -> None:
    """The measures against pycanon, on 5,000 rows and on all of Adult."""
    warnings.simplefilter("ignore")
    import pandas as pd
    from pycanon import anonymity

    qis, field = [name for name in ORDER if name != "occupation"], "occupation"
    whole = pd.read_csv(adult(), sep=";", dtype=str)
    with tempfile.TemporaryDirectory() as folder:
        for rows in (5_000, 30_162):
            frame = whole.head(rows)
            path = Path(folder) / f"{rows}.parquet"
            frame.to_parquet(path)
            ours: dict[str, Callable[[Any], object]] = {
                "k": lambda sample: k_anonymity.measure(sample, qis),
                "distinct l": lambda sample: distinct_l_diversity.measure(sample, qis, field),
                "t equal": lambda sample: t_closeness.measure(sample, qis, field),
                "k, l, t, risks": lambda sample: (
                    k_anonymity.measure(sample, qis),
                    distinct_l_diversity.measure(sample, qis, field),
                    t_closeness.measure(sample, qis, field),
                    risk.measure(sample, qis),
                ),
            }
            theirs: dict[str, Callable[[], object]] = {
                "k": lambda frame=frame: anonymity.k_anonymity(frame, qis),
                "distinct l": lambda frame=frame: anonymity.l_diversity(frame, qis, [field]),
            }
            if rows <= 5_000:
                theirs["t equal"] = lambda frame=frame: anonymity.t_closeness(frame, qis, [field])
            for name, call in ours.items():
                mine = cpu(lambda call=call, path=path: with_sample(path, call))
                peer = cpu(theirs[name], 1) if name in theirs else None
                shown = f"pycanon {peer:8.3f} s, {peer / mine:6.1f} times ours" if peer else ""
                print(f"{rows:7,d} rows  {name:16} {mine:7.3f} s  {shown}", flush=True)


def with_sample(path: Path, call: Callable[[Any], object]) -> object:
    """Open, measure, close."""
    with open_sample(path) as sample:
        return call(sample)


def cpu(call: Callable[[], object], times: int = 3) -> float:
    """Least CPU seconds of a few calls."""
    found = []
    for _ in range(times):
        began = time.process_time()
        call()
        found.append(time.process_time() - began)
    return min(found)


if __name__ == "__main__":
    main()
