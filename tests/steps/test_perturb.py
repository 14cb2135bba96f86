"""Perturbations on the path: whole columns first, then the rest of the plan, nothing left behind."""

from __future__ import annotations

import random
from collections import Counter
from pathlib import Path

import pytest

from release.nouns.errors import BadInput
from release.nouns.report import RiskReport
from release.steps.treat import treat
from release.steps.treated import Treated
from release.steps.verify import verify
from tests.steps.treat_tables import (
    DIRECT,
    KEY,
    PLAIN,
    QUASI,
    SENSITIVE,
    everything_in,
    field,
    plan,
    quasi,
    read,
    smallest_class,
    table,
)

ROWS = 1500


def register() -> dict[str, list[str | None]]:
    draw = random.Random(7)
    return {
        "id": [f"person-{number:05d}" for number in range(ROWS)],
        "place": [draw.choice("ABCDEF") for _ in range(ROWS)],
        "sex": [draw.choice(["男", "女", None]) for _ in range(ROWS)],
        "seen": [f"2024-{draw.randrange(1, 13):02d}-{draw.randrange(1, 29):02d}" for _ in range(ROWS)],
        "illness": [draw.choice(["flu", "ulcer", "asthma", "gout"]) for _ in range(ROWS)],
        "income": [str(draw.randrange(2000, 50000)) for _ in range(ROWS)],
        "spent": [f"{draw.randrange(100, 9000)}.{draw.randrange(10)}" for _ in range(ROWS)],
    }


FIELDS = (
    field("id", DIRECT, "drop"),
    field("place", QUASI, "record-swap", share=0.2, alike=["sex"]),
    quasi("sex", kind="redact"),
    field("seen", PLAIN, "date-shift", subject="id"),
    field("illness", SENSITIVE, "pram", keep=0.9),
    field("income", PLAIN, "correlated-noise", scale=0.3, **{"with": ["spent"]}),
    field("spent", PLAIN, "correlated-noise", scale=0.3, **{"with": ["income"]}),
)


def done(path: Path, *, out: str = "out.parquet", key: bytes = KEY, fields=FIELDS, k: int = 5) -> Treated:
    source = table(path / "in.parquet", register())
    answer = treat(source, plan(*fields, k=k), key=key, out=path / out)
    assert isinstance(answer, Treated), answer
    return answer


def test_perturbed_fields_are_written_measured_and_nothing_stays_behind(tmp_path: Path) -> None:
    made = done(tmp_path)
    frame = read(made.path)
    assert list(frame.columns) == [one.field for one in FIELDS[1:]]
    assert smallest_class(frame, ["place", "sex"]) >= 5, "the models hold for the swapped places"
    assert sorted(tmp_path.iterdir()) == [tmp_path / "in.parquet", tmp_path / "out.parquet"]
    assert "person-0" not in everything_in(made.path)
    assert set(made.perturbed) == {"place", "seen", "illness", "income", "spent"}
    assert 0.7 < made.perturbed["place"]["unchanged"] < 0.85
    assert made.perturbed["income"]["unchanged"] < 0.02 and made.perturbed["income"]["correlation"] < 0.2
    raw = register()
    assert Counter(frame["place"]) == Counter(raw["place"]) if made.suppressed_rows == 0 else True
    assert not set(made.perturbed["seen"]) & {"il1s"}, "dates are no numbers"


def test_the_same_twice_and_another_key_otherwise(tmp_path: Path) -> None:
    first, second = done(tmp_path, out="a.parquet"), done(tmp_path, out="b.parquet")
    assert first.path.read_bytes() == second.path.read_bytes() and first.perturbed == second.perturbed
    other = done(tmp_path, out="c.parquet", key=bytes(range(1, 33)))
    assert Counter(read(other.path)["income"]) != Counter(read(first.path)["income"])


def test_the_evidence_says_what_the_perturbation_did(tmp_path: Path) -> None:
    made = done(tmp_path)
    source = table(tmp_path / "in.parquet", register())
    risk, utility = verify(source, made.path, plan(*FIELDS, k=5), made)
    assert isinstance(risk, RiskReport)
    assert utility.fields["income"]["perturbation"] == made.perturbed["income"]
    assert "perturbation" not in utility.fields["sex"]
    assert risk.values["rows-unaccounted"] == 0


def test_two_plans_draw_unrelated_noise_and_order(tmp_path: Path) -> None:
    """Else two releases could be lined up row by row, and their difference would give the noise away."""
    louder = (*FIELDS[:5], *(field(n, PLAIN, "additive-noise", scale=s) for n, s in (("income", 0.2), ("spent", 0.3))))
    quieter = (*FIELDS[:5], *(field(n, PLAIN, "additive-noise", scale=s) for n, s in (("income", 0.1), ("spent", 0.3))))
    one, two = (
        read(done(tmp_path, out="a.parquet", fields=louder).path),
        read(done(tmp_path, out="b.parquet", fields=quieter).path),
    )
    assert (one["spent"] == two["spent"]).mean() < 0.05
    assert Counter(one["spent"]) == Counter(two["spent"]), "the same field under the same parameters is the same"
    assert Counter(one["income"]) != Counter(two["income"])


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        (field("seen", PLAIN, "date-shift", subject="nobody"), "'nobody'"),
        (field("income", PLAIN, "additive-noise", scale=-1), "'scale'"),
        (field("illness", SENSITIVE, "rank-swap", percent=0), "'percent'"),
        (field("illness", SENSITIVE, "additive-noise", scale=0.2), "are not numbers"),
    ],
)
def test_what_does_not_fit_is_refused_by_name(tmp_path: Path, wrong, message: str) -> None:
    fields = tuple(wrong if one.field == wrong.field else one for one in FIELDS)
    with pytest.raises(BadInput, match=message) as refused:
        done(tmp_path, fields=fields)
    assert "flu" not in str(refused.value)
    assert [path.name for path in tmp_path.iterdir()] == ["in.parquet"]
