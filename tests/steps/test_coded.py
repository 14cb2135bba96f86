"""Columns that come as dictionaries are counted and coded as their text is."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from anonymizers.coding import Coding
from anonymizers.errors import AnonymizerError
from release.ingest.read import ingest
from release.steps.reading import batches, count_values

CELLS = st.lists(st.sampled_from(["a", "b", "", "long text", None]), max_size=60)


@settings(max_examples=60, deadline=None)
@given(CELLS, st.integers(1, 9))
def test_a_dictionary_is_coded_as_its_text(cells: list[str | None], cut: int) -> None:
    coding = Coding("f", {"": 3, "a": 1, "b": 2, "long text": 0})
    text = pa.array(cells, pa.string())
    coded = text.dictionary_encode()
    assert (coding.encode(coded) == coding.encode(text)).all()
    part = coded.slice(cut)  # its dictionary holds values that no row of it has
    few = {value or "": number for number, value in enumerate(dict.fromkeys([*cells[cut:], "z"]))}
    assert (Coding("f", few).encode(part) == Coding("f", few).encode(text.slice(cut))).all()


def test_a_dictionary_may_say_a_value_twice_or_hold_a_missing_one() -> None:
    twice = pa.DictionaryArray.from_arrays(pa.array([0, 1, 2, None], pa.int32()), pa.array(["a", "a", None]))
    assert Coding("f", {"a": 5, "": 6}).encode(twice).tolist() == [5, 5, 6, 6]


def test_a_value_that_was_not_there_is_refused() -> None:
    with pytest.raises(AnonymizerError, match="changed while") as error:
        Coding("f", {"a": 0}).encode(pa.array(["a", "canary"]).dictionary_encode())
    assert "canary" not in str(error.value)


@pytest.mark.parametrize("different", [3, 5000])
def test_counting_is_the_same_over_many_row_groups(tmp_path: Path, different: int) -> None:
    draw = np.random.default_rng(5)
    cells = [None if n == 0 else "" if n == 1 else f"v{n}" for n in draw.integers(0, different, 20_000)]
    pq.write_table(pa.table({"f": pa.array(cells, pa.string())}), tmp_path / "t.parquet", row_group_size=1500)
    expected: dict[str, int] = {}
    for cell in cells:
        expected[cell or ""] = expected.get(cell or "", 0) + 1
    assert count_values(tmp_path / "t.parquet", ["f"]) == {"f": expected}
    texts = [batch.column(0).to_pylist() for batch in batches(tmp_path / "t.parquet", ["f"], coded=["f"])]
    assert [cell for part in texts for cell in part] == cells


def test_ingest_writes_text_whatever_it_kept(tmp_path: Path) -> None:
    spellings = ["1", " 1", "１", "NULL", "", "2", "n/a"]
    rows = [f"{spellings[n % 7]};{'' if n % 3 else 'x'};id{n}" for n in range(150_000)]
    (tmp_path / "in.csv").write_text("\n".join(["n;gap;id", *rows]) + "\n", encoding="utf-8")
    found = pq.read_table(ingest(tmp_path / "in.csv", work=tmp_path / "work").path)
    assert all(pa.types.is_string(one.type) for one in found.schema)
    assert found["id"].to_pylist() == [f"id{n}" for n in range(150_000)]
    assert found["n"].to_pylist() == [["1", "1", "1", None, None, "2", None][n % 7] for n in range(150_000)]
    assert found["gap"].to_pylist() == [None if n % 3 else "x" for n in range(150_000)]
