"""How often simulated attacks on Adult succeed, by treatment, and how long they take.

python -m benchmarks.anonymity.attacks [ATTEMPTS]

One half of Adult is released after each treatment; the other half are the control: people of the same kind who are not
in the table.  Known: age, sex, race, marital status, education, native country; secret: occupation.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from anonymizers.attacks.classes import homogeneity
from anonymizers.attacks.inference import infer
from anonymizers.attacks.linkability import link
from anonymizers.attacks.linkage import by_distance, by_keys
from anonymizers.attacks.rate import Outcome
from anonymizers.attacks.singling_out import single_out
from anonymizers.discovery import treatment
from anonymizers.treatment import Context
from benchmarks.anonymity.risk import KEY, adult

KNOWN = ("age", "sex", "race", "marital-status", "education", "native-country")
SECRET = "occupation"
Columns = Mapping[str, pa.Array]

TREATED: Mapping[str, tuple[tuple[str, str, dict[str, Any]], ...]] = {
    "nothing": (),
    "rank swap of age, 10 %": (("age", "rank-swap", {"percent": 10}),),
    "PRAM 0.7 of all but age": tuple((name, "pram", {"keep": 0.7}) for name in KNOWN[1:]),
    "both": (
        ("age", "rank-swap", {"percent": 10}),
        *((name, "pram", {"keep": 0.7}) for name in KNOWN[1:]),
    ),
    "record swap of three fields, half of the rows": tuple(
        (
            name,
            "record-swap",
            {"share": 0.5, "with": [other for other in KNOWN[3:] if other != name], "alike": ["sex"]},
        )
        for name in KNOWN[3:]
    ),
    "PRAM 0.5 of the secret": ((SECRET, "pram", {"keep": 0.5}),),
}


def perturbed(raw: Columns, steps: tuple[tuple[str, str, dict[str, Any]], ...]) -> dict[str, pa.Array]:
    """The columns treated, each from the raw ones."""
    done = dict(raw)
    for name, method, params in steps:
        made = treatment(method)
        assert made.whole is not None
        done[name] = made.whole(raw, params, Context(name, KEY))
    return done


def k_anonymous(raw: Columns, k: int) -> tuple[dict[str, pa.Array], dict[str, dict[str, tuple[str, ...]]]]:
    """The columns under global recoding, with the hierarchies by value."""
    from anonymizers.build import build_hierarchy
    from release.nouns.dataset import Dataset, Table
    from release.steps.reading import count_values
    from release.steps.treat import treat
    from release.steps.treated import Treated
    from tests.real_data import ROOT
    from tests.steps.treat_tables import QUASI, SENSITIVE, field, plan

    folder = ROOT / "arx_adult" / "hierarchies"
    specs = {name: {"kind": "csv", "path": str(folder / f"adult_hierarchy_{name}.csv")} for name in KNOWN}
    with tempfile.TemporaryDirectory() as room:
        path = Path(room) / "in.parquet"
        pq.write_table(pa.table(dict(raw)), path)
        fields = (*(field(n, QUASI, "generalize", hierarchy=specs[n]) for n in KNOWN), field(SECRET, SENSITIVE, "keep"))
        source = Table(Dataset("adult", "adult.csv", "digest-1", len(raw[SECRET]), ()), path)
        done = treat(source, plan(*fields, k=k, limit=0.04), key=KEY, out=Path(room) / "out.parquet")
        assert isinstance(done, Treated), done
        read = pq.read_table(done.path)
        counts = count_values(path, list(KNOWN))
    trees = {n: {row[0]: row for row in build_hierarchy(n, counts[n], specs[n]).rows} for n in KNOWN}
    return {name: read.column(name).combine_chunks() for name in read.column_names}, trees


def shown(outcome: Outcome) -> str:
    """Rate, and what the table adds with the lower end of its interval."""
    if not outcome.main.attacks:
        return "none to try"
    value, low, _ = outcome.residual()
    return f"{outcome.main.successes / outcome.main.attacks:.3f} (+{value:.3f}, ≥ {low:.3f})"


def attacked(raw: Columns, treated: Columns, control: Columns, attempts: int, trees: Any = None) -> list[str]:
    """One cell an attack."""
    again: dict[str, Any] = {"attacks": attempts, "hierarchies": trees}
    paired = len(raw[SECRET]) == len(treated[SECRET]) and trees is None
    return [
        shown(by_keys(raw, treated, KNOWN, **again).expected),
        shown(by_distance(raw, treated, KNOWN, **again)) if paired else "not paired",
        shown(link(raw, treated, (KNOWN[:3], KNOWN[3:]), control=control, **again)),
        shown(single_out(raw, treated, (*KNOWN, SECRET), multivariate=True, control=control, **again)),
        shown(infer(raw, treated, KNOWN, SECRET, control=control, **again)),
        shown(homogeneity(treated, KNOWN, SECRET).certain),
    ]


def main(words: list[str]) -> None:
    """Prints a table as in the README."""
    attempts = int(words[0]) if words else 500
    read = adult().select([*KNOWN, SECRET])
    half = read.num_rows // 2
    raw = {name: read.column(name).combine_chunks().slice(0, half) for name in read.column_names}
    control = {name: read.column(name).combine_chunks().slice(half) for name in read.column_names}
    print("| treatment | keys | distance | linkability | singling out | inference | homogeneity | CPU s |")
    print("|---|---|---|---|---|---|---|---|")
    for label, steps in TREATED.items():
        began = time.process_time()
        cells = attacked(raw, perturbed(raw, steps), control, attempts)
        print(f"| {label} | {' | '.join(cells)} | {time.process_time() - began:.1f} |", flush=True)
    for k in (5, 50):
        began = time.process_time()
        treated, trees = k_anonymous(raw, k)
        cells = attacked(raw, treated, control, attempts, trees)
        print(f"| k-anonymity, k = {k} | {' | '.join(cells)} | {time.process_time() - began:.1f} |", flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
