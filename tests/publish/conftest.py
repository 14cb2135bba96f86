"""One package, made once: raw and treated tables, verified, packed."""

from __future__ import annotations

import dataclasses
import shutil
from pathlib import Path

import pytest

from release.nouns.dataset import Table
from release.nouns.openness import Openness
from release.nouns.plan import Plan
from release.publish.describe.evidence import Evidence
from release.publish.package import Package, write_package
from release.steps.verify import verify
from tests.publish import example


@dataclasses.dataclass(frozen=True)
class Made:
    """Everything a package was made of, and the package."""

    raw: Table
    treated: Path
    plan: Plan
    evidence: Evidence
    package: Package


def make(folder: Path, out: Path, *, openness: Openness = Openness.UNCONDITIONAL) -> Made:
    folder.mkdir(parents=True, exist_ok=True)
    columns = example.raw_columns()
    raw = example.table(folder / "raw.parquet", columns, example.TYPES)
    treated = example.write(folder / "treated.parquet", example.treated_columns(columns))
    plan = example.make_plan(raw.dataset, openness=openness)
    risk, utility = verify(raw, treated, plan, example.INFO)
    evidence = Evidence(
        plan, example.make_grading(plan), example.make_findings(plan), risk, utility, example.LEVELS
    )  # fmt: skip
    package = write_package(
        out,
        treated=treated,
        dataset=raw.dataset,
        evidence=evidence,
        about=example.ABOUT,
        key=example.KEY,
        now=example.NOW,
    )
    return Made(raw, treated, plan, evidence, package)


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Made:
    """The package, not to be written to."""
    base = tmp_path_factory.mktemp("made")
    return make(base, base / "package")


@pytest.fixture
def copy(made: Made, tmp_path: Path) -> Path:
    """A copy of the package to spoil."""
    return Path(shutil.copytree(made.package.folder, tmp_path / "package"))
