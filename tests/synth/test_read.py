"""Every refusal of a [synthesize] table names the key and says what to write."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from anonymizers.draw import Draw
from release.nouns.errors import BadInput
from release.synth.domain import PublicField
from release.synth.read import read_request
from release.synth.request import canonical, fingerprint
from tests.synth.toys import SECTION

FIELD = {"keys": ["a"]}


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"seed": 1}, "takes no seed"),
        ({"colour": 1}, "does not know the key colour"),
        ({"method": "gan"}, "method must be one of aim, mst, independent"),
        ({"epsilon": 1.0}, "exactly one of rho and epsilon"),
        ({"rho": None, "epsilon": 1.0}, "epsilon needs a delta"),
        ({"delta": 1e-6}, "delta belongs to epsilon"),
        ({"rho": 0.0}, "rho must be a number from"),
        ({"rho": True}, "rho must be a number from"),
        ({"rows": 0}, 'rows must be "noisy" or a whole number'),
        ({"max_rows": 0}, "max_rows must be a whole number"),
        ({"oneway_split": 1.0}, "oneway_split must be a number"),
        ({"memory_limit_mb": 1}, "memory_limit_mb must be a whole number"),
        ({"time_limit_s": 1e9}, "time_limit_s must be a number"),
        ({"lineage": ""}, "lineage must be a text"),
        ({"fields": {}}, "describes no field"),
        ({"fields": {"a": 1}}, r"\[synthesize.fields.a\] must be a table"),
        ({"fields": {"a": {}}}, r"\[synthesize.fields.a\] needs keys, or lower and upper"),
        ({"fields": {"a": {**FIELD, "lower": 1}}}, "needs keys, or lower and upper"),
        ({"fields": {"a": {"keys": []}}}, "keys must be a list of different values"),
        ({"fields": {"a": {"keys": ["x", "x"]}}}, "keys must be a list of different values"),
        ({"fields": {"a": {"keys": ["x", ""]}}}, "keys must be a list of different values"),
        ({"fields": {"a": {**FIELD, "missing": 1}}}, "missing must be true or false"),
        ({"fields": {"a": {"lower": 0, "upper": 9}}}, "needs bins or edges"),
        ({"fields": {"a": {"lower": 9, "upper": 0, "bins": 3}}}, r"\[synthesize.fields.a\] lower must be below upper"),
        ({"fields": {"a": {"bins": 3}}}, r"\[synthesize.fields.a\] it needs field, lower and upper"),
        ({"fields": {f"f{n}": FIELD for n in range(16)}}, "16 fields; the limit is 15"),
        ({"unit": "city"}, "unit names city, which is also a field"),
        (
            {"fields": {n: {"lower": 0, "upper": 9000, "bins": 9000} for n in "ab"}},
            "largest table alone would weigh 618 MB; max_size_mb is 20",
        ),
        (
            {
                "fields": {f"f{n}": {"lower": 0, "upper": 120, "bins": 120} for n in range(12)},
                "method": "aim",
                "memory_limit_mb": 2048,
            },
            "more than a quarter of memory_limit_mb",
        ),
    ],
)
def test_refusals(change: Mapping[str, Any], told: str) -> None:
    section = {key: value for key, value in {**SECTION, **change}.items() if value is not None}
    with pytest.raises(BadInput, match=told):
        read_request(section, dataset="people")


def test_epsilon_and_delta_become_the_tight_rho() -> None:
    section = {**SECTION, "epsilon": 1, "delta": 1e-6}
    del section["rho"]
    assert read_request(section, dataset="t").nrho == pytest.approx(24_356_000, rel=1e-3)


def test_order_rows_and_limits_are_no_part_of_the_question() -> None:
    one = read_request(SECTION, dataset="t")
    fields = dict(reversed(SECTION["fields"].items()))
    fields["city"] = {"keys": list(reversed(fields["city"]["keys"]))}
    other = read_request({**SECTION, "fields": fields, "rows": 9, "time_limit_s": 5}, dataset="t")
    assert one != other and canonical(one) == canonical(other)
    assert fingerprint(one, "d") == fingerprint(other, "d") != fingerprint(one, "e")
    assert fingerprint(replace(one, nrho=1), "d") != fingerprint(one, "d")
    assert fingerprint(replace(one, method="aim"), "d") != fingerprint(one, "d")


def test_numbers_are_drawn_from_all_of_their_bin_and_nothing_else() -> None:
    field = PublicField("x", (), (0, 10, 25), 1, missing=True)
    assert field.labels() == ["0.0..0.9", "1.0..2.5", ""]
    texts = field.spelled(np.repeat([0, 1, 2], 2000), Draw(bytes(32)), 0).to_pylist()
    assert {float(t) for t in texts[:2000]} == {n / 10 for n in range(10)}
    assert {float(t) for t in texts[2000:4000]} == {n / 10 for n in range(10, 26)}
    assert set(texts[4000:]) == {None}
