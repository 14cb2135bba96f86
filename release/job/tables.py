"""The single tables of a job file: a field, a model, the search."""

from __future__ import annotations

import dataclasses
import hashlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from anonymizers.build import KEEP_TOP, SUPPRESS, UNPLACED, check_hierarchy
from anonymizers.discovery import treatment
from anonymizers.errors import AnonymizerError
from anonymizers.model import FIELD
from anonymizers.model_discovery import model
from anonymizers.recoder_discovery import recoder, recoders
from anonymizers.search.problem import AGGREGATES, METRICS
from classifiers.category import tree
from policies.source.section import Section
from release.job.job import JobField
from release.nouns.plan import ModelSpec, SearchSpec

ROLES = ("direct-identifier", "quasi-identifier", "sensitive", "insensitive")
DROP = "drop"
GENERALIZE = "generalize"
ABSENT = "missing"
SPOKEN = {"suppress": SUPPRESS, "keep-top": KEEP_TOP}
FILES = ("csv", "tree")


def read_field(section: Section, name: str, folder: Path) -> JobField:
    """``[fields.NAME]``.  Raises BadInput by line where a treatment, a hierarchy or a category is not understood."""
    value = JobField(
        name=name,
        role=section.choice("role", ROLES, ""),
        category=section.choice("category", tree(), ""),
        hierarchy=_with_missing(section, read_hierarchy(section, folder)) if section.has("hierarchy") else None,
        min_level=section.integer("min_level", least=0) if section.has("min_level") else None,
        max_level=section.integer("max_level", least=0) if section.has("max_level") else None,
        treatment=section.text("treatment", ""),
        params=dict(section.section("params").data),
        drop=section.flag("drop", False),
        reason=section.text("reason", ""),
    )
    if section.has(ABSENT) and value.hierarchy is None:
        section.fail("says what becomes of values that the hierarchy lacks, and there is no 'hierarchy'", ABSENT)
    section.close()
    _contradictions(section, value)
    if value.treatment:
        _check_treatment(section, value)
    return value


def _with_missing(section: Section, spec: dict[str, Any]) -> dict[str, Any]:
    """``missing``: what becomes of values that the hierarchy has no place for, the builder's ``unplaced`` by its name
    in job files."""
    if not section.has(ABSENT):
        return spec
    if UNPLACED in spec:
        section.fail(f"and '{UNPLACED}' of the hierarchy say the same: keep one of the two", ABSENT)
    return spec | {UNPLACED: SPOKEN[section.choice(ABSENT, tuple(SPOKEN))]}


def _contradictions(section: Section, value: JobField) -> None:
    if value.drop and value.treatment not in ("", DROP):
        section.fail("both drops the field and treats it: keep one of the two", DROP)
    if value.params and not value.treatment:
        section.fail("needs 'treatment', whose parameters they are", "params")
    if value.hierarchy is not None and value.treatment not in ("", GENERALIZE):
        section.fail("belongs to the treatment 'generalize'", "hierarchy")
    if value.min_level is not None and value.max_level is not None and value.max_level < value.min_level:
        section.fail("must not be below 'min_level'", "max_level")


def _check_treatment(section: Section, value: JobField) -> None:
    try:
        made = treatment(value.treatment)
        if value.treatment != GENERALIZE:
            made.check(value.params)
        elif "hierarchy" in value.params:
            section.fail("belongs beside 'treatment', not inside 'params'", "params")
    except AnonymizerError as error:
        section.fail(f"cannot be used: {_clause(error)}", "treatment")


def read_hierarchy(section: Section, folder: Path, key: str = "hierarchy") -> dict[str, Any]:
    """A CSV file beside the job file, or a builder's table; checked by the builder, files read for their digest."""
    given = section.take(key)
    if isinstance(given, str):
        given = {"kind": "csv", "path": given}
    if not isinstance(given, dict):
        section.fail('must be the name of a CSV file or a builder\'s table such as { kind = "interval" }', key)
    spec = dict(given)
    if spec.get("kind") in FILES and isinstance(spec.get("path"), str):
        path, digest = _digest_of(section, folder, spec["path"], key)
        spec |= {"path": path, "sha256": spec.get("sha256", digest)}
    try:
        check_hierarchy(spec)
    except AnonymizerError as error:
        section.fail(f"cannot be used: {_clause(error)}", key)
    return spec


def _digest_of(section: Section, folder: Path, name: str, key: str) -> tuple[str, str]:
    """The absolute path of a file named relative to the job file, and its SHA-256."""
    path = (folder / name).resolve()
    try:
        return str(path), hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError as problem:
        section.fail(f"names the file {Path(name).name}, which cannot be read ({problem.strerror})", key)


def read_model(section: Section, folder: Path) -> ModelSpec:
    """One ``[[models]]`` table; parameters keep the letters of the papers."""
    name = section.text("name")
    params: dict[str, Any] = {key: section.take(key) for key in section.keys() if key != "name"}  # noqa: SIM118
    if "hierarchy" in params:
        params["hierarchy"] = read_hierarchy(section, folder)
    if "subset" in params:
        if not isinstance(params["subset"], str):
            section.fail("must be the name of a CSV file with the rows of the subset", "subset")
        params["subset"], _ = _digest_of(section, folder, params["subset"], "subset")
    try:
        model(name).read({key: value for key, value in params.items() if key not in ("hierarchy", "subset")})
    except AnonymizerError as error:
        section.fail(f"cannot be used: {_clause(error)}", "name")
    section.close()
    return ModelSpec(name, params)


def read_search(section: Section) -> SearchSpec:
    """The ``[search]`` table."""
    default = SearchSpec()
    weights = section.section("weights")
    spec = SearchSpec(
        recoding=section.choice("recoding", ("global", *recoders()), default.recoding),
        metric=section.choice("metric", METRICS, default.metric),
        aggregate=section.choice("aggregate", AGGREGATES, default.aggregate),
        gs_factor=section.number("gs_factor", default.gs_factor, low=0, high=1),
        monotonic=section.flag("monotonic", default.monotonic),
        suppression_limit=section.number("suppression_limit", default.suppression_limit, low=0, high=1),
        time_limit_s=section.number("time_limit_s", default.time_limit_s, low=0.001),
        weights={name: weights.number(name, low=0) for name in weights.keys()},  # noqa: SIM118
        options=_options(section),
        household=section.text("household", ""),
        metric_params=dict(section.section("metric_params").data),
    )
    section.close()
    return spec


def _options(section: Section) -> dict[str, Any]:
    """``[search.options]``: parameters of the recoding, checked by the recoding itself."""
    given = dict(section.section("options").data)
    kind = section.text("recoding", SearchSpec().recoding)
    if kind == "global":
        if given:
            section.fail("are parameters of a recoding, and 'global' has none", "options")
        return {}
    try:
        recoder(kind).read(given)
    except AnonymizerError as error:
        section.fail(f"cannot be used: {_clause(error)}", "options")
    return given


def tightened(spec: SearchSpec, limit: float) -> SearchSpec:
    """The same search with at most ``limit`` of the rows suppressed."""
    return dataclasses.replace(spec, suppression_limit=min(spec.suppression_limit, limit))


def fields_of(models: Mapping[str, Any]) -> str:
    """The sensitive field a model's parameters speak of; empty when they speak of the table."""
    return str(models.get(FIELD, ""))


def _clause(error: Exception) -> str:
    """An error's sentence as the end of another."""
    text = str(error).rstrip(".")
    return text[:1].lower() + text[1:] if text[1:2].islower() else text
