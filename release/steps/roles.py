"""Read a job's roles against a table: which fields are generalised, which stay, which do not get out.

A field that the job does not speak of is left out: what nobody judged is not released.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from anonymizers.build import SUPPRESS, UNPLACED, fit_hierarchy
from anonymizers.errors import AnonymizerError, Unplaced
from anonymizers.hierarchy import MISSING, TOP, Hierarchy
from release.job.job import Job, JobField
from release.nouns.dataset import Table
from release.nouns.errors import BadInput
from release.nouns.plan import ModelSpec
from release.steps.reading import Counts, first_row, shape

QUASI = "quasi-identifier"
SENSITIVE = "sensitive"
INSENSITIVE = "insensitive"


@dataclass(frozen=True, slots=True)
class Roles:
    """Field names in the table's order: ``quasi`` generalised, ``kept`` as they are, ``dropped`` left out.  ``spoken``
    are the sensitive fields that models name."""

    quasi: tuple[str, ...]
    kept: tuple[str, ...]
    dropped: tuple[str, ...]
    spoken: tuple[str, ...]


def roles_of(table: Table, job: Job, *, needs_models: bool = True) -> Roles:
    """Raises BadInput: a field that the table lacks, none to generalise, a treatment (there is none here)."""
    _, columns, _ = shape(table.path)
    for name, field in job.fields.items():
        if name not in columns:
            raise BadInput(f"The job speaks of field {name!r}, which the table does not have.", "Correct its name.")
        if field.treatment and field.treatment != "drop":
            raise BadInput(
                f"The job treats field {name!r} with {field.treatment!r}; this command only anonymises by roles.",
                "Use sluice release for treatments, or remove it.",
            )
    quasi = tuple(name for name in columns if _role(job, name) == QUASI)
    kept = tuple(name for name in columns if _role(job, name) in (SENSITIVE, INSENSITIVE))
    dropped = tuple(name for name in columns if name not in quasi and name not in kept)
    if not quasi:
        raise BadInput("The job names no quasi-identifier.", f'Give at least one field role = "{QUASI}".')
    if needs_models and not job.models:
        raise BadInput("The job names no privacy model.", "Add a [[models]] table, k-anonymity for a start.")
    spoken = tuple(dict.fromkeys(str(spec.params["field"]) for spec in job.models if "field" in spec.params))
    for name in spoken:
        if _role(job, name) != SENSITIVE:
            raise BadInput(f"A model speaks of field {name!r}, which is not sensitive in the job.", "Correct its role.")
    return Roles(quasi, kept, dropped, tuple(dict.fromkeys((*spoken, *_targets(job, quasi, kept)))))


def _targets(job: Job, quasi: tuple[str, ...], kept: tuple[str, ...]) -> tuple[str, ...]:
    """The fields that the metric wants predicted and that are not generalised themselves."""
    targets = job.search.metric_params.get("targets", ()) if job.search is not None else ()
    if not isinstance(targets, (list, tuple)):
        raise BadInput("search.metric_params.targets must be a list of field names.", "Write a list.")
    for name in targets:
        if name not in quasi and name not in kept:
            raise BadInput(f"The search is to predict field {name!r}, which is not released.", "Correct its name.")
    return tuple(name for name in targets if name not in quasi)


def _role(job: Job, name: str) -> str:
    field = job.fields.get(name)
    return field.role if field is not None and not field.drop and not field.treatment else ""


def hierarchy_of(field: JobField, counts: Counts, path: Path | None = None) -> Hierarchy:
    """The hierarchy of a quasi-identifier: the job's, or value and ``*`` where it names none.

    A row for missing cells is in it only where cells are missing or emptied: it would count as part of the domain.
    Raises BadInput naming the field, and the first row in the table at ``path``, where values have no place in it."""
    if field.hierarchy is None:
        return Hierarchy(tuple((value, TOP) for value in sorted(counts)) or ((MISSING, TOP),))
    return _built(field.name, counts, field.hierarchy, path)


def _built(name: str, counts: Counts, spec: Mapping[str, Any], path: Path | None = None) -> Hierarchy:
    try:
        return fit_hierarchy(name, counts, spec)
    except Unplaced as error:
        first = first_row(path, name, error.values) if path is not None else 0
        raise BadInput(str(error.located(name, first)), "Set it beside the field's hierarchy in the job.") from None
    except AnonymizerError as error:
        raise BadInput(str(error)) from None


def tree_of(spec: ModelSpec, job: Job, counts: Counts) -> Hierarchy | None:
    """The hierarchy of the sensitive field of ``spec``: the model's own, or the field's, or none.

    Raises BadInput where it empties cells: a sensitive value is released as it is."""
    name = str(spec.params["field"])
    given = spec.params.get("hierarchy") or job.fields[name].hierarchy
    if given is None:
        return None
    if given.get(UNPLACED) == SUPPRESS:
        raise BadInput(f'Field {name!r} is sensitive and is released as it is: missing = "suppress" cannot hold.')
    return _built(name, counts, given)
