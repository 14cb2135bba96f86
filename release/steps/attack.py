"""Attack a treated table with what somebody may know of the raw one, and say how often that would succeed.

What a reader would get wrong: the attacker knows the quasi-identifiers of the job exactly and everything that the
hierarchies in it say.  A rate is to be read against its baseline (guessing) and its control (the same attack on people
who are not in the table); the difference is the table's doing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from anonymizers.attacks.every import every
from anonymizers.attacks.successive import difference, intersect
from anonymizers.build import build_hierarchy
from anonymizers.errors import AnonymizerError
from release.job.job import Job
from release.nouns.dataset import Table
from release.nouns.errors import BadInput
from release.steps.reading import count_values

QUASI, SENSITIVE = "quasi-identifier", "sensitive"
KNOWN_LABELS = 0.5
Columns = Mapping[str, pa.Array]
Trees = dict[str, dict[str, Sequence[str]]]


@dataclass(frozen=True, slots=True)
class Attempt:
    """How to attack: ``control`` are people like those in the table who are not in it, ``previous`` an earlier release
    of the same people, ``paired``: every raw row stands in its place in the treated table."""

    control: Table | None = None
    previous: Table | None = None
    paired: bool = False
    attacks: int = 500
    seed: int = 0


def attack(raw: Table, treated: Table, job: Job, attempt: Attempt) -> dict[str, Any]:
    """``rows``, ``known`` and ``secret`` fields, ``attacks`` (rate, interval, baseline, control, residual risk of
    each), ``links``, ``successive``, as JSON types.  Raises BadInput where tables and job do not fit."""
    known, secrets = _fields(raw, treated, job)
    try:
        return _attack(raw, treated, job, attempt, known, secrets)
    except AnonymizerError as error:
        raise BadInput(str(error)) from None


def _fields(raw: Table, treated: Table, job: Job) -> tuple[list[str], list[str]]:
    """The quasi-identifiers and the secrets of the job that both tables have."""
    inside, outside = set(pq.read_schema(raw.path).names), set(pq.read_schema(treated.path).names)
    for name in job.fields:
        if name not in inside:
            raise BadInput(f"The job speaks of field {name!r}, which the raw table does not have.", "Correct its name.")
    both = [name for name in pq.read_schema(raw.path).names if name in outside]
    roles = {name: job.fields[name].role for name in both if name in job.fields}
    known = [name for name in both if roles.get(name) == QUASI]
    if not known:
        raise BadInput(
            "The job names no quasi-identifier that both tables have.", f'Give at least one field role = "{QUASI}".'
        )
    return known, [name for name in both if roles.get(name) == SENSITIVE]


def _attack(
    raw: Table, treated: Table, job: Job, attempt: Attempt, known: list[str], secrets: list[str]
) -> dict[str, Any]:
    names = [*known, *secrets]
    before, after = _read(raw, names), _read(treated, names)
    control = _control(attempt.control, names)
    trees = _trees(raw, job, known, after)
    made, links = every(
        before,
        after,
        known,
        secrets,
        hierarchies=trees,
        control=control,
        paired=attempt.paired,
        attacks=attempt.attacks,
        seed=attempt.seed,
    )
    again: dict[str, Any] = {"hierarchies": trees, "attacks": attempt.attacks, "seed": attempt.seed}
    return {
        "rows": {"raw": len(before[known[0]]), "treated": len(after[known[0]])},
        "known": known,
        "secret": secrets,
        "control": control is not None,
        "paired": attempt.paired,
        "attacks": [one.document() for one in made],
        "links": {
            "fitting": links.fitting,
            "unique": links.unique.document(),
            "none": links.none.document(),
        },
        "successive": _successive(before, after, attempt, known, secrets, again),
    }


def _successive(
    before: Columns, after: Columns, attempt: Attempt, known: list[str], secrets: list[str], again: dict[str, Any]
) -> dict[str, Any] | None:
    """The earlier release and this one, together; None where none was given."""
    if attempt.previous is None:
        return None
    there = set(pq.read_schema(attempt.previous.path).names)
    fields = [name for name in known if name in there]
    shared = [name for name in secrets if name in there]
    if not fields or not shared:
        raise BadInput("The earlier release shares no quasi-identifier or no secret with this one.", "Leave it out.")
    older = _read(attempt.previous, [*fields, *shared])
    made = {}
    for secret in shared:
        both = intersect(before, [older, after], [fields, known], secret, **again)
        changed = difference(older, after, fields, secret)
        made[secret] = {
            "intersection": both.outcome.document(),
            "secrets_left": {"older": both.candidates[0], "newer": both.candidates[1], "together": both.together},
            "differencing": {"disclosed": changed.disclosed, "changed": changed.changed, **changed.rate.document()},
        }
    return made


def _read(table: Table, names: Sequence[str]) -> dict[str, pa.Array]:
    read = pq.read_table(table.path, columns=list(names))
    return {name: read.column(name).cast(pa.string()).combine_chunks() for name in names}


def _control(control: Table | None, names: Sequence[str]) -> dict[str, pa.Array] | None:
    if control is None:
        return None
    there = pq.read_schema(control.path).names
    for name in names:
        if name not in there:
            raise BadInput(f"The control group lacks the field {name!r}.", "Give one with the raw table's fields.")
    return _read(control, names)


def _trees(raw: Table, job: Job, known: Sequence[str], after: Columns) -> Trees:
    """The rows of the hierarchies by value, of fields whose released labels are mostly theirs."""
    trees: Trees = {}
    named = [name for name in known if job.fields[name].hierarchy is not None]
    for name, counts in count_values(raw.path, named).items():
        spec = job.fields[name].hierarchy
        assert spec is not None
        rows: dict[str, Sequence[str]] = {row[0]: row for row in build_hierarchy(name, counts, spec).rows}
        labels = {label for row in rows.values() for label in row}
        shown = [label for label in after[name].unique().to_pylist() if label is not None]
        if sum(label in labels for label in shown) >= KNOWN_LABELS * len(shown):
            trees[name] = rows
    return trees
