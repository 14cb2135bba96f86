"""Recodings and households from a job file to written bytes."""

from __future__ import annotations

import csv
from collections import defaultdict
from pathlib import Path

import numpy as np
import pytest

from anonymizers.recoder_discovery import recoders
from release.desk.anonymized import lines
from release.ingest.read import ingest
from release.job.read import read_job
from release.nouns.dataset import Table
from release.nouns.errors import BadInput
from release.steps.anonymize import AnonymizeReport, anonymize
from release.steps.recoded import RecodeReport

ROLES = '[fields.age]\nrole = "quasi-identifier"\nhierarchy = { kind = "interval", width = 10, levels = 3 }\n'
ROLES += '[fields.town]\nrole = "quasi-identifier"\n[fields.sick]\nrole = "sensitive"\n'
K3 = '[[models]]\nname = "k-anonymity"\nk = 3\n'


@pytest.fixture
def opened(tmp_path: Path) -> Table:
    """200 rows of households of two, with missing cells and cells that must be quoted."""
    made = np.random.default_rng(3)
    towns = ['Ay, "north"', "Bee", "Cee", ""]
    with (tmp_path / "people.csv").open("w", encoding="utf-8", newline="") as handle:
        writer = csv.writer(handle)
        writer.writerow(["home", "age", "town", "sick"])
        for home in range(100):
            town = towns[made.integers(4)]
            for _ in range(2):
                writer.writerow([home, made.integers(18, 80), town, "yes" if made.random() < 0.3 else "no"])
    return ingest(tmp_path / "people.csv", work=tmp_path / "work")


def job(folder: Path, text: str) -> Path:
    (folder / "job.toml").write_text(text, encoding="utf-8")
    return folder / "job.toml"


def written(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


@pytest.mark.parametrize("suppressed", ["star", "drop"])
@pytest.mark.parametrize("recoding", recoders())
def test_every_recoding_from_job_to_bytes(opened: Table, tmp_path: Path, recoding: str, suppressed: str) -> None:
    text = f'{ROLES}{K3}[search]\nrecoding = "{recoding}"\nsuppression_limit = 0.1\n'
    done = anonymize(opened, read_job(job(tmp_path, text)), tmp_path / "out.csv", suppressed=suppressed)
    assert isinstance(done, RecodeReport)
    rows = written(tmp_path / "out.csv")
    gone = done.found.suppressed_rows
    assert len(rows) == 200 - (gone if suppressed == "drop" else 0)
    assert list(rows[0]) == ["age", "town", "sick"]
    sizes: dict[tuple[str, str], int] = defaultdict(int)
    for row in rows:
        sizes[row["age"], row["town"]] += 1
    assert all(size >= 3 for key, size in sizes.items() if key != ("*", "*"))
    assert any(line.startswith(f"recoding: {recoding}") for line in lines(done.document()))


@pytest.mark.parametrize("recoding", ["global", "local", "multidimensional", "cell-suppression"])
def test_households_are_counted_not_rows(opened: Table, tmp_path: Path, recoding: str) -> None:
    text = f'{ROLES}{K3}[search]\nrecoding = "{recoding}"\nsuppression_limit = 0.1\nhousehold = "home"\n'
    done = anonymize(opened, read_job(job(tmp_path, text)), tmp_path / "out.csv")
    assert isinstance(done, (AnonymizeReport, RecodeReport))
    rows = written(tmp_path / "out.csv")
    assert "home" not in rows[0]
    homes: dict[tuple[str, str], set[int]] = defaultdict(set)
    for number, row in enumerate(rows):
        homes[row["age"], row["town"]].add(number // 2)
    assert all(len(mine) >= 3 for key, mine in homes.items() if key != ("*", "*"))
    model = done.document()["models"][-1]
    assert model["name"] == "distinct-l-diversity"
    assert model["value"] == min(len(mine) for key, mine in homes.items() if key != ("*", "*"))
    assert not list(tmp_path.glob("out.csv.*"))


@pytest.mark.parametrize(
    ("search", "says"),
    [
        ('household = "hom"', "'hom', which the table does not have"),
        ('household = "town"', "'town', a quasi-identifier"),
        ('recoding = "microaggregation"\nhousehold = "home"', "keeps k-anonymity only"),
        ('recoding = "local"\nmetric = "height"', "metric 'loss', not 'height'"),
        ('recoding = "cell-suppression"\n[search.options]\nimportance = { toun = 2 }', "'toun'"),
        ('recoding = "cell-suppression"\n[search.options]\nnull = "none"', "must be one of own-category, wildcard"),
        ('[search.options]\nnull = "wildcard"', "'global' has none"),
        ('recoding = "locale"', "recoding"),
    ],
)
def test_what_does_not_fit_is_refused_by_name(opened: Table, tmp_path: Path, search: str, says: str) -> None:
    with pytest.raises(BadInput, match=says):
        anonymize(opened, read_job(job(tmp_path, f"{ROLES}{K3}[search]\n{search}\n")), tmp_path / "out.csv")
    assert not list(tmp_path.glob("out*"))


def test_groups_of_fields_are_measured_group_by_group(opened: Table, tmp_path: Path) -> None:
    text = f'{ROLES}{K3}[search]\nrecoding = "microaggregation"\n[search.options]\ngroups = [["age"], ["town"]]\n'
    done = anonymize(opened, read_job(job(tmp_path, text)), tmp_path / "out.csv")
    assert isinstance(done, RecodeReport)
    assert done.document()["models"][0]["value"] >= 3
    assert "within each group" in done.document()["notes"]["promise"]
