"""The whole path through the command line: on a person register in GB18030, with an independent witness, twice."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pandas as pd
import pytest

from release.samples.people import Noise, pieces_of_people
from release.samples.write import write_csv
from tests.cli.run import Ran, sluice
from tests.real_data import table

ROWS = 20_000


@pytest.fixture(scope="module")
def register(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("register")
    noise = Noise(full_width=0.01, missing=0.02, old_ids=0.01, lower_x=0.5)
    return write_csv(pieces_of_people(ROWS, 7, noise), folder / "people.csv", "gb18030", quoted=True)


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def digests(folder: Path) -> dict[str, str]:
    return {p.relative_to(folder).as_posix(): digest(p) for p in sorted(folder.rglob("*")) if p.is_file()}


def witness(package: Path, quasi: list[str]) -> int:
    """k of the published CSV, by pycanon, which shares nothing with this project."""
    from pycanon import anonymity

    data = next((package / "data").glob("*[!l].csv"))
    assert not data.name.endswith(".excel.csv")
    frame = pd.read_csv(data, dtype=str, keep_default_na=False)
    return int(anonymity.k_anonymity(frame, quasi))


def planned(package: Path) -> dict[str, list[str]]:
    plan = json.loads((package / "plan.json").read_text(encoding="utf-8"))
    roles: dict[str, list[str]] = {}
    for field in plan["fields"]:
        if field["method"] != "drop":
            roles.setdefault(field["role"], []).append(field["field"])
    return roles


def limit(package: Path, metric: str) -> float:
    plan = json.loads((package / "plan.json").read_text(encoding="utf-8"))
    return float(next(v["value"] for v in plan["limits"] if v["metric"] == metric))


def released(source: Path, out: Path, home: Path, *words: str) -> Ran:
    return sluice("release", source, "-o", out, "--json", *words, home=home)


@pytest.mark.slow
@pytest.mark.parametrize("openness", ["unconditional", "conditional"])
def test_a_person_register_becomes_a_package_that_verifies(register: Path, tmp_path: Path, openness: str) -> None:
    before = digest(register)
    done = released(register, tmp_path / "out", tmp_path / "home", "--openness", openness)
    assert done.code == 0, done.out + done.err
    assert digest(register) == before
    package = tmp_path / "out"
    roles = planned(package)
    assert witness(package, roles["quasi-identifier"]) >= limit(package, "k")
    assert done.json()["risk"]["residual-identifiers"] == 0
    checked = sluice("verify", package, "--raw", register, "--json", home=tmp_path / "home")
    assert checked.code == 0, checked.out
    for name in ("report.html", "datapackage.json", "dcat.jsonld", "MANIFEST.json", "MANIFEST.sig"):
        assert (package / name).stat().st_size > 0


@pytest.mark.slow
def test_no_identity_of_the_register_is_in_any_file_of_the_package(register: Path, tmp_path: Path) -> None:
    assert released(register, tmp_path / "out", tmp_path / "home").code == 0
    raw = pd.read_csv(register, dtype=str, encoding="gb18030", keep_default_na=False)
    canaries = {v for name in ("身份证号", "手机号", "家庭住址") for v in raw[name].head(400) if len(v) > 10}
    assert len(canaries) > 500
    for path in (tmp_path / "out").rglob("*"):
        if path.is_file() and path.suffix in {".csv", ".json", ".html", ".txt", ".jsonld", ".sig"}:
            text = path.read_text(encoding="utf-8-sig")
            assert not [c for c in canaries if c in text], path.name


@pytest.mark.slow
def test_the_same_plan_table_and_key_give_the_same_bytes(register: Path, tmp_path: Path) -> None:
    plan = tmp_path / "plan.json"
    assert sluice("plan", register, "-o", plan, home=tmp_path / "home").code == 0
    for name in ("one", "two"):
        done = sluice("treat", register, "--plan", plan, "-o", tmp_path / name, "--json", home=tmp_path / "home")
        assert done.code == 0, done.out + done.err
    one, two = digests(tmp_path / "one"), digests(tmp_path / "two")
    data = [name for name in one if name.startswith("data/")]
    assert len(data) == 4
    assert {n: one[n] for n in data} == {n: two[n] for n in data}
    other = sluice("treat", register, "--plan", plan, "-o", tmp_path / "three", home=tmp_path / "elsewhere")
    assert other.code == 0
    assert digests(tmp_path / "three")["MANIFEST.sig"] != one["MANIFEST.sig"]


REAL = {
    "us_diabetes130/diabetic_data.csv.zst": (),
    "arx_adult/adult.csv": (),
    "tw_pharmacy_masks/maskdata.csv": (),
    "us_legislators/legislators.csv": (),
    "at_eusilc/eusilc.csv.zst": (),
    "sdcmicro_testdata/testdata.csv": (),
}


@pytest.mark.slow
@pytest.mark.parametrize("name", REAL)
def test_real_tables_become_packages_that_verify(name: str, tmp_path: Path) -> None:
    source = table(name)
    done = released(source, tmp_path / "out", tmp_path / "home", *REAL[name])
    assert done.code == 0, done.out + done.err
    roles = planned(tmp_path / "out")
    if quasi := roles.get("quasi-identifier"):
        assert witness(tmp_path / "out", quasi) >= limit(tmp_path / "out", "k")
    assert sluice("verify", tmp_path / "out", "--raw", source, home=tmp_path / "home").code == 0


@pytest.mark.slow
def test_one_changed_byte_is_named(register: Path, tmp_path: Path) -> None:
    assert released(register, tmp_path / "out", tmp_path / "home").code == 0
    data = next((tmp_path / "out" / "data").glob("*.parquet"))
    changed = bytearray(data.read_bytes())
    changed[len(changed) // 2] ^= 1
    data.write_bytes(bytes(changed))
    checked = sluice("verify", tmp_path / "out", "--json")
    assert checked.code == 1
    assert data.name in json.dumps(checked.json(), ensure_ascii=False)


@pytest.mark.slow
def test_looking_at_data_opens_no_socket(register: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import socket

    def refuse(*args: object, **kwargs: object) -> None:
        raise AssertionError("a socket was opened while looking at data")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket.socket, "connect_ex", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    assert released(register, tmp_path / "out", tmp_path / "home").code == 0
    assert sluice("verify", tmp_path / "out").code == 0
