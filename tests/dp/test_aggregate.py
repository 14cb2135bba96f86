"""The protected table end to end: charged once, never twice, never for nothing."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from policies.pack import Pack
from release.desk.aggregate import Aggregated, aggregate, planned
from release.desk.attested import check_card
from release.desk.path import Examination
from release.ledger import ledger
from release.nouns.errors import BadInput, ReleaseError
from release.nouns.override import Override
from release.nouns.refusal import Refusal
from release.steps.classify import classify
from release.steps.grade import grade
from release.store.engine import open_store, sqlite_url
from release.store.work import Store
from tests.dp.test_statistics import table
from tests.policies.small import load

NOW = datetime(2026, 1, 2, tzinfo=UTC)
SECTION = {
    "group_by": ["g"],
    "keys": {"g": ["a", "b", "c"]},
    "epsilon": 0.5,
    "lineage": "people",
    "cap_rho": 0.2,
    "statistics": [
        {"kind": "count", "name": "n"},
        {"kind": "sum", "field": "x", "lower": 0, "upper": 10, "decimals": 2},
    ],
}
MEAN = {"kind": "mean", "field": "x", "lower": 0, "upper": 10, "decimals": 2}
ROWS = [("1", "a", "3"), ("2", "a", "4"), ("3", "b", "5")]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    store = open_store(sqlite_url(tmp_path / "ledger.db"))
    yield store
    store.close()


SEED = bytes(range(32))
CATEGORIES = {"person": "person.identity.resident-id", "g": "thing.region", "x": "thing.count"}


def examined(folder: Path, pack: Pack) -> Examination:
    made = table(folder, ROWS)
    findings = classify(made, {name: Override(category) for name, category in CATEGORIES.items()})
    return Examination(made, findings, pack, grade(made, findings, pack))


def ask(
    folder: Path, store: Store, name: str, pack: Pack | None = None, **change: object
) -> Aggregated | tuple[Refusal, ...]:
    found = examined(folder, pack or load(folder))
    return aggregate(found, {**SECTION, **change}, store=store, salt="s", signing=SEED, out=folder / name, now=NOW)


def test_it_is_written_charged_and_described(tmp_path: Path, store: Store) -> None:
    done = ask(tmp_path, store, "one.csv")
    assert isinstance(done, Aggregated)
    rows = list(csv.reader((tmp_path / "one.csv").open(newline="")))
    assert rows[0] == ["g", "n", "sum_x"]
    assert [r[0] for r in rows[1:]] == ["a", "b", "c"]
    assert all("." in r[2] for r in rows[1:])
    assert done.charged_nrho == done.balance.spent_nrho > 0
    assert done.card["privacy_loss"]["privacy_parameters"]["epsilon"] <= 0.5
    assert not list(tmp_path.glob("*.part"))


def test_the_page_shows_the_numbers_and_says_what_the_promise_leaves_out(tmp_path: Path, store: Store) -> None:
    done = ask(
        tmp_path,
        store,
        "one.csv",
        keys={"g": ["a", "<b>", "c"]},
        statistics=[*SECTION["statistics"], MEAN],  # type: ignore[misc]
    )
    assert isinstance(done, Aggregated)
    page = (tmp_path / "one.csv.card.html").read_text(encoding="utf-8")
    rows = list(csv.DictReader((tmp_path / "one.csv").open(newline="")))
    assert all(f"{float(r['n']):.4g} ±" in page for r in rows)
    assert "<b>" not in page and "&lt;b&gt;" in page
    assert page.count('class="bands"') == 3 and page.count('class="budget"') == 1
    assert "<script" not in page and "http" not in page
    for words in (
        "people",
        "保证不覆盖以其他方式发布的数据",
        "cannot know",
        f"rho = {done.balance.spent_nrho / 1e9:.6g}",
    ):
        assert words in page, words
    assert done.card["plain_words"]["paragraphs"][2]["en"].startswith("It covers nothing that was released in any")
    assert check_card(tmp_path / "one.csv").ok
    (tmp_path / "one.csv.card.html").write_text(page.replace("ρ", "r"), encoding="utf-8")
    assert not check_card(tmp_path / "one.csv").ok


def test_a_dry_run_tells_the_cost_and_touches_nothing(tmp_path: Path) -> None:
    told = planned({**SECTION, "group_by": ["g"]}, dataset="absent", folder=tmp_path)
    assert told["rho"] == pytest.approx(0.5**2 / 4, rel=1e-6) and told["groups"] == 3
    assert [s["half_width_95"] > 0 for s in told["statistics"]] == [True, True]
    found = planned({**SECTION, "keys": {}, "discover": True, "delta_keys": 1e-8}, dataset="absent", folder=tmp_path)
    assert found["groups"] is None
    assert list(tmp_path.iterdir()) == []


def test_asking_again_gives_the_same_bytes_for_nothing(tmp_path: Path, store: Store) -> None:
    ask(tmp_path, store, "one.csv")
    again = ask(tmp_path, store, "two.csv")
    assert isinstance(again, Aggregated)
    assert again.charged_nrho == 0
    assert (tmp_path / "one.csv").read_bytes() == (tmp_path / "two.csv").read_bytes()


def test_the_budget_ends(tmp_path: Path, store: Store) -> None:
    answers = [ask(tmp_path, store, f"{i}.csv", epsilon=0.4 + i / 1000) for i in range(6)]
    refused = [a for a in answers if not isinstance(a, Aggregated)]
    assert refused and refused[0][0].code == "ledger.spent"
    assert refused[0][0].remedy
    spent = ledger.balance(store.engine, "lineage:people")
    assert spent.spent_nrho <= spent.cap_nrho


def test_a_cap_is_not_raised_by_asking(tmp_path: Path, store: Store) -> None:
    ask(tmp_path, store, "one.csv")
    ask(tmp_path, store, "two.csv", cap_rho=90)
    assert ledger.balance(store.engine, "lineage:people").cap_nrho == int(0.2 * ledger.NANO)


def test_a_breakage_after_the_start_burns_the_charge(tmp_path: Path, store: Store) -> None:
    found = examined(tmp_path, load(tmp_path))
    whole = found.table.path.read_bytes()
    found.table.path.write_bytes(b"PAR1" + bytes(80) + whole[84:])  # the columns can be listed, the rows not read
    with pytest.raises(ReleaseError, match="why is not said") as broken:
        aggregate(found, SECTION, store=store, salt="s", signing=SEED, out=tmp_path / "one.csv", now=NOW)
    assert broken.value.__cause__ is None and broken.value.__suppress_context__
    assert ledger.balance(store.engine, "lineage:people").spent_nrho > 0
    assert not (tmp_path / "one.csv").exists()


def test_a_copy_that_is_none_costs_nothing(tmp_path: Path, store: Store) -> None:
    found = examined(tmp_path, load(tmp_path))
    found.table.path.write_bytes(b"not parquet")
    with pytest.raises(ReleaseError, match="cannot be read"):
        aggregate(found, SECTION, store=store, salt="s", signing=SEED, out=tmp_path / "one.csv", now=NOW)
    ledger.create(store.engine)
    assert ledger.balances(store.engine) == ()


def test_an_unknown_field_costs_nothing(tmp_path: Path, store: Store) -> None:
    with pytest.raises(BadInput, match="no field nobody"):
        ask(tmp_path, store, "one.csv", group_by=["nobody"], keys={"nobody": ["a"]})
    ledger.create(store.engine)
    with pytest.raises(ReleaseError, match="no account"):
        ledger.balance(store.engine, "lineage:people")


def test_an_answer_is_never_overwritten(tmp_path: Path, store: Store) -> None:
    ask(tmp_path, store, "one.csv")
    with pytest.raises(BadInput, match="exists already"):
        ask(tmp_path, store, "one.csv")


def test_only_an_untouched_charge_is_given_back(store: Store) -> None:
    ledger.create(store.engine)
    ledger.open_account(store.engine, "a", 100)
    first = ledger.reserve(store.engine, "a", "f" * 64, 60, purpose="test", now=NOW)
    assert isinstance(first, ledger.Charge)
    ledger.void(store.engine, first)
    assert ledger.balance(store.engine, "a").spent_nrho == 0
    second = ledger.reserve(store.engine, "a", "f" * 64, 60, purpose="test", now=NOW)
    assert isinstance(second, ledger.Charge)
    ledger.start(store.engine, second)
    with pytest.raises(ReleaseError, match="not RESERVED"):
        ledger.void(store.engine, second)
    assert ledger.balance(store.engine, "a").spent_nrho == 60
