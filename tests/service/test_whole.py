"""The service's own road: examined, planned and produced through documents, as the worker does it."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

from release.desk.decided import Decision, Told
from release.desk.road import Examined, Keys, Label, Made, Road
from release.desk.whole import WholeRoad
from release.nouns.openness import Openness
from release.samples.people import pieces_of_people
from release.samples.write import write_csv

NOW = datetime(2026, 1, 2, tzinfo=UTC).isoformat()
LABEL = Label("人员登记", "说明", ("人口",), "某局", "1", "", NOW)


def quiet(step: str, share: float) -> None:
    assert 0 <= share <= 1


def examined(folder: Path, **corrections: str) -> Examined:
    road: Road = WholeRoad()
    source = write_csv(pieces_of_people(3_000, 3), folder / "people.csv")
    said = {field: Decision(category, "seen", "Wang", NOW, "per_1") for field, category in corrections.items()}
    found = road.examine(source, folder, road.policies()[0], Told(said=said), quiet)
    assert isinstance(found, Examined)
    return Examined(json.loads(json.dumps(found.document)), found.columnar)


def test_a_table_goes_the_whole_road_through_documents(tmp_path: Path) -> None:
    road = WholeRoad()
    found = examined(tmp_path)
    plan = road.prepare(found, Openness.CONDITIONAL, {}, tmp_path, quiet)
    assert not isinstance(plan, tuple), plan
    stored = json.loads(json.dumps(plan))
    made = road.produce(found, stored, Keys(b"r" * 32, b"s" * 32), LABEL, tmp_path / "out", quiet)
    assert isinstance(made, Made), made
    assert made.passed
    assert json.dumps(made.report, allow_nan=False)
    assert (made.folder / "MANIFEST.json").exists()


def test_a_correction_stands_above_the_classifiers(tmp_path: Path) -> None:
    found = examined(tmp_path, 职业="person.work.title")
    finding = next(f for f in found.document["findings"] if f["field"] == "职业")
    assert finding["category"] == "person.work.title"
    assert finding["confidence"] == 1.0


def test_what_can_be_asked_for_is_what_there_is() -> None:
    road = WholeRoad()
    assert road.policies()[0] == "cn-shanghai-open-data"
    assert {"person.name", "unknown"} <= road.categories()
