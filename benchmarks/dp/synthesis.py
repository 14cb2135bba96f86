"""Synthetic rows of Adult and of the NIST excerpt of Massachusetts: error by one, two and three fields, and time.

python -m benchmarks.dp.synthesis [adult|ma2018] [aim|mst|independent] [RUNS] [KEY=VALUE ...]

Rows go the whole way: coded in SQL, measured with OpenDP's noise in a confined process, made from the model, compared
with the raw table.  Fields, bins and budget are those of dp's anchors: (epsilon 1, delta 1e-6), one row the unit.
"""

from __future__ import annotations

import itertools
import json
import os
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet as pq

from release.synth.confine import run_confined
from release.synth.counts import Coded
from release.synth.encode import encode
from release.synth.fidelity import fidelity
from release.synth.kept import restored
from release.synth.made import made_up
from release.synth.read import read_request
from release.synth.request import Request, canonical

DATA = Path(os.environ.get("SLUICE_DATA", Path(__file__).parents[3] / "shared" / "data"))
AGES = {"lower": 15, "upper": 90, "edges": [20, 25, 30, 35, 40, 45, 50, 55, 60, 65, 70, 75, 80]}
DEMOGRAPHIC = ("PUMA", "AGEP", "SEX", "MSP", "HISP", "RAC1P", "HOUSING_TYPE", "OWN_RENT", "INDP_CAT", "EDU",
               "PINCP_DECILE", "DVET", "DREM", "DPHY")  # fmt: skip


def main(arguments: list[str]) -> None:
    """Prints one line a run and the medians."""
    name, method, runs = (arguments + ["adult", "aim", "5"][len(arguments) :])[:3]
    settings = {key: json.loads(value) for key, value in (word.split("=", 1) for word in arguments[3:])}
    with tempfile.TemporaryDirectory() as folder:
        path, fields = {"adult": adult, "ma2018": ma2018}[name](Path(folder))
        section = {"method": method, "epsilon": 1, "delta": 1e-6, "fields": fields, "time_limit_s": 7200, **settings}
        request = canonical(read_request(section, dataset=name))
        found = [one(path, replace(request), Path(folder)) for _ in range(int(runs))]
    for run in found:
        print(json.dumps(run))
    print(f"\n{name}, {method}, {settings}, median of {runs}:")
    for key in found[0]:
        values = [run[key] for run in found if isinstance(run[key], (int, float))]
        if values:
            print(f"  {key:<22} {statistics.median(values):.4f}   [{min(values):.4f}, {max(values):.4f}]")


def one(path: Path, request: Request, work: Path) -> Mapping[str, Any]:
    """One synthesis, its time and its errors."""
    started, before = time.perf_counter(), resource.getrusage(resource.RUSAGE_CHILDREN)
    kept = restored(run_confined(path, request, salt="benchmark", work=work))
    wall, after = time.perf_counter() - started, resource.getrusage(resource.RUSAGE_CHILDREN)
    raw = encode(path, request, salt="")
    started = time.process_time()
    _, made = made_up(kept, request.fields, int(raw.counts.sum()), [f.name for f in request.fields])
    rows_s = time.process_time() - started
    told = fidelity(raw, made, [f.name for f in request.fields])
    errors = {f"rows {way['fields']}-way": way["mean_l1"] for way in told["ways"]}
    model = {f"model {width}-way": float(np.mean(list(_off(raw, kept.model, width)))) for width in (1, 2, 3)}
    ratios = {f"rows/model {w}-way": errors[f"rows {w}-way"] / model[f"model {w}-way"] for w in (1, 2, 3)}
    excess = [pair["l1"] - pair["independent_l1"] for pair in told["pairs"]]
    return {
        **errors,
        **model,
        **ratios,
        "largest 2-way": told["ways"][1]["largest_l1"],
        "k-marginal 2": 500 * (2 - errors["rows 2-way"]),
        "k-marginal 3": 500 * (2 - errors["rows 3-way"]),
        **_by_area(raw, made, request),
        "pairs worse by 0.01": len(told["worse_than_independent"]),
        "largest excess": max(excess),
        "tables": len(kept.tables),
        "fit wall s": wall,
        "fit cpu s": after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime,
        "rows cpu s": rows_s,
        "peak child MB": after.ru_maxrss / 1024,
    }


def _off(raw: Coded, model: Any, width: int) -> Iterator[float]:
    for clique in itertools.combinations(range(len(raw.sizes)), width):
        exact, fitted = raw.table(clique).astype(float), model.project(clique)
        yield float(np.abs(exact / exact.sum() - fitted / fitted.sum()).sum())


def _by_area(raw: Coded, made: Coded, request: Request) -> Mapping[str, float]:
    """NIST's k-marginal score: pairs of other fields within each PUMA, 1000 is best."""
    names = [field.name for field in request.fields]
    if "PUMA" not in names:
        return {}
    area = names.index("PUMA")
    scores = []
    for pair in itertools.combinations([n for n in range(len(names)) if n != area], 2):
        clique = tuple(sorted((area, *pair)))
        tables = []
        for rows in (raw, made):
            flat = np.moveaxis(rows.table(clique).astype(float), clique.index(area), 0).reshape(rows.sizes[area], -1)
            tables.append(flat / np.maximum(flat.sum(axis=1, keepdims=True), 1))
        scores.append(500 * (2 - np.abs(tables[0] - tables[1]).sum(axis=1).mean()))
    return {"k-marginal by PUMA": float(np.mean(scores))}


def adult(folder: Path) -> tuple[Path, Mapping[str, Any]]:
    """Adult as ARX carries it: 30,162 rows, nine fields, age in 14 bins."""
    options = pa.csv.ParseOptions(delimiter=";")
    return _texts(DATA / "arx_adult" / "adult.csv", folder, {"age": AGES}, options=options)


def ma2018(folder: Path) -> tuple[Path, Mapping[str, Any]]:
    """NIST's excerpt: 7,244 rows of five areas; 14 of its fields, age in bins of five years."""
    ages = {"lower": 0, "upper": 95, "bins": 19}
    return _texts(DATA / "sdnist_ma2018" / "ma2018.csv", folder, {"AGEP": ages}, wanted=DEMOGRAPHIC)


def _texts(
    source: Path,
    folder: Path,
    numeric: Mapping[str, Any],
    *,
    options: Any = None,
    wanted: tuple[str, ...] = (),
) -> tuple[Path, Mapping[str, Any]]:
    """The columnar copy of texts, and the public fields.  The lists are those of the published code books, which for
    these two tables hold what occurs."""
    names = pa.csv.read_csv(source, parse_options=options).column_names
    kinds = pa.csv.ConvertOptions(column_types=dict.fromkeys(names, pa.string()), include_columns=list(wanted or names))
    table = pa.csv.read_csv(source, parse_options=options, convert_options=kinds)
    path = folder / f"{source.stem}.parquet"
    pq.write_table(table, path)
    listed = {n: {"keys": sorted(set(table[n].to_pylist()))} for n in table.column_names if n not in numeric}
    return path, {name: numeric.get(name) or listed[name] for name in table.column_names}


if __name__ == "__main__":
    main(sys.argv[1:])
