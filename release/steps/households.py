"""Households as the unit of protection: k counts the households in a class, not its rows.

k households in a class is k distinct values of the household key in it, so the search asks for exactly that and needs
to know nothing of households.  A reader would get wrong that rows without a key count as one household together.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from anonymizers.measures import distinct_l_diversity
from anonymizers.measures.sample import open_sample
from release.job.job import Job, JobField
from release.nouns.dataset import Table
from release.nouns.errors import BadInput
from release.nouns.plan import ModelSpec, SearchSpec
from release.steps.measured import Measured
from release.steps.reading import batches, shape
from release.steps.roles import QUASI, SENSITIVE, Roles

K_ANONYMITY, DISTINCT = "k-anonymity", "distinct-l-diversity"


def by_household(table: Table, job: Job, spec: SearchSpec) -> Job:
    """``job`` with every k-anonymity asked of households; as it is where the search names none.

    Raises BadInput where the field is not in the table, or is a quasi-identifier."""
    name = spec.household
    if not name:
        return job
    if name not in shape(table.path)[1]:
        raise BadInput(f"search.household names field {name!r}, which the table does not have.", "Correct its name.")
    own = job.fields.get(name)
    if own is not None and own.role == QUASI:
        raise BadInput(f"search.household names field {name!r}, a quasi-identifier.", "Give it no role: it is a key.")
    if not any(one.name == K_ANONYMITY for one in job.models):
        raise BadInput("search.household changes what k counts, and the job asks for no k-anonymity.", "Add the model.")
    return replace(
        job,
        fields={**job.fields, name: JobField(name=name, role=SENSITIVE)},
        models=tuple(_of_households(one, name) for one in job.models),
    )


def _of_households(model: ModelSpec, name: str) -> ModelSpec:
    return ModelSpec(DISTINCT, {"l": model.params["k"], "field": name}) if model.name == K_ANONYMITY else model


def without_key(roles: Roles, job: Job, spec: SearchSpec) -> Roles:
    """``roles`` of the job as it was given: the household key is released only if that job releases it."""
    own = job.fields.get(spec.household)
    if not spec.household or (own is not None and own.role and not own.drop and not own.treatment):
        return roles
    kept = tuple(name for name in roles.kept if name != spec.household)
    return replace(roles, kept=kept, dropped=(*roles.dropped, spec.household))


def count_households(
    measured: Measured,
    table: Table,
    written: Path,
    job: Job,
    quasi: Sequence[str],
    suppressed: str | None,
    keep: npt.NDArray[np.bool_] | None,
    *,
    nobody: bool,
) -> Measured:
    """``measured`` and, of the written bytes beside the raw household keys, the fewest households in a class.

    ``keep`` are the rows of ``table`` that were written (None: all)."""
    household = job.search.household if job.search is not None else ""
    if not household:
        return measured
    beside = written.with_name(written.name + ".households.parquet")
    try:
        _beside(beside, table, written, household, quasi, keep)
        with open_sample(beside, suppressed=suppressed) as sample:
            least = distinct_l_diversity.measure(sample, quasi, household)
    finally:
        beside.unlink(missing_ok=True)
    found = [
        (_of_households(one, household), float(least) if least else None, nobody or least >= one.params["k"])
        for one in job.models
        if one.name == K_ANONYMITY
    ]
    return replace(measured, models=(*measured.models, *found))


def _beside(
    path: Path, table: Table, written: Path, household: str, quasi: Sequence[str], keep: npt.NDArray[np.bool_] | None
) -> None:
    """The written quasi-identifiers and the raw key of every row, side by side."""
    import pyarrow.csv as pacsv
    import pyarrow.parquet as pq

    texts = pacsv.ConvertOptions(
        column_types={name: pa.string() for name in quasi},
        include_columns=list(quasi),
        strings_can_be_null=True,
        null_values=[""],
    )
    shown = pacsv.read_csv(
        written,
        parse_options=pacsv.ParseOptions(delimiter=table.dataset.delimiter or ",", newlines_in_values=True),
        convert_options=texts,
    )
    keys = pa.chunked_array(
        [batch.column(household).cast(pa.string()) for batch in batches(table.path, [household])], pa.string()
    )
    pq.write_table(shown.append_column(household, keys if keep is None else keys.filter(pa.array(keep))), path)
