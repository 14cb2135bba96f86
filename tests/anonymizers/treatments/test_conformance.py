"""Every treatment that discovery finds, held to its examples and to every promise it declares."""

from __future__ import annotations

import dataclasses
import subprocess
import sys
from pathlib import Path

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from anonymizers import discovery
from anonymizers.discovery import treatments
from anonymizers.errors import AnonymizerError
from anonymizers.treatment import Context, Example, Treatment

KEY = bytes(range(32))
OTHER_KEY = bytes(range(1, 33))
CANARY = "Canary-7f3a-甲乙"
HOSTILE = (
    "",
    " ",
    "*",
    "0",
    "-0",
    "1e999",
    "NaN",
    "Infinity",
    "=1+1",
    "\u202e反转",
    "a\u0301e",
    "\x00\x01",
    "𠀀𠀁",
    "👩‍👩‍👧",
    "x" * 5000,
    "'; drop table person; --",
    "١٢٣",
    "１２３４５６",
    "9999-99-99",
    "110101199001011234",
    CANARY,
    "a\nb\tc",
)

ALL = list(treatments().values())
APPLYING = [treatment for treatment in ALL if treatment.apply is not None and treatment.whole is None]
WHOLE = [treatment for treatment in ALL if treatment.whole is not None]
CASES = [(treatment, example) for treatment in APPLYING for example in treatment.examples]


def name(thing: object) -> str:
    return thing.name if isinstance(thing, Treatment) else ""


def column(values: list[str | None] | tuple[str | None, ...]) -> pa.Array:
    return pa.array(values, pa.string())


def counts(values: list[str | None] | tuple[str | None, ...]) -> dict[str, int]:
    present = [value for value in values if value is not None]
    return {value: present.count(value) for value in present}


def context(treatment: Treatment, example: Example, values, *, key: bytes = KEY, field: str = "f") -> Context:
    state = treatment.prepare(counts(values), example.params) if treatment.prepare else example.state
    return Context(field, key if treatment.keyed else b"", state)


def run(treatment: Treatment, example: Example, values, **more) -> list[str | None]:
    done = treatment.apply(column(values), example.params, context(treatment, example, values, **more))
    assert done.type == pa.string()
    assert len(done) == len(values)
    done.validate(full=True)
    return done.to_pylist()


def test_there_are_the_treatments_that_plans_name() -> None:
    assert {
        "keep", "drop", "mask", "pseudonym", "fpe", "generalize", "top-code", "bottom-code", "round", "group-rare",
        "redact-text", "year-only", "zip3", "suppress",
    } <= set(treatments())  # fmt: skip


@pytest.mark.parametrize("treatment", ALL, ids=name)
def test_a_treatment_names_itself_and_brings_examples(treatment: Treatment) -> None:
    assert treatment.title_zh and treatment.title_en
    assert treatment.apply is None or treatment.examples
    for param in treatment.spec.params:
        assert param.meaning


@pytest.mark.parametrize(("treatment", "example"), CASES, ids=name)
def test_examples(treatment: Treatment, example: Example) -> None:
    treatment.check(example.params)
    done = run(treatment, example, example.values)
    if example.expected is not None:
        assert tuple(done) == example.expected
    else:
        assert treatment.keyed, "only what depends on a key may leave its result open"
        assert all(a != b for a, b in zip(example.values, done, strict=True) if a is not None)


@pytest.mark.parametrize(("treatment", "example"), CASES, ids=name)
def test_same_input_same_bytes_whatever_the_batching(treatment: Treatment, example: Example) -> None:
    values = example.values * 7
    whole = run(treatment, example, values)
    settled = context(treatment, example, values)
    pieces: list[str | None] = []
    for start in range(0, len(values), 3):
        piece = column(values).slice(start, 3)
        pieces += treatment.apply(piece, example.params, settled).to_pylist()
    assert treatment.deterministic
    assert pieces == whole == run(treatment, example, values)


@pytest.mark.parametrize(("treatment", "example"), CASES, ids=name)
def test_missing_and_empty_columns(treatment: Treatment, example: Example) -> None:
    assert run(treatment, example, []) == []
    done = run(treatment, example, [None, None, None])
    if treatment.keeps_missing:
        assert done == [None, None, None]
        mixed = run(treatment, example, example.values)
        assert all(after is None for before, after in zip(example.values, mixed, strict=True) if before is None)


@pytest.mark.parametrize(("treatment", "example"), CASES, ids=name)
def test_distinct_values_stay_distinct_where_promised(treatment: Treatment, example: Example) -> None:
    if treatment.injective:
        distinct = [v for v in dict.fromkeys(example.values) if v is not None]
        done = [v for v in run(treatment, example, distinct) if v is not None]
        assert len(set(done)) == len(done)
        if not treatment.partial:
            assert len(done) == len(distinct)


