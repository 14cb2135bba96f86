"""The face for notebooks: the same answer as a job gives, pandas in and out, and nothing that breaks on odd frames."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import anonymizers
from anonymizers.errors import AnonymizerError
from anonymizers.frame.columns import texts
from anonymizers.frame.models import names
from release.samples.samples import adult_hierarchies, write

QUASI = ["sex", "age", "race", "marital-status", "education"]
CANARY = "Canary甲乙丙"


@pytest.fixture(scope="module")
def adult(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, Path]]:
    folder = tmp_path_factory.mktemp("adult")
    return write("adult", folder), adult_hierarchies(folder)


MODELS = {
    "plain": ([("k-anonymity", {"k": 5})], "global", "star"),
    "dropped": ([("k-anonymity", {"k": 25})], "global", "drop"),
    "sensitive": (
        [("k-anonymity", {"k": 5}), ("distinct-l-diversity", {"l": 3, "field": "occupation"})],
        "global",
        "star",
    ),
    "local": ([("k-anonymity", {"k": 5})], "local", "star"),
    "multidimensional": ([("k-anonymity", {"k": 50})], "multidimensional", "star"),
}


@pytest.mark.parametrize("case", MODELS)
def test_the_same_as_a_job(adult: tuple[Path, dict[str, Path]], tmp_path: Path, case: str) -> None:
    models, recoding, suppressed = MODELS[case]
    source, trees = adult
    lines = [
        f'[fields."{name}"]\nrole = "quasi-identifier"\nhierarchy = {json.dumps(str(trees[name]))}' for name in QUASI
    ]
    lines.append('[fields.occupation]\nrole = "sensitive"')
    for name, params in models:
        lines += ["[[models]]", f'name = "{name}"', *(f"{key} = {json.dumps(value)}" for key, value in params.items())]
    lines.append(f'[search]\nsuppression_limit = 0.04\nrecoding = "{recoding}"')
    job = tmp_path / "job.toml"
    job.write_text("\n".join(lines), encoding="utf-8")
    frame = pd.read_csv(source, sep=";")
    frame.index += 1000
    done = anonymizers.anonymize(
        frame,
        quasi=[name for name in frame.columns if name in QUASI],
        sensitive=["occupation"],
        models=[getattr(anonymizers, name.replace("-", "_"))(**params) for name, params in models],
        hierarchies={name: trees[name] for name in QUASI},
        suppression_limit=0.04,
        recoding=recoding,
        suppressed=suppressed,
    )
    from release.desk.path import open_table
    from release.job.read import read_job
    from release.steps.anonymize import anonymize

    out = tmp_path / "out.csv"
    asked = anonymize(open_table(source, work=tmp_path), read_job(job), out, suppressed=suppressed)
    assert not isinstance(asked, tuple)
    report = asked.document()
    written = pd.read_csv(out, sep=";", dtype=str)
    assert done.loss == report["loss"] and done.levels == report.get("levels", {})
    assert done.report["suppressed_rows"] == report["suppressed_rows"]
    assert done.report["risk"] == report["risk"]
    assert [one["value"] for one in done.report["models"]] == [one["value"] for one in report["models"]]
    shown = done.frame.astype(str)
    assert list(shown.columns) == list(written.columns)
    assert (shown.to_numpy() == written.to_numpy()).all()
    assert set(done.frame.index) <= set(frame.index)
    assert (len(done.frame) == len(frame)) == (suppressed == "star" or not report["suppressed_rows"])


def test_importing_the_package_loads_nothing() -> None:
    heavy = "('pandas', 'numpy', 'pyarrow', 'anonymizers.')"
    code = f"import sys, anonymizers; print([name for name in sys.modules if name.startswith({heavy})])"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True).stdout.strip() == "[]"
    with pytest.raises(ImportError):
        from anonymizers import no_such_thing  # noqa: F401
    assert {"anonymize", "treat", *names()} <= set(dir(anonymizers))


@pytest.mark.parametrize("name", names())
def test_every_model_is_a_call(name: str) -> None:
    with pytest.raises(AnonymizerError):
        getattr(anonymizers, name)(no_such_parameter=1)


def test_what_a_column_reads_as() -> None:
    def read(values: object, **kind: object) -> list[str | None]:
        return texts(pd.Series(values, **kind)).to_pylist()

    assert read([1, None, 3]) == ["1", None, "3"]
    assert read([1.5, np.nan, 1e20]) == ["1.5", None, "100000000000000000000"]
    assert read(["a", "", None]) == ["a", None, None]
    assert read([True, False]) == ["true", "false"]
    assert read([1, "x", None]) == ["1", "x", None]
    assert read([7, None], dtype="Int64") == ["7", None]
    assert read(["b", None, "a"], dtype="category") == ["b", None, "a"]
    assert read(pd.to_datetime(["2020-05-06", None])) == ["2020-05-06", None]
    assert read(pd.to_datetime(["2020-05-06 07:08:09"])) == ["2020-05-06T07:08:09"]
    assert read([]) == [] and read([None, None]) == [None, None]
    with pytest.raises(AnonymizerError, match="infinite"):
        read([float("inf")])


def test_an_unchanged_column_keeps_its_type() -> None:
    frame = pd.DataFrame({"sex": pd.Categorical(["f", "m"] * 10), "age": [30, 40] * 10, "x": range(20)})
    done = anonymizers.anonymize(frame, quasi=["sex", "age"], insensitive=["x"], models=[anonymizers.k_anonymity(5)])
    assert done.levels == {"sex": 0, "age": 0} and done.frame.equals(frame)


@settings(max_examples=25, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.one_of(st.none(), st.integers(0, 5), st.text(max_size=2)),
            st.one_of(st.none(), st.floats(allow_infinity=False)),
        ),
        min_size=1,
        max_size=25,
    ),
    st.integers(1, 4),
    st.sampled_from([0.0, 0.3, 1.0]),
)
def test_k_holds_on_any_frame_or_an_error_says_why(rows: list[tuple[object, object]], k: int, limit: float) -> None:
    frame = pd.DataFrame(rows, columns=["a", "b"]).sample(frac=1, random_state=1)
    try:
        done = anonymizers.anonymize(
            frame, quasi=["a", "b"], models=[anonymizers.k_anonymity(k)], suppression_limit=limit
        )
    except AnonymizerError as error:
        assert len(rows) < k or "generalisation" in str(error), str(error)
        return
    assert done.frame.index.equals(frame.index) and 0 <= done.loss <= 1
    shown = [tuple(texts(done.frame[name])[place].as_py() for name in ("a", "b")) for place in range(len(frame))]
    kept = [cells for cells in shown if cells != ("*", "*")]
    assert all(kept.count(cells) >= k for cells in kept)


def test_what_does_not_fit_is_said_without_a_cell() -> None:
    frame = pd.DataFrame({"name": [f"{CANARY}{n}" for n in range(9)], "age": range(9)})
    ask = anonymizers.anonymize
    k = anonymizers.k_anonymity(2)
    for said, call in (
        ("no 'nobody'", lambda: ask(frame, quasi=["nobody"], models=[k])),
        ("lists of column names", lambda: ask(frame, quasi="age", models=[k])),
        ("neither quasi-identifier", lambda: ask(frame, quasi=["age"], models=[k], hierarchies={"name": "redact"})),
        ("9 distinct values in 9 rows", lambda: ask(frame, quasi=["name"], models=[k], hierarchies={"name": "ethnic"})),
        ("at least one privacy model", lambda: ask(frame, quasi=["age"], models=[])),
        ("needs more than a frame", lambda: ask(frame, quasi=["age"], models=[anonymizers.inclusion()])),
        (
            "not among the sensitive",
            lambda: ask(frame, quasi=["age"], sensitive=["name"], models=[anonymizers.distinct_l_diversity("age", 2)]),
        ),
        ("nothing else", lambda: ask(frame, quasi=["age"], models=[k], speed="fast")),
        ("no treatment", lambda: anonymizers.treat(frame, {"age": "vanish"})),
        ("no 'nobody'", lambda: anonymizers.treat(frame, {"nobody": "drop"})),
        ("at least one", lambda: anonymizers.measure_risk(frame, quasi=[])),
    ):
        with pytest.raises(AnonymizerError, match=said) as refused:
            call()
        assert CANARY not in str(refused.value)


def test_an_empty_frame_and_one_of_one_value() -> None:
    k = anonymizers.k_anonymity(2)
    empty = pd.DataFrame({"a": pd.Series([], dtype="str")})
    assert anonymizers.anonymize(empty, quasi=["a"], models=[k]).frame.empty
    same = pd.DataFrame({"a": ["x"] * 5})
    assert anonymizers.anonymize(same, quasi=["a"], models=[k]).loss == 0
    assert anonymizers.measure_risk(empty, quasi=["a"])["risk"]["prosecutor_max"] == 0


def test_treatments_keep_the_index_and_repeat_under_one_key() -> None:
    frame = pd.DataFrame({"id": ["a", "b", "a"], "pay": [1000, 2000, 3000]}, index=[7, 8, 9])
    asked = {"id": "pseudonym", "pay": ("rank-swap", {"percent": 50})}
    one = anonymizers.treat(frame, asked, key=b"k" * 32)
    assert one.equals(anonymizers.treat(frame, asked, key=b"k" * 32)) and list(one.index) == [7, 8, 9]
    assert one["id"].iloc[0] == one["id"].iloc[2] != "a"
    assert sorted(one["pay"].astype(float)) == [1000, 2000, 3000]
    assert frame["id"].tolist() == ["a", "b", "a"]
