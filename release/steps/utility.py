"""What a treated table is still good for against the raw one: every metric, every pair of fields, models on a target.

What a reader would get wrong: exact figures of the raw table go into it, so it is for whoever decides about a release
and never part of one.  A value is named only where ``distribution`` would show it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from anonymizers.errors import AnonymizerError
from anonymizers.hierarchy import Hierarchy
from anonymizers.utility.discovery import utilities
from anonymizers.utility.joint import binned, joints
from anonymizers.utility.metric import CELLS, FIELD, LINK, TABLE, Utility
from anonymizers.utility.numeric import correlations
from anonymizers.utility.tables import Tables, raw_classes, tables
from release.job.job import Job
from release.nouns.dataset import FieldType, Table
from release.nouns.errors import BadInput
from release.steps.comparison import counted
from release.steps.distribution import LEAST_ROWS, distribution
from release.steps.reading import count_values
from release.steps.roles import QUASI, hierarchy_of
from release.steps.sides import side_by_side
from release.steps.stages import Progress

DIRECT = "direct-identifier"
MEMORY_MB = 1024
ASSOCIATION = "cramers-v"
MOST_PAIRED_FIELDS = 40
ACROSS = (TABLE, CELLS)


def utility(
    raw: Table,
    treated: Table,
    job: Job,
    *,
    target: str = "",
    paired: bool | None = None,
    progress: Progress | None = None,
) -> dict[str, Any]:
    """``rows``, ``quasi_identifiers``, ``paired``, ``table`` (metric → value), ``fields``, ``links`` (pairs of the
    first 40 fields; ``fields_not_paired`` names the others), ``matrices``, ``learning``, ``metrics`` (what each is) and
    ``distributions``, as JSON types; None where not defined.

    Raises BadInput where tables, job and target do not fit, or scikit-learn is missing for a target."""
    watch: Callable[[str, float], None] = progress or (lambda stage, part: None)
    watch("read", 0.0)
    names, quasi = _fields(raw, treated, job)
    if target and target not in names:
        raise BadInput(f"There is no field {target!r} to predict in both tables.", "Name a field that was released.")
    try:
        made = tables(_read(raw, names), _read(treated, names), _trees(raw, job, quasi), quasi=quasi, paired=paired)
        watch("metrics", 0.2)
        found = _measured(made)
        watch("links", 0.5)
        found |= _linked(made)
        watch("models", 0.7)
        found["learning"] = _learning(made, target) if target else None
    except AnonymizerError as error:
        raise BadInput(str(error)) from None
    watch("distributions", 0.9)
    found["distributions"] = _distributions(raw, treated, names)
    return found


def _fields(raw: Table, treated: Table, job: Job) -> tuple[list[str], list[str]]:
    """What both tables have and nobody is found by at once; the quasi-identifiers among it."""
    inside, outside = pq.read_schema(raw.path).names, set(pq.read_schema(treated.path).names)
    for name in job.fields:
        if name not in inside:
            raise BadInput(f"The job speaks of field {name!r}, which the raw table does not have.", "Correct its name.")
    roles = {name: one.role for name, one in job.fields.items()}
    names = [name for name in inside if name in outside and roles.get(name) != DIRECT]
    if not names:
        raise BadInput("The two tables have no field in common.", "Name a table and its own treated copy.")
    return names, [name for name in names if roles.get(name) == QUASI] or names


def _read(table: Table, names: Sequence[str]) -> dict[str, pa.Array]:
    """Columns as dictionaries: every text once."""
    with pq.ParquetFile(table.path, read_dictionary=list(names)) as file:
        found = file.read(columns=list(names)).unify_dictionaries()
    return {name: found.column(name).combine_chunks() for name in names}


def _trees(raw: Table, job: Job, quasi: Sequence[str]) -> dict[str, Hierarchy]:
    spoken = [name for name in quasi if name in job.fields and job.fields[name].hierarchy is not None]
    counts = count_values(raw.path, spoken)
    return {name: hierarchy_of(job.fields[name], counts[name]) for name in spoken}


def _measured(made: Tables) -> dict[str, Any]:
    across = [one for one in utilities().values() if one.scope in ACROSS]
    within = [one for one in utilities().values() if one.scope in (CELLS, FIELD)]
    quasi = set(made.quasi)
    sizes = raw_classes(made)
    before = {
        "aecs": made.before / sizes.size if sizes.size else None,
        "discernibility": float(sizes.astype(np.float64) @ sizes),
        "ambiguity": 1.0 if made.before else None,
    }
    return {
        "rows": {"raw": made.before, "treated": made.after, "suppressed": int(made.lost.sum())},
        "quasi_identifiers": list(made.quasi),
        "paired": made.paired,
        "table": {one.name: {"before": before.get(one.name), "after": one.of_table(made)} for one in across},
        "fields": {
            column.name: {
                one.name: one.of_column(made, column) for one in within if one.scope == FIELD or column.name in quasi
            }
            for column in made.columns
        },
        "metrics": {one.name: _told(one) for one in utilities().values()},
    }


def _told(one: Utility) -> dict[str, Any]:
    text = " ".join((one.take.__doc__ or "").split())
    return {
        "zh": one.title_zh,
        "en": one.title_en,
        "scope": one.scope,
        "within": list(one.within),
        "needs_pairs": one.paired,
        "definition": text,
    }


def _linked(made: Tables) -> dict[str, Any]:
    """Every pair of fields, and matrices for those that hang together; not for more fields than can be looked at."""
    columns = made.columns[:MOST_PAIRED_FIELDS]
    names = [one.name for one in columns]
    place = {name: number for number, name in enumerate(names)}
    metrics = [one for one in utilities().values() if one.scope == LINK]
    rows: list[dict[str, Any]] = []
    before, after = np.eye(len(names)), np.eye(len(names))
    for joint in joints(made, [binned(one) for one in columns]):
        found = {one.name: one.of_link(joint) for one in metrics}
        rows.append(
            {
                "fields": [joint.one.name, joint.other.name],
                **{
                    name: None
                    if link is None
                    else {"before": link.before, "after": link.after, "distance": link.distance}
                    for name, link in found.items()
                },
            }
        )
        shown = found[ASSOCIATION]
        a, b = place[joint.one.name], place[joint.other.name]
        before[a, b] = before[b, a] = (shown.before if shown else 0.0) or 0.0
        after[a, b] = after[b, a] = (shown.after if shown else 0.0) or 0.0
    straight = correlations(made)
    return {
        "links": rows,
        "fields_not_paired": [one.name for one in made.columns[MOST_PAIRED_FIELDS:]],
        "matrices": {
            "association": {"metric": ASSOCIATION, "fields": names, "before": before.tolist(), "after": after.tolist()},
            "correlation": None
            if straight is None
            else {"fields": list(straight[0]), "before": straight[1].tolist(), "after": straight[2].tolist()},
        },
    }


def _learning(made: Tables, target: str) -> dict[str, Any]:
    from anonymizers.utility.learn import learn

    found = learn(made, target)
    return {
        "target": found.target,
        "kind": found.kind,
        "classes": found.classes,
        "rows": found.rows,
        "trainable_rows": found.trainable,
        "held_out": found.held_out,
        "models": [
            {
                "model": one.model,
                "metric": one.metric,
                "baseline": one.baseline,
                "raw": one.raw,
                "treated": one.treated,
                "kept": one.kept,
                "auc": dict(one.auc),
            }
            for one in found.scores
        ],
    }


def _distributions(raw: Table, treated: Table, names: Sequence[str]) -> dict[str, Any]:
    """As in a release's report: coarse, and nothing rare is named."""
    kinds: Mapping[str, FieldType] = {one.name: one.type for one in raw.dataset.fields}
    found = {}
    with side_by_side(raw.path, treated.path, memory_mb=MEMORY_MB, temp=Path(treated.path).parent) as sides:
        for name in names:
            with counted(sides, name) as table:
                found[name] = distribution(sides, table, kinds[name], threshold=LEAST_ROWS)
    return found