@pytest.mark.parametrize(("treatment", "example"), CASES, ids=name)
def test_keyed_ones_refuse_without_a_key_and_change_with_it(treatment: Treatment, example: Example) -> None:
    if not treatment.keyed:
        return
    for short in (b"", b"x" * 31):
        with pytest.raises(AnonymizerError, match="release key"):
            treatment.apply(column(example.values), example.params, Context("f", short))
    values = [v for v, done in zip(example.values, run(treatment, example, example.values), strict=True) if done]
    first = run(treatment, example, values)
    assert not set(first) & set(run(treatment, example, values, key=OTHER_KEY))
    if not example.params.get("scope"):
        assert not set(first) & set(run(treatment, example, values, field="another"))


@pytest.mark.parametrize("treatment", ALL, ids=name)
def test_unknown_parameters_are_refused_by_name(treatment: Treatment) -> None:
    params = dict(treatment.examples[0].params) if treatment.examples else {}
    with pytest.raises(AnonymizerError, match="'colour' is unknown"):
        treatment.check({**params, "colour": "red"})


@pytest.mark.parametrize("treatment", ALL, ids=name)
def test_parameters_of_a_wrong_kind_are_refused_by_name_without_their_value(treatment: Treatment) -> None:
    params = dict(treatment.examples[0].params) if treatment.examples else {}
    for param in treatment.spec.params:
        wrong = object() if param.kind != "text" else 17
        with pytest.raises(AnonymizerError, match=f"'{param.name}'"):
            treatment.check({**params, param.name: wrong})
        if param.choices:
            with pytest.raises(AnonymizerError) as refused:
                treatment.check({**params, param.name: CANARY})
            assert CANARY not in str(refused.value)


@pytest.mark.parametrize(("treatment", "example"), CASES, ids=name)
def test_hostile_texts_are_treated_or_refused_without_being_quoted(treatment: Treatment, example: Example) -> None:
    for value in HOSTILE:
        try:
            run(treatment, example, [value])
        except AnonymizerError as refused:
            assert treatment.partial, "only a partial treatment may refuse a value"
            assert "'f'" in str(refused) and CANARY not in str(refused) and "5000" not in str(refused)


@pytest.mark.parametrize(("treatment", "example"), CASES, ids=name)
@settings(deadline=None)
@given(st.lists(st.one_of(st.none(), st.text(st.characters(exclude_categories=["Cs"]), max_size=30)), max_size=12))
def test_any_text(treatment: Treatment, example: Example, values: list[str | None]) -> None:
    try:
        done = run(treatment, example, values)
    except AnonymizerError as refused:
        assert treatment.partial
        long = [v for v in values if v and len(v) > 12]
        assert not any(v in str(refused) for v in long)
        return
    assert done == run(treatment, example, values)
    if treatment.injective and not treatment.partial:
        assert len({v for v in done if v is not None}) == len({v for v in values if v is not None})
    if treatment.truthful and not treatment.keyed and treatment.name == "keep":
        assert done == values


def test_two_files_with_one_name_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package = tmp_path / "doubled"
    package.mkdir()
    (package / "__init__.py").write_text("")
    body = "from anonymizers.treatments.keep import TREATMENT as K\nTREATMENT = K\n"
    (package / "one.py").write_text(body)
    (package / "two.py").write_text(body)
    monkeypatch.syspath_prepend(str(tmp_path))
    with pytest.raises(AnonymizerError, match="repeats the name 'keep'"):
        discovery.collect("doubled", [str(package)], "TREATMENT", Treatment)
    (package / "two.py").write_text("")
    sys.modules.pop("doubled.two")
    with pytest.raises(AnonymizerError, match="sets no TREATMENT"):
        discovery.collect("doubled", [str(package)], "TREATMENT", Treatment)


def test_a_new_file_is_enough(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package = tmp_path / "extra"
    package.mkdir()
    (package / "__init__.py").write_text("")
    (package / "shout.py").write_text(
        "import dataclasses\nfrom anonymizers.treatments.keep import TREATMENT as K\n"
        "TREATMENT = dataclasses.replace(K, name='shout')\n"
    )
    monkeypatch.syspath_prepend(str(tmp_path))
    assert list(discovery.collect("extra", [str(package)], "TREATMENT", Treatment)) == ["shout"]


def test_an_unknown_treatment_is_refused_with_the_list() -> None:
    with pytest.raises(AnonymizerError, match=r"'shred'.*keep.*pseudonym"):
        discovery.treatment("shred")


def test_treatments_are_frozen() -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        treatments()["keep"].name = "x"  # type: ignore[misc]


def test_looking_for_treatments_loads_nothing_heavy() -> None:
    script = (
        "import sys; from anonymizers.discovery import treatments, builders; treatments(); builders();"
        "print(sorted({'pandas','duckdb','fastapi','sqlalchemy','presidio_analyzer','opendp'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
