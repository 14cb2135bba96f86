"""The treat step on real tables, against published numbers."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from release.steps.treat import treat
from release.steps.treated import Treated
from tests import real_data
from tests.steps.treat_tables import KEY, plan, quasi, read, smallest_class, table

FIELDS = (
    "sex", "age", "race", "marital-status", "education", "native-country", "workclass", "occupation", "salary-class",
)  # fmt: skip


@pytest.mark.parametrize(
    ("limit", "levels", "loss", "suppressed"),
    [
        (0.0, (0, 4, 1, 1, 3, 2, 2, 1, 0), 0.6355438467, 0),
        (0.04, (0, 3, 0, 1, 1, 1, 1, 2, 0), 0.2928158759, 1178),
        (1.0, (0, 3, 0, 0, 2, 1, 1, 1, 0), 0.2277003232, 2553),
    ],
)
def test_adult_comes_out_as_arx_has_it(tmp_path: Path, limit: float, levels, loss: float, suppressed: int) -> None:
    """ARX 3.9.2, 5-anonymity, loss with arithmetic mean."""
    folder = real_data.table("arx_adult")
    with (folder / "adult.csv").open(encoding="utf-8") as handle:
        rows = list(csv.reader(handle, delimiter=";"))
    columns = {name: [row[place] for row in rows[1:]] for place, name in enumerate(rows[0])}
    trees = {name: str(folder / "hierarchies" / f"adult_hierarchy_{name}.csv") for name in FIELDS}
    asked = plan(*(quasi(name, kind="csv", path=trees[name]) for name in FIELDS), k=5, limit=limit)
    done = treat(table(tmp_path / "in", columns), asked, key=KEY, out=tmp_path / "o")
    assert isinstance(done, Treated)
    assert tuple(done.levels[name] for name in FIELDS) == levels
    assert done.loss == pytest.approx(loss, abs=1e-9) and done.suppressed_rows == suppressed and done.optimal
    assert smallest_class(read(done.path), FIELDS) >= 5
