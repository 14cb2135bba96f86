"""The packs at the command line: listed with their days in force, shown whole, joined, refused out of season."""

from __future__ import annotations

from pathlib import Path

import pytest

from policies.pack import PACKS, found, profiles
from tests.cli.run import sluice

TWO = "cn-gbt-43697-2024+us-hipaa-safe-harbor"


@pytest.fixture
def people(tmp_path: Path) -> Path:
    path = tmp_path / "people.csv"
    path.write_text("姓名,身份证号,性别,年龄\n张伟,110101199003074514,男,34\n王芳,110101199003075197,女,35\n", "utf-8")
    return path


def test_every_pack_is_listed_with_its_first_day() -> None:
    done = sluice("policies", "list")
    assert done.code == 0
    for pack in (*found(), *profiles()):
        line = next(line for line in done.out.splitlines() if line.startswith(f"{pack.meta.id} "))
        assert str(pack.meta.effective) in line
        assert pack.meta.title.zh in line
    assert "PACK+PROFILE" in done.out


@pytest.mark.parametrize("pack", [p.meta.id for p in (*found(), *profiles())] + [TWO])
def test_a_pack_is_shown_whole(pack: str) -> None:
    done = sluice("policies", "show", pack)
    assert done.code == 0
    for part in pack.split("+"):
        assert part in done.out
    assert "rules:" in done.out
    assert "treatments, the first that fits decides:" in done.out
    assert done.out.count("[recalled]") + done.out.count("[verified]") + done.out.count("[secondary]") > 20
    assert sluice("policies", "show", pack, "--json").json()["id"] == pack


@pytest.mark.parametrize(
    "options", [("--policy", TWO), ("--policy", "us-hipaa-safe-harbor", "--policy", "cn-gbt-43697-2024")]
)
def test_two_packs_grade_side_by_side(people: Path, options: tuple[str, ...]) -> None:
    document = sluice("classify", people, *options, "--json").json()
    assert document["policy"]["id"] == TWO
    assert set(document["dataset"]["grade"]) == {"tier", "general", "phi"}
    assert document["dataset"]["openness"] == "closed"
    alone = sluice("classify", people, "--policy", "us-hipaa-safe-harbor", "--json").json()
    for one, both in zip(alone["fields"], document["fields"], strict=True):
        assert both["grade"]["phi"] == one["grade"]["phi"]


def test_a_profile_changes_a_grade_of_the_pack_beside_it(people: Path) -> None:
    for profile in profiles():
        done = sluice("classify", people, "--policy", f"cn-gbt-43697-2024+{profile.meta.id}", "--json")
        assert done.code == 0
        assert done.json()["policy"]["id"] == f"cn-gbt-43697-2024+{profile.meta.id}"
        alone = sluice("classify", people, "--policy", profile.meta.id)
        assert alone.code == 2
        assert "only adds to other packs" in alone.err


def test_a_pack_out_of_season_is_refused_before_the_table_is_read(people: Path) -> None:
    done = sluice("classify", people, "--policy", "cn-gbt-43697-2024", "--on", "2024-09-30")
    assert done.code == 2
    assert "in force from 2024-10-01, and not yet on 2024-09-30" in done.err
    assert "sluice policies list" in done.err
    assert sluice("classify", people, "--policy", "cn-gbt-43697-2024", "--on", "2024-10-01").code == 0
    wrong = sluice("classify", people, "--on", "tomorrow")
    assert (wrong.code, "--on must be a date" in wrong.err) == (2, True)


def test_a_plan_of_two_packs_is_followed(tmp_path: Path) -> None:
    table = tmp_path / "rows.csv"
    rows = "".join(f"{['男', '女'][n % 2]},{30 + n % 3},{n % 7}\n" for n in range(300))
    table.write_text(f"性别,年龄,次数\n{rows}", "utf-8")
    plan, out = tmp_path / "plan.json", tmp_path / "out"
    made = sluice("plan", table, "--policy", TWO, "--openness", "conditional", "-o", plan, "--json")
    assert made.code == 0, made.out + made.err
    assert made.json()["policy"]["id"] == TWO
    done = sluice("treat", table, "--plan", plan, "-o", out)
    assert done.code == 0, done.out + done.err
    assert sluice("explain", table, "年龄", "--policy", TWO, "--lang", "zh").out.count("us-hipaa-safe-harbor/") >= 1
    assert sluice("explain", table, "年龄", "--lang", "fr").code == 2


@pytest.mark.parametrize("path", sorted(PACKS.glob("us-*.toml")), ids=lambda p: p.stem)
def test_check_says_that_every_case_passes(path: Path) -> None:
    assert "every case passes" in sluice("policies", "check", path).out
