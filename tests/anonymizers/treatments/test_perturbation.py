"""Every treatment of whole columns, held to its promises: repeatable, keyed, missing cells kept, counts kept."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from anonymizers.discovery import treatments
from anonymizers.errors import AnonymizerError
from anonymizers.treatment import Context, Example, Treatment

KEY, OTHER = bytes(range(32)), bytes(range(1, 33))
CANARY = "Canary-7f3a-甲乙"
WHOLE = [treatment for treatment in treatments().values() if treatment.whole is not None]
CASES = [(treatment, example) for treatment in WHOLE for example in treatment.examples]


def name(thing: object) -> str:
    return thing.name if isinstance(thing, Treatment) else ""


def texts(values) -> pa.Array:
    return pa.array(values, pa.string())


def run(treatment: Treatment, example: Example, values=None, *, key: bytes = KEY, beside=None) -> list[str | None]:
    own = example.values if values is None else values
    others = {other: texts(cells) for other, cells in (example.beside if beside is None else beside).items()}
    assert treatment.whole is not None
    done = treatment.whole({"f": texts(own), **others}, example.params, Context("f", key))
    assert done.type == pa.string() and len(done) == len(own)
    done.validate(full=True)
    return done.to_pylist()


def many(example: Example, times: int = 30):
    """An example long enough to show chance."""
    return example.values * times, {other: cells * times for other, cells in example.beside.items()}


def test_there_are_the_perturbations_of_the_field() -> None:
    assert {
        "random-round", "controlled-round", "additive-noise", "correlated-noise", "multiplicative-noise", "pram",
        "rank-swap", "record-swap", "data-shuffle", "date-shift",
    } <= {treatment.name for treatment in WHOLE}  # fmt: skip


@pytest.mark.parametrize("treatment", WHOLE, ids=name)
def test_the_page_names_each_with_its_parameters_and_none_is_called_differential_privacy(treatment: Treatment) -> None:
    page = (Path(__file__).parents[3] / "docs" / "disclosure-control.md").read_text(encoding="utf-8")
    row = next(line for line in page.splitlines() if line.startswith(f"| `{treatment.name}` |"))
    told = row.split("|")[2]
    assert [part.strip(" `") for part in told.split(",")] == [param.name for param in treatment.spec.params]
    assert "differential" not in treatment.title_en and "差分" not in treatment.title_zh


@pytest.mark.parametrize(("treatment", "example"), CASES, ids=name)
def test_examples_repeat_under_one_key_and_differ_under_another(treatment: Treatment, example: Example) -> None:
    treatment.check(example.params)
    assert set(treatment.reads(example.params)) == set(example.beside)
    values, beside = many(example)
    first = run(treatment, example, values, beside=beside)
    assert first == run(treatment, example, values, beside=beside)
    assert first != run(treatment, example, values, beside=beside, key=OTHER)
    assert first != list(values), "something is changed"
    for short in (b"", b"x" * 31):
        with pytest.raises(AnonymizerError, match="release key"):
            run(treatment, example, key=short)


@pytest.mark.parametrize(("treatment", "example"), CASES, ids=name)
def test_missing_stays_missing_and_counts_stay_where_promised(treatment: Treatment, example: Example) -> None:
    values, beside = many(example)
    done = run(treatment, example, values, beside=beside)
    if treatment.keeps_missing:
        assert all(after is None for before, after in zip(values, done, strict=True) if before is None)
    if treatment.keeps_counts:
        assert Counter(values) == Counter(done)


@pytest.mark.parametrize(("treatment", "example"), CASES, ids=name)
def test_nothing_one_row_one_value_and_no_value(treatment: Treatment, example: Example) -> None:
    present = next(value for value in example.values if value is not None)
    for values in ([], [None], [None, None, None], [present], [present] * 5):
        beside = {other: ["1"] * len(values) for other in example.beside}
        assert len(run(treatment, example, values, beside=beside)) == len(values)
        beside = {other: [None] * len(values) for other in example.beside}
        assert len(run(treatment, example, values, beside=beside)) == len(values)


@pytest.mark.parametrize(("treatment", "example"), CASES, ids=name)
def test_a_part_of_a_table_is_refused(treatment: Treatment, example: Example) -> None:
    assert treatment.apply is not None and treatment.keyed and not treatment.truthful
    with pytest.raises(AnonymizerError, match=r"'f'.*whole columns"):
        treatment.apply(texts(example.values), example.params, Context("f", KEY))


@pytest.mark.parametrize(("treatment", "example"), CASES, ids=name)
def test_slices_are_columns_too(treatment: Treatment, example: Example) -> None:
    assert treatment.whole is not None
    padded = {n: texts(("7", *v, "8")).slice(1, len(v)) for n, v in {"f": example.values, **example.beside}.items()}
    assert treatment.whole(padded, example.params, Context("f", KEY)).to_pylist() == run(treatment, example)


CELL = st.one_of(
    st.none(),
    st.text(st.characters(exclude_categories=["Cs"]), max_size=12),
    st.integers(-(10**26), 10**26).map(str),
    st.floats(allow_nan=False, allow_infinity=False, width=32).map(str),
    st.dates().map(str),
    st.just(CANARY),
)


@pytest.mark.parametrize(("treatment", "example"), CASES, ids=name)
@settings(deadline=None, max_examples=40)
@given(rows=st.lists(st.tuples(CELL, CELL), max_size=14))
def test_any_text_is_treated_or_refused_without_being_quoted(treatment, example, rows) -> None:
    values = [row[0] for row in rows]
    beside = {other: [row[1] for row in rows] for other in example.beside}
    try:
        done = run(treatment, example, values, beside=beside)
    except AnonymizerError as refused:
        assert treatment.partial and CANARY not in str(refused)
        return
    assert len(done) == len(values)
    if treatment.keeps_counts:
        assert Counter(values) == Counter(done)


@pytest.mark.parametrize(("treatment", "example"), CASES, ids=name)
def test_a_change_in_one_cell_or_parameter_gives_unrelated_draws(treatment: Treatment, example: Example) -> None:
    """Else the difference of two releases would cancel the noise.  A subject's shift must stay, so it is left out."""
    if treatment.name == "date-shift":
        return
    values, beside = many(example, 40)
    first = run(treatment, example, values, beside=beside)
    present = [place for place, value in enumerate(values) if value is not None]
    other = list(values)
    a, b = present[-1], next(place for place in reversed(present) if values[place] != values[present[-1]])
    other[a], other[b] = other[b], other[a]
    second = run(treatment, example, other, beside=beside)
    same = sum(x == y for x, y in zip(first, second, strict=True))
    assert same < 0.97 * len(values)
