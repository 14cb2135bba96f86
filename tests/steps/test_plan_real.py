"""Plans for real tables, classified as they are: each can be carried out, keeps its k and shows no identifier."""

from __future__ import annotations

import shutil
from pathlib import Path

import pyarrow as pa
import pytest

from policies.pack import ids, load
from release.ingest.read import ingest
from release.ingest.settings import InputSettings
from release.nouns.openness import Openness
from release.nouns.plan import Plan
from release.nouns.plan_json import from_json, to_json
from release.steps.classify import classify
from release.steps.plan import make_plan
from release.steps.quasi import MOST
from release.steps.treat import treat
from tests.real_data import table as real
from tests.steps.treat_tables import read, smallest_class

TABLES = {
    "adult": "arx_adult/adult.csv",
    "pharmacies": "tw_pharmacy_masks/maskdata.csv",
    "legislators": "us_legislators/legislators.csv",
    "eusilc": "at_eusilc/eusilc.csv.zst",
    "testdata": "sdcmicro_testdata/testdata.csv",
    "diabetes": "us_diabetes130/diabetic_data.csv.zst",
}


def plain(path: Path, folder: Path) -> Path:
    """The file itself, unpacked where it is compressed."""
    if path.suffix != ".zst":
        return path
    out = folder / path.stem
    with pa.CompressedInputStream(pa.OSFile(str(path)), "zstd") as packed, out.open("wb") as whole:
        shutil.copyfileobj(packed, whole)
    return out


@pytest.mark.slow
@pytest.mark.parametrize("name", TABLES)
def test_a_real_table_under_every_pack(tmp_path: Path, name: str) -> None:
    table = ingest(plain(real(TABLES[name]), tmp_path), work=tmp_path, settings=InputSettings())
    findings = classify(table)
    for pack in (load(id) for id in ids()):
        for openness in (None, Openness.CONDITIONAL):
            plan = make_plan(table, findings, pack, openness=openness)
            assert isinstance(plan, Plan), (pack.meta.id, plan)
            assert from_json(to_json(plan)) == plan
            assert make_plan(table, findings, pack, openness=openness) == plan
            quasi = plan.quasi_identifiers()
            if any(model.name == "k-anonymity" for model in plan.models):
                assert len(quasi) <= MOST
            kept = [
                f for f in plan.fields if f.role == "direct-identifier" and f.method in ("keep", "generalize", "round")
            ]
            assert kept == []
            out = tmp_path / f"{pack.meta.id}-{plan.openness}-{openness}.parquet"
            treated = treat(table, plan, key=bytes(32), out=out, spans=lambda texts: [[] for _ in texts])
            assert not isinstance(treated, tuple), (pack.meta.id, plan.openness, treated)
            for model in plan.models:
                if model.name == "k-anonymity":
                    assert smallest_class(read(out), quasi) >= model.params["k"]
