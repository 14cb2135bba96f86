"""Anonymise a table as a job says: hierarchies, search, write, and measure what was written.

Suppressed rows stay in the table with every quasi-identifier replaced by ``*`` (as ARX does), so that rows and the
distribution of sensitive values stay what they were; with ``suppressed="drop"`` they are left out.  Risks, classes and
models are measured over the rows that still say something: a row of ``*`` tells nobody apart.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from anonymizers.build import codes_of
from anonymizers.coding import Coding, in_order
from anonymizers.collapse import Collapsed, labelled
from anonymizers.errors import AnonymizerError
from anonymizers.hierarchy import MISSING, TOP, Hierarchy
from anonymizers.measure import Around
from anonymizers.measures.sample import open_sample
from anonymizers.model_discovery import model
from anonymizers.noise import Chance, Secure
from anonymizers.safepub import SAFEPUB, parameters
from anonymizers.search.problem import NoSolution, Problem, SensitiveCounts, Settings, Solution
from anonymizers.search.solve import solve
from release.job.job import Job
from release.nouns.dataset import Table
from release.nouns.errors import BadInput, ReleaseError
from release.nouns.plan import SearchSpec
from release.nouns.refusal import Refusal
from release.steps.collapse import collapse
from release.steps.households import by_household, count_households, without_key
from release.steps.measured import Measured, finite, letters, take
from release.steps.reading import Counts, batches, count_values
from release.steps.roles import Roles, hierarchy_of, roles_of, tree_of
from release.steps.stages import Clock, Progress, Stages
from release.steps.subset import subset_flags

if TYPE_CHECKING:
    from release.steps.recoded import RecodeReport

STAR, DROP = "star", "drop"
Flags = npt.NDArray[np.bool_]
Triples = tuple[npt.NDArray[np.int64], npt.NDArray[np.int32], npt.NDArray[np.int64]]


@dataclass(frozen=True, slots=True)
class AnonymizeReport:
    """What was done and what it left: the report of ``sluice anonymize``."""

    rows: int
    solution: Solution
    roles: Roles
    search: SearchSpec
    measured: Measured
    seconds: Mapping[str, float]

    def levels(self) -> dict[str, int]:
        """The level of every quasi-identifier."""
        return dict(zip(self.roles.quasi, self.solution.levels, strict=True))

    def document(self) -> dict[str, Any]:
        """The report as JSON types; ``score`` and ``bound`` say more of ``loss``, ``dropped`` names fields left out."""
        found = self.solution
        return {
            "rows": self.rows,
            "suppressed_rows": found.suppressed_rows,
            "levels": self.levels(),
            "metric": self.search.metric,
            "loss": found.loss,
            "optimal": found.optimal,
            "nodes": {"lattice": found.lattice, "checked": found.checked},
            **self.measured.document(),
            "seconds": dict(self.seconds),
            "score": [finite(number) for number in found.score],
            "bound": found.bound,
            "dropped": list(self.roles.dropped),
        }


@dataclass(frozen=True, slots=True)
class Ready:
    """A job understood: hierarchies of the quasi-identifiers, trees of sensitive fields, tuples, subset flags."""

    roles: Roles
    hierarchies: tuple[Hierarchy, ...]
    trees: Mapping[str, Hierarchy]
    collapsed: Collapsed
    released: Flags | None
    problem: Problem


def anonymize(
    table: Table,
    job: Job,
    out: Path,
    *,
    suppressed: str = STAR,
    progress: Progress | None = None,
    clock: Clock = time.perf_counter,
    chance: Chance | None = None,
) -> AnonymizeReport | RecodeReport | tuple[Refusal, ...]:
    """Write the anonymised ``table`` to ``out`` (CSV, UTF-8, the delimiter that came in) and report.

    ``chance`` is what differential privacy draws its sample and its levels by: the operating system's where it is not
    given.  Refuses when no generalisation satisfies the models; then, and on any error, nothing stands at ``out``.
    Raises BadInput on a job that does not fit the table."""
    stages = Stages(clock, progress)
    spec = job.search or SearchSpec()
    strangers = sorted(set(spec.weights) - {one.name for one in table.dataset.fields})
    if strangers:
        raise BadInput(f"The search weighs field {strangers[0]!r}, which the table does not have.", "Correct its name.")
    if suppressed not in (STAR, DROP):
        raise BadInput("Suppressed rows are kept as a row of stars or dropped.", "Choose 'star' or 'drop'.")
    if spec.recoding != "global":
        from release.steps.recoded import recode_table

        return recode_table(table, job, spec, out, suppressed=suppressed, stages=stages)
    chance = chance or Secure()
    ready = prepare(table, job, spec, stages, chance)
    with stages.stage("search"):
        try:
            found = solve(ready.problem, chance)
        except AnonymizerError as error:
            raise BadInput(str(error)) from None
    if isinstance(found, NoSolution):
        return (Refusal("anonymize.no-solution", found.reason, remedy="Change the models, the limit or a hierarchy."),)
    part = out.with_name(out.name + ".part")
    try:
        with stages.stage("write"):
            _write(table, part, ready, found, suppressed)
        with stages.stage("measure"):
            measured = _measure(table, part, job, ready, found, suppressed)
        if not measured.holds():
            raise ReleaseError("The written table does not satisfy the models it was made for.", "Report this.")
        part.replace(out)
    finally:
        part.unlink(missing_ok=True)
    seconds = stages.seconds | {"total": sum(stages.seconds.values())}
    return AnonymizeReport(table.dataset.rows, found, ready.roles, spec, measured, seconds)


def prepare(table: Table, job: Job, spec: SearchSpec, stages: Stages, chance: Chance | None = None) -> Ready:
    """Everything that the search asks and the writer needs.  Raises BadInput on a job that does not fit."""
    asked, job = job, by_household(table, job, spec)
    roles = roles_of(table, job)
    with stages.stage("hierarchies"):
        counts = count_values(table.path, (*roles.quasi, *roles.spoken))
        hierarchies = tuple(hierarchy_of(job.fields[name], counts[name], table.path) for name in roles.quasi)
        trees = _trees(job, counts)
    released = _sample(table, job, chance or Secure())
    with stages.stage("collapse"):
        axes = [Coding(name, codes_of(one, counts[name])) for name, one in zip(roles.quasi, hierarchies, strict=True)]
        values = {name: tuple(in_order(sorted(counts[name]))) for name in roles.spoken}
        sensitive = [_coding(name, ordered) for name, ordered in values.items()]
        sizes = [len(one.rows) for one in hierarchies]
        collapsed = collapse(table.path, axes, sizes, sensitive)
        joint = collapsed.joint
        if released is not None:
            joint = {one.field: _joint(table.path, one, collapsed.tuple_of, released) for one in sensitive}
    triples = {name: SensitiveCounts(*joint[name], values[name], trees.get(name)) for name in roles.spoken}
    problem = _problem(job, spec, roles, hierarchies, collapsed, triples, released)
    return Ready(without_key(roles, asked, spec), hierarchies, trees, collapsed, released, problem)


def _joint(path: Path, coding: Coding, tuple_of: npt.NDArray[np.int32], released: Flags) -> Triples:
    """(tuple, value, rows) of the released rows alone."""
    codes = [coding.encode(batch.column(coding.field)) for batch in batches(path, [coding.field])]
    both = tuple_of[released].astype(np.int64) * len(coding.index) + np.concatenate(codes)[released]
    pairs, rows = np.unique(both, return_counts=True)
    return pairs // len(coding.index), (pairs % len(coding.index)).astype(np.int32), rows.astype(np.int64)


def _coding(name: str, values: list[str] | tuple[str, ...]) -> Coding:
    return Coding(name, {value: place for place, value in enumerate(values)})


def _trees(job: Job, counts: Mapping[str, Counts]) -> dict[str, Hierarchy]:
    made = {}
    for spec in job.models:
        if "field" in spec.params:
            tree = tree_of(spec, job, counts[str(spec.params["field"])])
            if tree is not None:
                made[str(spec.params["field"])] = tree
    return made


def _sample(table: Table, job: Job, chance: Chance) -> Flags | None:
    """The rows that differential privacy draws, or those of the research subset."""
    named = _subset(table, job)
    private = [model(one.name).read(letters(one)) for one in job.models if one.name == SAFEPUB]
    if not private:
        return named
    if named is not None:
        raise BadInput(
            "Differential privacy draws its own sample; another model names a subset.", "Keep one of the two."
        )
    beta = parameters(private[0]["epsilon"] - private[0]["search"], private[0]["delta"]).beta
    return chance.sample(table.dataset.rows, beta)


def _subset(table: Table, job: Job) -> Flags | None:
    files = {str(spec.params["subset"]) for spec in job.models if "subset" in spec.params}
    if len(files) > 1:
        raise BadInput("The models name different research subsets.", "One table has one subset.")
    return subset_flags(table.path, Path(files.pop())) if files else None


def _problem(
    job: Job,
    spec: SearchSpec,
    roles: Roles,
    hierarchies: tuple[Hierarchy, ...],
    collapsed: Collapsed,
    sensitive: Mapping[str, SensitiveCounts],
    released: Flags | None,
) -> Problem:
    own = {name: job.fields[name] for name in roles.quasi}
    subset = None
    if released is not None:
        subset = np.bincount(collapsed.tuple_of[released], minlength=collapsed.counts.size).astype(np.int64)
    return Problem(
        fields=roles.quasi,
        hierarchies=hierarchies,
        keys=collapsed.keys,
        counts=collapsed.counts,
        sensitive=sensitive,
        models=tuple((one.name, letters(one)) for one in job.models),
        settings=Settings(
            suppression_limit=spec.suppression_limit,
            metric=spec.metric,
            aggregate=spec.aggregate,
            gs_factor=spec.gs_factor,
            monotonic=spec.monotonic,
            weights=spec.weights,
            metric_params=spec.metric_params,
            time_limit_s=spec.time_limit_s,
            min_levels={name: one.min_level for name, one in own.items() if one.min_level is not None},
            max_levels={name: one.max_level for name, one in own.items() if one.max_level is not None},
        ),
        subset=subset,
        first=collapsed.first() if any(model(one.name).overall for one in job.models) else None,
    )


def _write(table: Table, out: Path, ready: Ready, found: Solution, suppressed: str) -> None:
    import pyarrow.csv as pacsv

    roles, collapsed = ready.roles, ready.collapsed
    names = table_order(table, roles)
    labels = {
        name: _labels(hierarchy, level, collapsed.keys[:, place], found.keep)
        for place, (name, hierarchy, level) in enumerate(zip(roles.quasi, ready.hierarchies, found.levels, strict=True))
    }
    schema = pa.schema([pa.field(name, pa.string()) for name in names])
    options = pacsv.WriteOptions(delimiter=table.dataset.delimiter or ",")
    start = 0
    with pacsv.CSVWriter(out, schema, write_options=options) as writer:
        for batch in batches(table.path, [name for name in names if name not in labels]):
            tuples = collapsed.tuple_of[start : start + batch.num_rows]
            chosen = _chosen(ready, found, suppressed, start, tuples)
            start += batch.num_rows
            columns = [
                labels[name].take(pa.array(tuples)) if name in labels else batch.column(name).cast(pa.string())
                for name in names
            ]
            made = pa.RecordBatch.from_arrays(columns, schema=schema)
            writer.write_batch(made if chosen is None else made.filter(pa.array(chosen)))


def table_order(table: Table, roles: Roles) -> list[str]:
    """The fields that are written, in the table's order."""
    return [one.name for one in table.dataset.fields if one.name in roles.quasi or one.name in roles.kept]


