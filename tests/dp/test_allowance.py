"""A policy may ask for a protected table in place of rows, cap what it may cost, and keep persons from being named."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from policies.pack import Pack, load_file
from release.desk.aggregate import Aggregated
from release.desk.path import prepare
from release.desk.verified import check_folder
from release.ledger import ledger
from release.nouns.errors import BadInput
from release.nouns.refusal import Refusal
from release.publish.signature import SigningKey
from release.store.engine import open_store, sqlite_url
from release.store.work import Store
from tests.dp.test_aggregate import SEED, ask, examined
from tests.policies.small import PACK, write

RULE = """
[[rules]]
id = "instead"
stage = "dataset"
when = { rows_ge = 1 }
then = [{ require_release = { kind = "differential-privacy", params = { PARAMS } } }]
zh = "以差分隐私汇总代替"
en = "counts under differential privacy are released in place of rows"
article = "rule 9"
evidence = "recalled"

[[treatments]]
"""


def pack(folder: Path, params: str = "epsilon = 0.3") -> Pack:
    text = PACK.replace("\n[[treatments]]\n", RULE.replace("PARAMS", params), 1)
    return load_file(write(folder, text))


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    store = open_store(sqlite_url(tmp_path / "ledger.db"))
    yield store
    store.close()


def test_the_refusal_of_rows_names_the_command_and_the_budget(tmp_path: Path) -> None:
    refused = prepare(examined(tmp_path, pack(tmp_path)))
    assert isinstance(refused, tuple)
    one = next(r for r in refused if r.code == "release.differential-privacy")
    assert one.article == "rule 9"
    assert "sluice aggregate" in one.remedy and "--policy small" in one.remedy and "epsilon at most 0.3" in one.remedy


def test_the_policy_caps_what_a_table_may_ask_for(tmp_path: Path, store: Store) -> None:
    refused = ask(tmp_path, store, "one.csv", pack(tmp_path), epsilon=0.5)
    assert isinstance(refused, tuple)
    assert [r.code for r in refused] == ["aggregate.epsilon"]
    assert refused[0].article == "rule 9" and "0.3" in refused[0].remedy
    assert not (tmp_path / "one.csv").exists()
    gaussian = ask(tmp_path, store, "one.csv", pack(tmp_path), epsilon=0, rho=0.1)
    assert isinstance(gaussian, tuple)
    assert gaussian[0].code == "aggregate.rho"


def test_the_policy_caps_what_a_lineage_may_lose(tmp_path: Path, store: Store) -> None:
    done = ask(tmp_path, store, "one.csv", pack(tmp_path), epsilon=0.3, cap_rho=50)
    assert isinstance(done, Aggregated)
    assert done.balance.cap_nrho == int(0.3**2 / 2 * ledger.NANO)
    # Two statistics of ε/2 each cost half of what one of ε would.
    assert isinstance(ask(tmp_path, store, "two.csv", pack(tmp_path), epsilon=0.29), Aggregated)
    more = ask(tmp_path, store, "three.csv", pack(tmp_path), epsilon=0.28)
    assert isinstance(more, tuple)
    assert more[0].code == "ledger.spent"


def test_a_policy_may_warn_earlier_than_the_rest(tmp_path: Path, store: Store) -> None:
    quiet = ask(tmp_path, store, "one.csv", pack(tmp_path, "rho = 0.4"), epsilon=0.3)
    assert isinstance(quiet, Aggregated) and quiet.warnings == ()
    told = ask(tmp_path, store, "two.csv", pack(tmp_path, "rho = 0.4, warn_rho = 0.04"), epsilon=0.31)
    assert isinstance(told, Aggregated) and "more than ρ = 0.04" in told.warnings[0]


def test_the_strictest_of_rho_and_epsilon_counts(tmp_path: Path, store: Store) -> None:
    done = ask(tmp_path, store, "one.csv", pack(tmp_path, "epsilon = 1.0, rho = 0.02"), epsilon=0.1)
    assert isinstance(done, Aggregated)
    assert done.balance.cap_nrho == int(0.02 * ledger.NANO)


@pytest.mark.parametrize("params", ["delta = 0.1", "epsilon = 0.1, groups = 3"])
def test_a_demand_that_is_not_understood_refuses_the_table(params: str, tmp_path: Path, store: Store) -> None:
    with pytest.raises(BadInput, match="asks for"):
        ask(tmp_path, store, "one.csv", pack(tmp_path, params))


@pytest.mark.parametrize("params", ['epsilon = "much"', "epsilon = 0", "rho = true"])
def test_a_cap_that_is_no_number_refuses_the_table(params: str, tmp_path: Path, store: Store) -> None:
    with pytest.raises(BadInput, match="no positive"):
        ask(tmp_path, store, "one.csv", pack(tmp_path, params))


def test_what_names_a_person_is_no_group_but_may_be_the_unit(tmp_path: Path, store: Store) -> None:
    refused = ask(tmp_path, store, "one.csv", group_by=["person"], keys={"person": ["1"]})
    assert isinstance(refused, tuple)
    assert isinstance(refused[0], Refusal) and refused[0].code == "aggregate.names-persons"
    assert isinstance(ask(tmp_path, store, "one.csv", unit="person"), Aggregated)


def test_the_card_names_the_policy_and_is_signed(tmp_path: Path, store: Store) -> None:
    said = pack(tmp_path)
    done = ask(tmp_path, store, "one.csv", said, epsilon=0.1)
    assert isinstance(done, Aggregated)
    card = json.loads((tmp_path / "one.csv.card.json").read_text(encoding="utf-8"))
    assert card["policy"] == {"id": "small", "version": "1", "digest": said.digest()}
    key = tmp_path / "key"
    key.write_bytes(SigningKey(SEED).public())
    for path in ("one.csv", "one.csv.card.json"):
        assert check_folder(tmp_path / path, raw=None, key=key, work=tmp_path).ok
    key.write_bytes(SigningKey(SEED[::-1]).public())
    assert not check_folder(tmp_path / "one.csv", raw=None, key=key, work=tmp_path).ok


@pytest.mark.parametrize("name", ["one.csv", "one.csv.card.json", "one.csv.card.sig"])
def test_a_changed_byte_is_noticed(name: str, tmp_path: Path, store: Store) -> None:
    ask(tmp_path, store, "one.csv")
    path = tmp_path / name
    changed = bytearray(path.read_bytes())
    changed[len(changed) // 2] ^= 1
    path.write_bytes(bytes(changed))
    result = check_folder(tmp_path / "one.csv", raw=None, key=None, work=tmp_path)
    assert not result.ok and result.first_failure
