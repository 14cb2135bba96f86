"""Recode a table otherwise than by one level a field (``[search] recoding``), write it, and measure what was written.

Everything around the recoding is what ``anonymize`` does: the same job, hierarchies, models and measures.  Suppressed
rows are rows of ``*``; a suppressed cell is a missing cell.  Where missing cells are wildcards, k is measured by rows
that a row may be taken for, which is what that promise means.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from anonymizers.coding import Coding
from anonymizers.collapse import labelled, split
from anonymizers.errors import AnonymizerError
from anonymizers.hierarchy import TOP
from anonymizers.measure import Around
from anonymizers.measures import k_anonymity
from anonymizers.measures.sample import open_sample
from anonymizers.recoder import Params, Recoded, Recoder
from anonymizers.recoder_discovery import recoder
from anonymizers.sample import Sample
from anonymizers.search.problem import NoSolution, Problem
from anonymizers.wildcards import least_match
from release.job.job import Job
from release.nouns.dataset import Table
from release.nouns.errors import BadInput, ReleaseError
from release.nouns.plan import SearchSpec
from release.nouns.refusal import Refusal
from release.steps.anonymize import DROP, STAR, Ready, prepare, table_order
from release.steps.households import count_households
from release.steps.measured import Measured, finite, take
from release.steps.reading import batches
from release.steps.roles import Roles
from release.steps.stages import Stages

Codes = npt.NDArray[np.int32]
Count = Callable[[Sample, Sequence[str]], int]
K_ANONYMITY = "k-anonymity"


@dataclass(frozen=True, slots=True)
class RecodeReport:
    """What was done and what it left, as ``AnonymizeReport`` says it of the search."""

    rows: int
    recoding: str
    measure: str
    found: Recoded
    roles: Roles
    measured: Measured
    seconds: Mapping[str, float]

    def document(self) -> dict[str, Any]:
        """The report as JSON types; ``notes`` are the recoding's own numbers, ``metric`` says what ``loss`` is."""
        return {
            "rows": self.rows,
            "suppressed_rows": self.found.suppressed_rows,
            "recoding": self.recoding,
            "metric": self.measure,
            "loss": finite(self.found.loss),
            "notes": dict(self.found.notes),
            **self.measured.document(),
            "seconds": dict(self.seconds),
            "dropped": list(self.roles.dropped),
        }


def recode_table(
    table: Table, job: Job, spec: SearchSpec, out: Path, *, suppressed: str, stages: Stages
) -> RecodeReport | tuple[Refusal, ...]:
    """Write the recoded ``table`` to ``out``; nothing stands there on a refusal or an error.  Raises BadInput."""
    made = _recoder(spec)
    params = _read(made, spec.options)
    ready = prepare(table, job, spec, stages)
    unit_of: Codes | None = ready.collapsed.tuple_of
    problem = ready.problem
    if made.splits(params):
        problem, unit_of = by_row(table, ready), None
    with stages.stage("recode"):
        try:
            found = made.run(problem, params)
        except AnonymizerError as error:
            raise BadInput(str(error)) from None
    if isinstance(found, NoSolution):
        return (Refusal("anonymize.no-solution", found.reason, remedy="Change the models, the limit or the recoding."),)
    part = out.with_name(out.name + ".part")
    try:
        with stages.stage("write"):
            _write(table, part, ready, found, unit_of, suppressed)
        with stages.stage("measure"):
            count = _counting(made, params)
            measured = _measure(table, part, job, ready, found, unit_of, suppressed, count)
        if not measured.holds():
            raise ReleaseError("The written table does not satisfy the models it was made for.", "Report this.")
        part.replace(out)
    finally:
        part.unlink(missing_ok=True)
    seconds = stages.seconds | {"total": sum(stages.seconds.values())}
    return RecodeReport(table.dataset.rows, made.name, made.measure, found, ready.roles, measured, seconds)


def _recoder(spec: SearchSpec) -> Recoder:
    try:
        return recoder(spec.recoding)
    except AnonymizerError as error:
        raise BadInput(str(error)) from None


