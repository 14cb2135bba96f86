"""The job file of the design is understood, and whatever is not understood is refused by line and key."""

from __future__ import annotations

import dataclasses
import hashlib
from pathlib import Path

import pytest

from release.ingest.settings import InputSettings
from release.job.job import Job
from release.job.read import INPUT, read_job, search_of
from release.nouns.errors import BadInput
from release.nouns.openness import Openness
from release.nouns.plan import ModelSpec, SearchSpec

JOB = """\
[input]
delimiter = ";"
encoding = "utf-8"

[fields.age]
role = "quasi-identifier"
hierarchy = "age.csv"

[fields.zip]
role = "quasi-identifier"
hierarchy = { kind = "prefix", keep = [3, 1, 0] }
min_level = 1
max_level = 2

[fields.occupation]
role = "sensitive"

[fields."住址"]
category = "person.contact.address"
drop = true
reason = "nobody asked for it"

[fields.income]
treatment = "round"
params = { base = 100 }

[[models]]
name = "k-anonymity"
k = 5
[[models]]
name = "t-closeness"
field = "occupation"
t = 0.2
distance = "equal"
[[models]]
name = "k-map"
k = 3
estimator = "poisson"
population = { sampling_fraction = 0.1 }
significance = 0.05

[search]
recoding = "global"
metric = "loss"
aggregate = "arithmetic-mean"
gs_factor = 0.5
monotonic = false
suppression_limit = 0.04
time_limit_s = 60
weights = { age = 0.5 }

[release]
openness = "conditional"
policy = "us-hipaa-safe-harbor"
max_quasi_identifiers = 4

[attributes]
origin = "own"

[aggregate]
group_by = ["zip"]
epsilon = 1.0

[synthesize]
rows = 10
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "age.csv").write_text("20;20-29;*\n30;30-39;*\n", encoding="utf-8")
    return tmp_path


def write(folder: Path, text: str) -> Path:
    path = folder / "job.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_the_whole_of_it(folder: Path) -> None:
    job = read_job(write(folder, JOB))
    assert job.name == "job.toml"
    assert job.input == {"delimiter": ";", "encoding": "utf-8"}
    assert list(job.fields) == ["age", "zip", "occupation", "住址", "income"]
    digest = hashlib.sha256((folder / "age.csv").read_bytes()).hexdigest()
    assert job.fields["age"].hierarchy == {"kind": "csv", "path": str(folder / "age.csv"), "sha256": digest}
    assert job.fields["zip"].hierarchy == {"kind": "prefix", "keep": [3, 1, 0]}
    assert (job.fields["zip"].min_level, job.fields["zip"].max_level) == (1, 2)
    assert job.fields["住址"].drop
    assert job.fields["住址"].category == "person.contact.address"
    assert (job.fields["income"].treatment, job.fields["income"].params) == ("round", {"base": 100})
    assert job.models == (
        ModelSpec("k-anonymity", {"k": 5}),
        ModelSpec("t-closeness", {"field": "occupation", "t": 0.2, "distance": "equal"}),
        ModelSpec(
            "k-map",
            {"k": 3, "estimator": "poisson", "population": {"sampling_fraction": 0.1}, "significance": 0.05},
        ),
    )
    assert job.search == SearchSpec(suppression_limit=0.04, time_limit_s=60.0, weights={"age": 0.5})
    assert job.searched[:2] == ("recoding", "metric")
    assert (job.openness, job.policy, job.max_quasi_identifiers) == (Openness.CONDITIONAL, "us-hipaa-safe-harbor", 4)
    assert job.attributes == {"origin": "own"}
    assert job.aggregate == {"group_by": ["zip"], "epsilon": 1.0}
    assert job.synthesize == {"rows": 10}


def test_an_empty_file_decides_nothing(folder: Path) -> None:
    assert read_job(write(folder, "")) == Job(name="job.toml")


def test_the_same_file_is_the_same_job(folder: Path) -> None:
    assert read_job(write(folder, JOB)) == read_job(write(folder, JOB))


BROKEN = [
    ("[input]", "[inputs]", "inputs is an unknown key: did you mean 'input'"),
    ('delimiter = ";"', 'delimitter = ";"', "did you mean 'delimiter'"),
    ('role = "sensitive"', 'role = "sensitiv"', "did you mean 'sensitive'"),
    ('role = "sensitive"', 'rolle = "sensitive"', "rolle is an unknown key: did you mean 'role'"),
    ('hierarchy = "age.csv"', 'hierarchy = "ages.csv"', "names the file ages.csv, which cannot be read"),
    ('hierarchy = "age.csv"', "hierarchy = 5", "must be the name of a CSV file or a builder's table"),
    ('kind = "prefix"', 'kind = "suffix"', "hierarchy cannot be used"),
    ("keep = [3, 1, 0]", "keep = [1, 3]", "must list falling numbers"),
    ("keep = [3, 1, 0]", "keeps = [3, 1, 0]", "'keeps' is unknown"),
    ("min_level = 1", "min_level = 3", "must not be below 'min_level'"),
    ("min_level = 1", "min_level = -1", "must be at least 0"),
    ('category = "person.contact.address"', 'category = "person.contact.addres"', "did you mean"),
    ("drop = true", 'drop = "yes"', "must be true or false"),
    ("drop = true", 'drop = true\ntreatment = "keep"', "both drops the field and treats it"),
    ('treatment = "round"', 'treatment = "rounded"', "treatment cannot be used"),
    ('treatment = "round"\n', "", "needs 'treatment', whose parameters they are"),
    ("params = { base = 100 }", "params = { base = -1 }", "must be above 0"),
    ("params = { base = 100 }", "params = { bases = 1 }", "'bases' is unknown"),
    ('treatment = "round"', 'treatment = "round"\nhierarchy = { kind = "redact" }', "belongs to the treatment"),
    ('name = "k-anonymity"', 'name = "k-anonimity"', "there is no privacy model"),
    ("k = 5", "k = 0", "must be at least 1"),
    ("k = 5", "", "'k' is missing"),
    ("k = 5", "kk = 5", "'kk' is unknown"),
    ('field = "occupation"\n', "", "name the sensitive field"),
    (
        'name = "t-closeness"\nfield = "occupation"\nt = 0.2\ndistance = "equal"',
        'name = "k-anonymity"\nk = 2',
        "already",
    ),
    ('distance = "equal"', 'distance = "euclid"', "must be one of"),
    ('distance = "equal"', 'distance = "equal"\nsubset = "none.csv"', "which cannot be read"),
    ('metric = "loss"', 'metric = "los"', "did you mean 'loss'"),
    ('recoding = "global"', 'recoding = "globl"', "did you mean 'global'"),
    ("gs_factor = 0.5", "gs_factor = 1.5", "must lie between 0 and 1"),
    ("suppression_limit = 0.04", "suppression_limit = 4", "must lie between 0 and 1"),
    ("suppression_limit = 0.04", "supression_limit = 0.04", "did you mean 'suppression_limit'"),
    ("time_limit_s = 60", "time_limit_s = 0", "must be at least"),
    ("weights = { age = 0.5 }", "weights = { age = -0.5 }", "must be at least 0"),
    ("weights = { age = 0.5 }", 'weights = { age = "much" }', "must be a finite number"),
    ('openness = "conditional"', 'openness = "closed"', "names the unknown 'closed'"),
    ("max_quasi_identifiers = 4", "max_quasi_identifiers = 0", "must be at least 1"),
    ('origin = "own"', "origin = 1", "must be a text that is not empty"),
    ("[aggregate]", "[agregate]", "did you mean 'aggregate'"),
    ('reason = "nobody asked for it"', 'reason = "a"\nreason = "b"', "is not valid TOML"),
]


@pytest.mark.parametrize(("old", "new", "words"), BROKEN, ids=[f"{i}-{b[2][:30]}" for i, b in enumerate(BROKEN)])
def test_refused_by_line_and_key(folder: Path, old: str, new: str, words: str) -> None:
    assert old in JOB
    text = JOB.replace(old, new, 1)
    with pytest.raises(BadInput) as refused:
        read_job(write(folder, text))
    message = str(refused.value)
    assert words in message
    assert message.endswith(".")
    if "not valid TOML" in words:
        return
    number = int(message.removeprefix("job.toml, line ").partition(":")[0])
    shown = message.split(": ", 1)[1].split(" ")[0].split(".")[-1]
    assert shown.isdigit() or shown in text.splitlines()[number - 1] or "lacks" in message


def test_files_that_are_not_there(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="cannot be read"):
        read_job(tmp_path / "none.toml")


def test_input_keys_are_those_that_ingest_takes() -> None:
    assert set(INPUT) == {f.name for f in dataclasses.fields(InputSettings)}


def test_a_search_that_came_another_way() -> None:
    assert search_of({"metric": "aecs", "weights": {"a": 2}}) == SearchSpec(metric="aecs", weights={"a": 2.0})
    assert search_of({}) == SearchSpec()
    with pytest.raises(BadInput, match="metrics is an unknown key"):
        search_of({"metrics": "loss"})


def test_a_subset_is_found_beside_the_job(folder: Path) -> None:
    (folder / "rows.csv").write_text("1\n", encoding="utf-8")
    text = '[[models]]\nname = "delta-presence"\ndelta_min = 0.0\ndelta_max = 0.5\nsubset = "rows.csv"\n'
    assert read_job(write(folder, text)).models[0].params["subset"] == str(folder / "rows.csv")
