"""The recodings against published and measured figures of others, on tables that are not shipped."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from anonymizers.hierarchy import Hierarchy
from anonymizers.recoder import Recoded
from anonymizers.recoder_discovery import recoder
from anonymizers.search.problem import Problem
from release.ingest.read import ingest
from release.job.read import read_job
from release.steps.anonymize import anonymize
from release.steps.recoded import RecodeReport
from tests.anonymizers.arx import adult, roles_of
from tests.real_data import table

EIA = [
    "UTILITYID",
    "RESREVENUE",
    "RESSALES",
    "COMREVENUE",
    "COMSALES",
    "INDREVENUE",
    "INDSALES",
    "OTHREVENUE",
    "OTHRSALES",
    "TOTREVENUE",
    "TOTSALES",
]
ADULT = [
    "sex",
    "age",
    "race",
    "marital-status",
    "education",
    "native-country",
    "workclass",
    "occupation",
    "salary-class",
]
HOUSES = ["urbrur", "roof", "walls", "water", "electcon", "relat", "sex"]


def read(path: Path, fields: Sequence[str] = (), delimiter: str = ",") -> tuple[list[str], list[list[str]]]:
    with path.open(encoding="utf-8", newline="") as handle:
        header, *rows = csv.reader(handle, delimiter=delimiter)
    names = list(fields or header)
    places = [header.index(name) for name in names]
    return names, [[row[place] for place in places] for row in rows]


def problem(names: list[str], rows: list[list[str]], k: int, *, by_row: bool = False) -> Problem:
    hierarchies, columns = [], []
    for place in range(len(names)):
        values, codes = np.unique([row[place] for row in rows], return_inverse=True)
        hierarchies.append(Hierarchy(tuple((str(value), "*") for value in values)))
        columns.append(codes)
    keys = np.stack(columns, axis=1).astype(np.int32)
    counts = np.ones(len(rows), dtype=np.int64)
    if not by_row:
        keys, counts = np.unique(keys, axis=0, return_counts=True)
    return Problem(tuple(names), tuple(hierarchies), keys, counts, {}, (("k-anonymity", {"k": k}),))


def run(name: str, asked: Problem, params: dict[str, Any]) -> Recoded:
    found = recoder(name).run(asked, params)
    assert isinstance(found, Recoded)
    return found


@pytest.mark.parametrize(
    ("file", "fields", "percent"),
    [
        ("CASCrefmicrodata.csv", (), {3: 5.692, 5: 9.088, 10: 14.156}),
        ("Tarragona.csv", (), {3: 16.933, 5: 22.462, 10: 33.193}),
        ("EIA.csv", EIA, {3: 0.483, 5: 1.667, 10: 3.840}),
    ],
)
def test_mdav_loses_what_is_published_of_it(file: str, fields: Sequence[str], percent: dict[int, float]) -> None:
    names, rows = read(table(f"sdcmicro_testdata/{file}"), fields)
    for k, expected in percent.items():
        found = run("microaggregation", problem(names, rows, k, by_row=True), {"decimals": 6})
        assert round(100 * found.loss, 3) == expected


def test_cell_suppression_needs_fewer_cells_than_sdcmicro() -> None:
    names, rows = read(table("sdcmicro_testdata/testdata.csv"), HOUSES)
    found = run("cell-suppression", problem(names, rows, 3), {"null": "wildcard"})
    assert found.notes["suppressed_cells"] < 293
    names, rows = read(adult(), ADULT[:5], ";")
    found = run("cell-suppression", problem(names, rows, 5), {"null": "wildcard"})
    assert found.notes["suppressed_cells"] < 7883
    found = run("cell-suppression", problem(names, rows, 5), {"null": "own-category"})
    assert found.notes["suppressed_cells"] <= 8190


def test_importance_moves_cells_elsewhere() -> None:
    names, rows = read(table("sdcmicro_testdata/testdata.csv"), HOUSES)
    found = run("cell-suppression", problem(names, rows, 3), {"null": "wildcard", "importance": {"roof": 10.0}})
    assert found.notes["cells"]["roof"] == 0


@pytest.mark.parametrize(
    ("recoding", "options", "fields", "most"),
    [
        ("local", "", 9, 0.0523),
        ("multidimensional", "", 9, 0.0661),
        ("multidimensional", 'cuts = "relaxed"', 9, 0.0651),
        ("cell-suppression", 'null = "own-category"', 9, 0.1343),
        ("cell-suppression", 'null = "wildcard"', 5, 0.0125),
    ],
)
def test_adult_the_whole_way(tmp_path: Path, recoding: str, options: str, fields: int, most: float) -> None:
    lines = [*roles_of(ADULT[:fields], None), "[[models]]", 'name = "k-anonymity"', "k = 5"]
    lines += ["[search]", f'recoding = "{recoding}"', "suppression_limit = 0.0", "[search.options]", options]
    (tmp_path / "job.toml").write_text("\n".join(lines), encoding="utf-8")
    opened = ingest(adult(), work=tmp_path / "work")
    done = anonymize(opened, read_job(tmp_path / "job.toml"), tmp_path / "out.csv")
    assert isinstance(done, RecodeReport)
    assert done.found.loss <= most
    assert done.measured.holds()
    assert done.document()["models"][0]["value"] >= 5
    assert done.document()["suppressed_rows"] == 0
