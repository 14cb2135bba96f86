"""The roll-up against counting every subset by itself, and against what ARX 3.9.2 says of the same rows."""

from __future__ import annotations

from collections import Counter
from itertools import combinations
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.csv as pacsv
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from anonymizers.errors import AnonymizerError
from anonymizers.separation.coded import Coded, coded
from anonymizers.separation.figures import Figures
from anonymizers.separation.keys import by_fields, minimal, strongest_with
from anonymizers.separation.lattice import roll_up
from tests.anonymizers.arx import adult

QIS = (
    "sex",
    "age",
    "race",
    "marital-status",
    "education",
    "native-country",
    "workclass",
    "occupation",
    "salary-class",
)


def table(columns: list[list[str | None]], folder: Path) -> Coded:
    names = [f"c{place}" for place in range(len(columns))]
    arrays = [pa.array(column, pa.string()) for column in columns]
    pq.write_table(pa.table(dict(zip(names, arrays, strict=True))), folder / "t.parquet", row_group_size=7)
    return coded(folder / "t.parquet", names)


def naive(rows: list[tuple[object, ...]], fields: tuple[int, ...]) -> Figures:
    sizes = Counter(tuple(row[f] for f in fields) for row in rows).values()
    together = sum(n * (n - 1) // 2 for n in sizes)
    return Figures(fields, len(rows), len(sizes), sum(n == 1 for n in sizes), together)


cells = st.one_of(st.none(), st.sampled_from(["", "a", "b", "c", "张三", "张"]))


@settings(deadline=None, max_examples=60)
@given(rows=st.lists(st.lists(cells, min_size=5, max_size=5), max_size=30), size=st.integers(1, 5))
def test_every_subset_as_if_counted_alone(
    rows: list[list[str | None]], size: int, tmp_path_factory: pytest.TempPathFactory
) -> None:
    found = roll_up(table([list(c) for c in zip(*rows, strict=True)] or [[]] * 5, tmp_path_factory.mktemp("t")), size)
    plain = [tuple(cell or "" for cell in row) for row in rows]
    wanted = [naive(plain, fields) for n in range(1, size + 1) for fields in combinations(range(5), n)]
    assert list(found) == wanted


@pytest.mark.parametrize("cards", [(3, 2, 5, 2, 4), (4000, 3, 900, 40, 2), (60_000, 50_000, 4, 2, 2), (9, 9, 9, 9, 9)])
def test_dense_and_sparse_keys_and_weights(cards: tuple[int, ...]) -> None:
    draw = np.random.default_rng(7)
    rows = 20_000
    codes = tuple((draw.integers(0, c, rows) * draw.random(rows)).astype(np.int32) for c in cards)
    found = roll_up(Coded(tuple("abcde"), rows, codes, cards), 4)
    plain = list(zip(*(c.tolist() for c in codes), strict=True))
    for one in found[::3]:
        assert one == naive(plain, one.fields)


def test_columns_too_wide_for_one_word() -> None:
    draw = np.random.default_rng(8)
    codes = tuple(draw.integers(0, 50, 3_000).astype(np.int32) for _ in range(5))
    wide = tuple((1 << 30) - 1 for _ in range(5))
    as_wide = tuple(((c.astype(np.int64) * 21_000_000) % wide[0]).astype(np.int32) for c in codes)
    found = roll_up(Coded(tuple("abcde"), 3_000, as_wide, wide), 5)
    plain = list(zip(*(c.tolist() for c in codes), strict=True))
    assert list(found) == [naive(plain, one.fields) for one in found]


def test_the_example_of_arx(tmp_path: Path) -> None:
    """TestRiskQuasiIdentifiers of ARX 3.9.2: distinction and separation of every subset."""
    ages, sexes = ["20", "30", "40", "20", "40"], ["Female", "Female", "Female", "Male", "Male"]
    found = by_fields(roll_up(table([ages, sexes, ["CA", "CA", "TX", "NY", "CA"]], tmp_path), 3))
    wanted = {
        (1,): (0.4, 0.6),
        (2,): (0.6, 0.7),
        (0,): (0.6, 0.8),
        (1, 2): (0.8, 0.9),
        (0, 1): (1.0, 1.0),
        (0, 2): (1.0, 1.0),
        (0, 1, 2): (1.0, 1.0),
    }
    assert {k: (round(f.distinction, 12), round(f.separation, 12)) for k, f in found.items()} == wanted
    assert [f.fields for f in minimal(found.values())] == [(0, 1), (0, 2)]


def test_adult_as_arx_measures_it(tmp_path: Path) -> None:
    """30,162 rows in 19,502 classes, 15,512 of them of one row."""
    source = pacsv.read_csv(adult(), parse_options=pacsv.ParseOptions(delimiter=";"))
    text = source.cast(pa.schema([pa.field(name, pa.string()) for name in source.column_names]))
    pq.write_table(text, tmp_path / "adult.parquet")
    whole = roll_up(coded(tmp_path / "adult.parquet", QIS), 9)[-1]
    assert (whole.rows, whole.classes, whole.uniques) == (30_162, 19_502, 15_512)
    assert whole.alone == pytest.approx(0.5142895033485844)
    assert not whole.is_key


def test_what_a_column_adds(tmp_path: Path) -> None:
    a, b, noise = list("xxyy"), list("mnmn"), list("zzzz")
    found = by_fields(roll_up(table([a, b, noise], tmp_path), 3))
    with_it, without = strongest_with(1, (0, 2), found, 3) or (None, None)
    assert with_it is not None and with_it.fields == (0, 1) and with_it.alone == 1.0
    assert without is not None and without.fields == (0,) and without.alone == 0.0
    alone = strongest_with(2, (), found, 3)
    assert alone is not None and alone[0].fields == (2,) and alone[1] is None
    assert strongest_with(9, (), found, 3) is None


def test_a_table_without_rows_is_no_key_to_anybody(tmp_path: Path) -> None:
    found = roll_up(table([[], []], tmp_path), 2)
    assert all(f.alone == 0.0 and f.distinction == 1.0 and f.separation == 1.0 for f in found)
    assert minimal(found) == ()


def test_what_cannot_be_measured_is_said(tmp_path: Path) -> None:
    narrow = table([["a"]], tmp_path)
    with pytest.raises(AnonymizerError, match="one or more"):
        roll_up(narrow, 0)
    with pytest.raises(AnonymizerError, match="at most 16"):
        roll_up(Coded(("a",) * 17, 1, (np.zeros(1, np.int32),) * 17, (1,) * 17), 2)
    with pytest.raises(AnonymizerError, match="no field 'zzz'"):
        coded(tmp_path / "t.parquet", ["zzz"])
    (tmp_path / "bad.parquet").write_bytes(b"CANARY")
    with pytest.raises(AnonymizerError, match="Parquet") as caught:
        coded(tmp_path / "bad.parquet", ["a"])
    assert "CANARY" not in str(caught.value)