def _read(made: Recoder, given: Params) -> Params:
    try:
        return made.read(given)
    except AnonymizerError as error:
        raise BadInput(str(error), "Correct [search.options].") from None


def by_row(table: Table, ready: Ready) -> Problem:
    """The problem with every row a unit of its own, for recodings that take equal rows apart."""
    codes = {}
    for name, part in ready.problem.sensitive.items():
        coding = Coding(name, {value: place for place, value in enumerate(part.values)})
        found = [coding.encode(batch.column(name)) for batch in batches(table.path, [name])]
        codes[name] = np.concatenate(found) if found else np.zeros(0, np.int32)
    return split(ready.problem, ready.collapsed.tuple_of, codes, ready.released)


def _write(table: Table, out: Path, ready: Ready, found: Recoded, unit_of: Codes | None, suppressed: str) -> None:
    import pyarrow.csv as pacsv

    names = table_order(table, ready.roles)
    texts = {
        name: labelled(column.labels, column.codes, found.keep)
        for name, column in zip(ready.roles.quasi, found.columns, strict=True)
    }
    schema = pa.schema([pa.field(name, pa.string()) for name in names])
    start = 0
    with pacsv.CSVWriter(
        out, schema, write_options=pacsv.WriteOptions(delimiter=table.dataset.delimiter or ",")
    ) as writer:
        for batch in batches(table.path, names):
            stop = start + batch.num_rows
            units = np.arange(start, stop) if unit_of is None else unit_of[start:stop]
            start = stop
            columns = [
                texts[name][0].take(pa.array(texts[name][1][units]))
                if name in texts
                else batch.column(name).cast(pa.string())
                for name in names
            ]
            made = pa.RecordBatch.from_arrays(columns, schema=schema)
            writer.write_batch(made.filter(pa.array(found.keep[units])) if suppressed == DROP else made)


def _counting(made: Recoder, params: Params) -> Count | None:
    """How k is counted where it is not counted over all quasi-identifiers with missing cells as values."""
    groups = made.together(params)
    if groups:
        return lambda sample, quasi: min(k_anonymity.measure(sample, group) for group in groups)
    return least_match if made.wildcards(params) else None


def _measure(
    table: Table,
    written: Path,
    job: Job,
    ready: Ready,
    found: Recoded,
    unit_of: Codes | None,
    suppressed: str,
    count: Count | None,
) -> Measured:
    """Of the written bytes.  Kept rows that are all ``*`` tell nobody apart, and stand outside like suppressed ones."""
    star = TOP if found.suppressed_rows and suppressed == STAR and not _bare(found) else None
    trees = {name: tree.rows for name, tree in ready.trees.items()}
    quasi = ready.roles.quasi
    with ExitStack() as opened:
        sample = opened.enter_context(open_sample(written, suppressed=star, delimiter=table.dataset.delimiter or ","))
        raw = opened.enter_context(open_sample(table.path)) if suppressed == DROP else None
        nobody = not found.keep.any()
        measured = take(sample, quasi, job.models, Around(raw, None, trees), nobody=nobody)
        if count is not None:
            measured = _recounted(measured, count(sample, quasi))
    kept = found.keep if unit_of is None else found.keep[unit_of]
    chosen = kept if suppressed == DROP else None
    return count_households(measured, table, written, job, quasi, star, chosen, nobody=nobody)


def _bare(found: Recoded) -> bool:
    """Do all kept rows read ``*`` throughout?  Then they cannot be told from suppressed ones."""
    return all(
        all(one.labels[code] == TOP for code in np.unique(one.codes[found.keep]).tolist()) for one in found.columns
    )


def _recounted(measured: Measured, k: int) -> Measured:
    """``measured`` with k as it was counted; 0 where there are no rows."""
    models = [
        (spec, float(k) if k else None, k >= spec.params["k"] or not k)
        if spec.name == K_ANONYMITY
        else (spec, value, held)
        for spec, value, held in measured.models
    ]
    return replace(measured, models=tuple(models))
