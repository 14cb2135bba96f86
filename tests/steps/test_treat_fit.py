"""A plan that does not fit its table is refused by name before anything is written, and never with a cell."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from anonymizers.coding import Coding
from anonymizers.errors import AnonymizerError
from release.nouns.errors import BadInput
from release.nouns.plan import ModelSpec
from release.steps import recode
from release.steps.treat import treat
from tests.steps.treat_tables import DIRECT, KEY, PLAIN, QUASI, SENSITIVE, field, plan, quasi, table

CANARY = "Canary甲7"
COLUMNS = {"age": ["30", "31", CANARY] * 10, "id": [CANARY] * 30, "illness": ["flu"] * 30}
KEPT = (field("id", DIRECT, "drop"), field("illness", SENSITIVE, "keep"))


def aged(*, method: str = "keep", role: str = QUASI, **params: object):
    return plan(field("age", role, method, **params), *KEPT, k=2)


CASES = {
    "other bytes": (dataclasses.replace(aged(), dataset_digest="other"), "made for other bytes"),
    "format": (dataclasses.replace(aged(), format=99), "format 99"),
    "field not planned": (plan(*KEPT), "says nothing of field 'age'"),
    "field not there": (plan(*KEPT, field("age", QUASI, "keep"), field("colour", PLAIN, "keep")), "'colour'"),
    "field twice": (plan(*KEPT, field("age", QUASI, "keep"), field("age", QUASI, "drop")), "'age' twice"),
    "unknown treatment": (aged(method="shred"), "'age'.*'shred'"),
    "unknown parameter": (aged(method="mask", colour="red"), "'age'.*'colour' is unknown"),
    "missing parameter": (aged(method="top-code"), "'age'.*'at' is missing"),
    "unknown role": (aged(role="king"), "'age'.*'king'"),
    "unknown hierarchy": (aged(method="generalize", hierarchy={"kind": "tower"}), "'age'.*'tower'"),
    "hierarchy parameter": (aged(method="generalize", hierarchy={"kind": "interval"}), "'age'.*'width' is missing"),
    "no kind": (aged(method="generalize", hierarchy={"width": 5}), "'age'.*kind"),
    "no level": (aged(method="generalize", role=SENSITIVE, hierarchy={"kind": "redact"}), "'age'.*names no level"),
    "level too high": (aged(method="generalize", hierarchy={"kind": "redact"}, level=7), "level 7.*ends at level 1"),
    "step before": (
        aged(method="generalize", hierarchy={"kind": "redact"}, before=[{"method": "drop"}]),
        "'age'.*'drop' cannot come before",
    ),
    "step before misspelt": (
        aged(method="generalize", hierarchy={"kind": "redact"}, before=[{"treatment": "round"}]),
        "'age'.*a method and its params",
    ),
    "not a number": (aged(method="round", base=5), "'age'.*1 distinct values.*are not numbers"),
    "no place in the hierarchy": (
        plan(quasi("age", kind="interval", width=5), *KEPT, k=2),
        "'age'.*1 distinct values in 10 rows have no place",
    ),
    "no finder": (aged(method="redact-text"), "'age'.*span finder"),
    "local recoding": (plan(field("age", QUASI, "keep"), *KEPT, k=2, recoding="local"), "recoding 'global'"),
    "unknown metric": (plan(field("age", QUASI, "keep"), *KEPT, k=2, metric="beauty"), "'beauty'"),
    "unknown model": (plan(field("age", QUASI, "keep"), *KEPT, models=(ModelSpec("z-anonymity"),)), "'z-anonymity'"),
    "model of a dropped field": (
        plan(field("age", QUASI, "keep"), *KEPT, models=(ModelSpec("distinct-l-diversity", {"field": "id", "l": 2}),)),
        "'id', which is dropped",
    ),
    "model of no field": (
        plan(field("age", QUASI, "keep"), *KEPT, models=(ModelSpec("distinct-l-diversity", {"field": "x", "l": 2}),)),
        "'x', which the table does not have",
    ),
    "research subset": (
        plan(field("age", QUASI, "keep"), *KEPT, models=(ModelSpec("k-map", {"k": 2, "subset": "rows.csv"}),)),
        "research subset",
    ),
    "not UTF-8 hierarchy": (
        aged(method="generalize", hierarchy={"kind": "csv", "path": "/nowhere/age.csv"}),
        "'age'.*age.csv cannot be read",
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_what_does_not_fit_is_named(tmp_path: Path, case: str) -> None:
    asked, said = CASES[case]
    with pytest.raises(BadInput, match=said) as refused:
        treat(table(tmp_path / "in", COLUMNS), asked, key=KEY, out=tmp_path / "o")
    assert CANARY not in str(refused.value) and str(refused.value).strip().endswith((".", '"'))
    assert refused.value.__cause__ is None and CANARY not in repr(refused.value.__context__)
    assert [path.name for path in tmp_path.iterdir()] == ["in"]


def test_a_short_key_is_refused_by_its_length(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="has 31 bytes"):
        treat(table(tmp_path / "in", COLUMNS), aged(), key=b"x" * 31, out=tmp_path / "o")


def test_what_stood_under_the_final_name_stays_until_the_new_file_is_whole(tmp_path: Path) -> None:
    out = tmp_path / "o"
    out.write_text("old")
    asked = plan(field("age", PLAIN, "round", base=5), *KEPT)
    with pytest.raises(BadInput, match="not numbers"):
        treat(table(tmp_path / "in", COLUMNS), asked, key=KEY, out=out)
    assert out.read_text() == "old"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["in", "o"]


def test_a_full_disk_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Full(pq.ParquetWriter):
        def write_table(self, *_: object, **__: object) -> None:
            raise OSError(28, "No space left on device")

        write_batch = write_table

    monkeypatch.setattr(recode.Writer.__init__.__globals__["pq"], "ParquetWriter", Full)
    with pytest.raises(OSError, match="No space"):
        treat(table(tmp_path / "in", COLUMNS), aged(), key=KEY, out=tmp_path / "o")
    assert [path.name for path in tmp_path.iterdir()] == ["in"]


def test_a_table_that_changes_meanwhile_is_noticed_without_quoting_it() -> None:
    with pytest.raises(AnonymizerError, match="'age' changed") as noticed:
        Coding("age", {"30": 0}).encode(pa.array(["30", CANARY]))
    assert CANARY not in str(noticed.value)


def test_the_input_may_be_read_only(tmp_path: Path) -> None:
    source = table(tmp_path / "in", {"age": ["30"] * 4})
    source.path.chmod(0o444)
    treat(source, plan(field("age", QUASI, "keep"), k=2), key=KEY, out=tmp_path / "deep" / "er" / "o")
    assert (tmp_path / "deep" / "er" / "o").exists()
