"""Read a job file: every key understood, or the file refused by key and line."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from policies.source.section import Section, Source, read_source
from release.job.job import Job, RiskSpec
from release.job.tables import fields_of, read_field, read_model, read_search
from release.nouns.errors import BadInput
from release.nouns.openness import Openness
from release.nouns.plan import SearchSpec

INPUT = (
    "name",
    "encoding",
    "delimiter",
    "quote",
    "header",
    "skip_rows",
    "sheet",
    "table",
    "query",
    "name_empty",
    "rename_duplicates",
    "missing",
    "day_first",
    "roc",
    "types",
    "comments",
    "physical",
)


def read_job(path: str | Path) -> Job:
    """The job in the TOML file at ``path``; files it names are looked for beside it.

    Raises BadInput that names file, line and key of the first thing that is not understood."""
    path = Path(path)
    source = read_source(path, BadInput)
    root = Section(source, source.data)
    release = root.section("release")
    search = root.section("search")
    job = Job(
        name=path.name,
        input=_input(root),
        fields={name: read_field(section, name, path.parent) for name, section in root.named("fields")},
        models=tuple(read_model(section, path.parent) for section in root.sections("models")),
        search=read_search(search) if search.data else None,
        searched=tuple(search.keys()),
        openness=_openness(release),
        policy=release.text("policy", ""),
        max_quasi_identifiers=_limit(release),
        attributes=_attributes(root),
        aggregate=dict(root.section("aggregate").data),
        query=dict(root.section("query").data),
        synthesize=dict(root.section("synthesize").data),
        risk=_risk(root),
    )
    release.close()
    root.close()
    _repeats(root, job)
    return job


def search_of(given: Mapping[str, Any]) -> SearchSpec:
    """The members of a ``[search]`` table that came another way (a request).  Raises BadInput."""
    source = Source("search", given, {(): 1}, BadInput)
    return read_search(Section(source, given))


def _input(root: Section) -> dict[str, Any]:
    section = root.section("input")
    for key in section.keys():  # noqa: SIM118
        section.member(key, INPUT, key)
    return dict(section.data)


def _risk(root: Section) -> RiskSpec:
    section = root.section("risk")
    default = RiskSpec()
    spec = RiskSpec(
        sampling_fraction=section.number("sampling_fraction", low=1e-9, high=1)
        if section.has("sampling_fraction")
        else None,
        weight=section.text("weight", ""),
        household=section.text("household", ""),
        suda_size=section.integer("suda_size", least=1) if section.has("suda_size") else default.suda_size,
    )
    section.close()
    return spec


def _openness(section: Section) -> Openness | None:
    if not section.has("openness"):
        return None
    return Openness(section.choice("openness", (Openness.UNCONDITIONAL, Openness.CONDITIONAL)))


def _limit(section: Section) -> int | None:
    return section.integer("max_quasi_identifiers", least=1) if section.has("max_quasi_identifiers") else None


def _attributes(root: Section) -> dict[str, str]:
    section = root.section("attributes")
    return {name: section.text(name) for name in section.keys()}  # noqa: SIM118


def _repeats(root: Section, job: Job) -> None:
    """A model may be asked of the table once, and of each field once."""
    seen: set[tuple[str, str]] = set()
    for section, spec in zip(root.sections("models"), job.models, strict=True):
        asked = (spec.name, fields_of(spec.params))
        if asked in seen:
            section.fail("asks for a model that is asked for already", "name")
        seen.add(asked)
