"""Collapsing rows to tuples is exact, for as many and as wide columns as there are."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from anonymizers.coding import Coding
from anonymizers.collapse import layout, number_rows, pack, unpack
from release.steps import reading
from release.steps.collapse import collapse
from release.steps.reading import count_values
from release.steps.shuffle import bucket_bits, places


@settings(deadline=None)
@given(st.lists(st.integers(1, 2**31 - 1), min_size=1, max_size=12), st.integers(0, 2**32 - 1), st.integers(0, 40))
def test_codes_come_back_out_of_their_words(radixes: list[int], seed: int, rows: int) -> None:
    draw = np.random.default_rng(seed)
    columns = [draw.integers(0, radix, rows).astype(np.int32) for radix in radixes]
    plan = layout(radixes)
    assert all(sum(bits for *_, bits in members) <= 62 for members in plan)
    words = pack(columns, plan, rows)
    back = unpack(words, plan, len(radixes))
    assert (back == np.stack(columns, axis=1)).all()
    distinct, ids = number_rows(words)
    assert (distinct[ids] == words).all()
    assert len(distinct) == len({tuple(row) for row in words.tolist()})


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.tuples(st.sampled_from("ab"), st.sampled_from(["x", "y", None]), st.sampled_from("pqr")), max_size=50),
    st.integers(1, 7),
)
def test_tuples_and_joint_counts_are_those_of_a_naive_count(rows, batch_rows: int) -> None:
    import tempfile

    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        patch.setattr(reading, "BATCH_ROWS", batch_rows)
        path = Path(folder) / "t"
        names = ("a", "b", "s")
        pq.write_table(pa.table({n: pa.array([r[i] for r in rows], pa.string()) for i, n in enumerate(names)}), path)
        index = {"a": {"a": 0, "b": 1}, "b": {"x": 0, "y": 1, "": 2}, "s": {"p": 0, "q": 1, "r": 2}}
        codings = {name: Coding(name, index[name]) for name in names}
        got = collapse(path, [codings["a"], codings["b"]], [2, 3], [codings["s"]])
        counted = count_values(path, names)
    naive: dict[tuple[int, int], int] = {}
    joint: dict[tuple[int, int, int], int] = {}
    for a, b, s in rows:
        key = (index["a"][a], index["b"][b or ""])
        naive[key] = naive.get(key, 0) + 1
        joint[*key, index["s"][s]] = joint.get((*key, index["s"][s]), 0) + 1
    keys = [tuple(key) for key in got.keys.tolist()]
    assert dict(zip(keys, got.counts.tolist(), strict=True)) == naive
    assert [keys[t] for t in got.tuple_of] == [(index["a"][a], index["b"][b or ""]) for a, b, _ in rows]
    tuples, codes, counts = (part.tolist() for part in got.joint["s"])
    assert {(*keys[t], c): n for t, c, n in zip(tuples, codes, counts, strict=True)} == joint
    assert counted["b"] == {v: n for v in ("x", "y", "") if (n := sum((b or "") == v for _, b, _ in rows))}


@settings(deadline=None)
@given(st.integers(0, 500), st.integers(0, 200))
def test_a_row_has_the_same_place_whatever_the_batching(start: int, rows: int) -> None:
    key = bytes(32)
    assert (places(key, 0, start + rows)[start:] == places(key, start, rows)).all()


def test_places_are_spread_and_depend_on_the_key() -> None:
    here, there = places(bytes(32), 0, 10_000), places(bytes([1]) * 32, 0, 10_000)
    assert len(np.unique(here)) == 10_000 and not np.isin(here, there).any()
    shares = np.bincount((here >> np.uint64(60)).astype(int), minlength=16)
    assert shares.min() > 500 and shares.max() < 750


def test_buckets_grow_with_rows_and_bytes() -> None:
    assert bucket_bits(10, 10) == 0
    assert bucket_bits(3 << 20, 0) == 2
    assert bucket_bits(10, 5 << 28) == 3
    assert bucket_bits(1 << 40, 0) == 10