def _chosen(ready: Ready, found: Solution, suppressed: str, start: int, tuples: npt.NDArray[np.int32]) -> Flags | None:
    chosen = None if ready.released is None else ready.released[start : start + tuples.size]
    if suppressed == DROP:
        kept: Flags = found.keep[tuples]
        chosen = kept if chosen is None else chosen & kept
    return chosen


def _labels(hierarchy: Hierarchy, level: int, rows: npt.NDArray[np.int32], keep: Flags) -> pa.Array:
    """What the field becomes in every tuple: its label, missing, or ``*`` where the tuple is suppressed."""
    texts, codes = labelled(labels_at_level(hierarchy, level), rows, keep)
    return texts.take(pa.array(codes))


def labels_at_level(hierarchy: Hierarchy, level: int) -> list[str]:
    """What every row of the hierarchy becomes at ``level``."""
    return [row[level] for row in hierarchy.rows]


def _measure(table: Table, written: Path, job: Job, ready: Ready, found: Solution, suppressed: str) -> Measured:
    """Of the written bytes.  Where kept rows are all stars too, they cannot be told from suppressed ones."""
    bare = all(
        {row[level] for row in one.rows} == {TOP} for one, level in zip(ready.hierarchies, found.levels, strict=True)
    )
    star = TOP if found.suppressed_rows and suppressed == STAR and not bare else None
    delimiter = table.dataset.delimiter or ","
    rows = {name: tree.rows for name, tree in ready.trees.items()}
    wide = written.with_name(written.name + ".parquet")
    with ExitStack() as opened:
        sample = opened.enter_context(open_sample(written, suppressed=star, delimiter=delimiter))
        raw = opened.enter_context(open_sample(table.path)) if suppressed == DROP else None
        population = None
        if ready.released is not None:
            opened.callback(wide.unlink, missing_ok=True)
            _write_population(wide, ready, found)
            population = opened.enter_context(open_sample(wide))
        around = Around(raw, population, rows, _shares(ready, found))
        nobody = not found.keep.any()
        measured = take(sample, ready.roles.quasi, job.models, around, population, nobody=nobody)
    chosen = _chosen(ready, found, suppressed, 0, ready.collapsed.tuple_of)
    return count_households(measured, table, written, job, ready.roles.quasi, star, chosen, nobody=nobody)


def _shares(ready: Ready, found: Solution) -> dict[str, dict[str | None, tuple[float, int]]]:
    """What part of its domain each written text might be."""
    made: dict[str, dict[str | None, tuple[float, int]]] = {}
    for name, hierarchy, level in zip(ready.roles.quasi, ready.hierarchies, found.levels, strict=True):
        labels = labels_at_level(hierarchy, level)
        sizes = Counter(text if text != MISSING else None for text in labels)
        made[name] = {text: (size / len(labels), len(labels)) for text, size in sizes.items()}
    return made


def _write_population(path: Path, ready: Ready, found: Solution) -> None:
    """Every row of the wider table, generalised alike and none suppressed: what an attacker would match against."""
    import pyarrow.parquet as pq

    keys, everything = ready.collapsed.keys, np.ones(ready.collapsed.counts.size, dtype=bool)
    tuples = pa.array(ready.collapsed.tuple_of)
    columns = {
        name: _labels(hierarchy, level, keys[:, place], everything).dictionary_encode().take(tuples)
        for place, (name, hierarchy, level) in enumerate(
            zip(ready.roles.quasi, ready.hierarchies, found.levels, strict=True)
        )
    }
    pq.write_table(pa.table(columns), path)
