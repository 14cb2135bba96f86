"""Synthetic rows end to end: charged once, never twice, never for nothing, and never a value that is not public."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from release.desk.attested import check_card
from release.desk.path import Examination
from release.desk.synthesis import Synthesized, document, lines, synthesize
from release.desk.synthesis_plan import plan_lines, planned
from release.desk.synthesis_review import review, review_lines
from release.ledger import ledger
from release.nouns.dataset import Table
from release.nouns.errors import BadInput, ReleaseError
from release.nouns.override import Override
from release.nouns.refusal import Refusal
from release.steps.classify import classify
from release.steps.grade import grade
from release.store.engine import open_store, sqlite_url
from release.store.work import Store
from tests.policies.small import load
from tests.synth.toys import CITIES, SECTION, register

NOW = datetime(2026, 1, 2, tzinfo=UTC)
SEED = bytes(range(32))
CANARY = "CANARY-7f3a"
CATEGORIES = {
    "person": "person.identity.resident-id",
    "city": "thing.region",
    "job": "thing.region",
    "age": "thing.count",
}
NRHO = int(SECTION["rho"] * ledger.NANO)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    store = open_store(sqlite_url(tmp_path / "ledger.db"))
    yield store
    store.close()


def examined(folder: Path, table: Table) -> Examination:
    pack = load(folder)
    findings = classify(table, {name: Override(category) for name, category in CATEGORIES.items()})
    return Examination(table, findings, pack, grade(table, findings, pack))


def ask(
    found: Examination, store: Store, folder: Path, name: str, **change: object
) -> Synthesized | tuple[Refusal, ...]:
    section = {key: value for key, value in {**SECTION, **change}.items() if value is not None}
    return synthesize(found, section, store=store, salt="s", signing=SEED, out=folder / name, work=folder, now=NOW)


def spent(store: Store) -> int:
    return ledger.balance(store.engine, "lineage:people").spent_nrho


def state(store: Store) -> list[str]:
    return [line.state for line in ledger.charges(store.engine, "lineage:people")]


@pytest.mark.slow
def test_the_whole_way(tmp_path: Path, store: Store) -> None:
    found = examined(tmp_path, register(tmp_path, canary=CANARY))
    done = ask(found, store, tmp_path, "one.csv")
    assert isinstance(done, Synthesized)
    assert done.charged_nrho == spent(store) == NRHO and state(store) == ["COMMITTED"]
    _rows_are_public(tmp_path / "one.csv")
    _card_is_whole(done.card)
    _tables_are_noisy(json.loads((tmp_path / "one.csv.tables.json").read_text(encoding="utf-8")))
    for path in tmp_path.glob("one.csv*"):
        assert CANARY not in path.read_text(encoding="utf-8")
    assert not list(tmp_path.glob("synthesis-*")) and not list(tmp_path.glob("*.part"))

    # The same question, written otherwise, with other limits: the same rows for nothing.
    fields = dict(reversed(SECTION["fields"].items()))
    again = ask(found, store, tmp_path, "two.csv", fields=fields, time_limit_s=100, memory_limit_mb=20)
    assert isinstance(again, Synthesized) and again.charged_nrho == 0 and spent(store) == NRHO
    one, two = (list(csv.reader((tmp_path / name).open(newline=""))) for name in ("one.csv", "two.csv"))
    assert [list(reversed(row)) for row in one] == two
    fewer = ask(found, store, tmp_path, "few.csv", rows=50)
    assert isinstance(fewer, Synthesized) and fewer.rows.num_rows == 50 and spent(store) == NRHO

    assert check_card(tmp_path / "one.csv").ok
    noisy = tmp_path / "one.csv.tables.json"
    noisy.write_text(noisy.read_text(encoding="utf-8").replace("1", "2", 1), encoding="utf-8")
    checked = check_card(tmp_path / "one.csv")
    assert not checked.ok and "tables.json is not the file" in checked.first_failure
    with pytest.raises(BadInput, match="exists already"):
        ask(found, store, tmp_path, "one.csv")
    assert document(done)["rows"] == done.rows.num_rows
    assert any("nobody's" in line for line in lines(done))
    _reviewed(found, done, tmp_path)


def _rows_are_public(path: Path) -> None:
    rows = list(csv.DictReader(path.open(newline="")))
    assert list(rows[0]) == ["city", "job", "age"] and abs(len(rows) - 2000) < 60
    assert {row["city"] for row in rows} <= set(CITIES) and {row["job"] for row in rows} <= {"baker", "smith"}
    assert all(0 <= int(row["age"]) <= 100 for row in rows)
    bakers = sum(row["job"] == "baker" for row in rows if row["city"] == "north")
    assert bakers / sum(row["city"] == "north" for row in rows) > 0.8


def _card_is_whole(card: Mapping[str, Any]) -> None:
    assert card["basic"]["data_product_type"] == "synthetic rows"
    assert card["privacy_loss"]["privacy_parameters"]["rho"] == 0.5
    assert card["accounting"]["rho_drawn"] <= 0.5
    assert [told["fields"] for told in card["implementation"]["expected_error"]] == [1, 2]
    assert card["policy"]["id"]
    assert "nobody's" in card["plain_words"]["en"] and "不对应任何人" in card["plain_words"]["zh"]


def _tables_are_noisy(told: Mapping[str, Any]) -> None:
    assert len(told["tables"]) == 5 and all(table["sigma"] > 0 for table in told["tables"])
    assert {tuple(t["fields"]) for t in told["tables"]} >= {("age",), ("city",), ("job",), ("city", "job")}
    assert told["values"]["age"][0] == "0..19" and told["values"]["age"][-1] == "80..100"


def _reviewed(found: Examination, done: Synthesized, folder: Path) -> None:
    told = review(found, done, folder / "review", work=folder, control=found.table)
    near = told["fidelity"]
    assert near["ways"][0]["mean_l1"] < 0.05 and near["ways"][1]["mean_l1"] < 0.12
    pair = next(p for p in near["pairs"] if p["fields"] == ["city", "job"])
    assert pair["l1"] < pair["independent_l1"] / 3
    assert ["city", "job"] not in near["worse_than_independent"]
    assert {"linkability", "singling-out:univariate"} <= {one["attack"] for one in told["attacks"]["attacks"]}
    assert told["attacks"]["control"]
    assert "never publish" in (folder / "review" / "fidelity.json").read_text(encoding="utf-8")
    assert (folder / "review" / "fidelity.svg").read_text(encoding="utf-8").startswith("<svg")
    assert any("reviewers only" in line for line in review_lines(told))


def test_what_breaks_after_the_start_burns_the_charge(tmp_path: Path, store: Store) -> None:
    found = examined(tmp_path, register(tmp_path, 200))
    with pytest.raises(ReleaseError, match=r"longer than the 0\.01 seconds") as slow:
        ask(found, store, tmp_path, "a.csv", time_limit_s=0.01)
    assert slow.value.remedy
    assert spent(store) == NRHO and state(store) == ["BURNT"] and not list(tmp_path.glob("a.csv*"))
    with pytest.raises(ReleaseError, match="more memory than the 16 MB") as large:
        ask(found, store, tmp_path, "a.csv", memory_limit_mb=16)
    assert large.value.remedy
    assert spent(store) == 2 * NRHO and state(store) == ["BURNT", "BURNT"]
    assert not list(tmp_path.glob("synthesis-*"))


def test_a_breakage_inside_tells_its_place_and_no_cell(
    tmp_path: Path, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = examined(tmp_path, register(tmp_path, 20, canary=CANARY))
    # The file is sound when the question is compiled and gone when the process reads it.
    monkeypatch.setattr("release.desk.synthesis.check", lambda path, request, names: path.write_text(CANARY))
    with pytest.raises(ReleaseError, match="its budget is spent") as broken:
        ask(found, store, tmp_path, "a.csv")
    assert CANARY not in str(broken.value)
    assert spent(store) == NRHO and state(store) == ["BURNT"]


def test_refusals_cost_nothing(tmp_path: Path, store: Store) -> None:
    found = examined(tmp_path, register(tmp_path, 200))
    named = {**SECTION["fields"], "person": {"keys": ["p0", "p1"]}}
    refused = ask(found, store, tmp_path, "a.csv", fields=named)
    assert isinstance(refused, tuple) and [r.code for r in refused] == ["synthesize.names-persons"]
    assert refused[0].remedy
    with pytest.raises(BadInput, match="no field height"):
        ask(found, store, tmp_path, "a.csv", fields={**SECTION["fields"], "height": {"keys": ["1"]}})
    with pytest.raises(BadInput, match="a project, requester or lineage is a text"):
        ask(found, store, tmp_path, "a.csv", project=7)
    ledger.create(store.engine)
    with pytest.raises(ReleaseError, match="no account"):
        spent(store)
    over = ask(found, store, tmp_path, "a.csv", cap_rho=0.4)
    assert isinstance(over, tuple) and over[0].code == "ledger.spent" and spent(store) == 0


def test_a_dry_run_reads_nothing() -> None:
    told = planned(SECTION, dataset="people")
    assert told["rho"] == 0.5 and told["tables_to_choose_from"] == 6
    assert list(plan_lines(told))[-1] == "nothing was read and nothing was charged"


def test_a_person_is_the_unit(tmp_path: Path, store: Store) -> None:
    found = examined(tmp_path, register(tmp_path, 400))
    done = ask(found, store, tmp_path, "a.csv", unit="person", max_rows=1, method="independent")
    assert isinstance(done, Synthesized) and abs(done.rows.num_rows - 200) < 40
    assert "one person (told apart by person; at most 1 rows)" in done.card["privacy_loss"]["privacy_unit"]
