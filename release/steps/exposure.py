"""What the written bytes give away by themselves: class sizes, risk, diversity, every model of the plan.

Nothing here needs the raw table (it only sharpens t-closeness), so whoever holds a package can measure it again.
"""

from __future__ import annotations

import math
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from anonymizers.build import build_hierarchy
from anonymizers.duck import identifier
from anonymizers.errors import AnonymizerError
from anonymizers.measure import Around
from anonymizers.measure_discovery import measure as measure_of
from anonymizers.measures import classes, distinct_l_diversity, entropy_l_diversity, risk, t_closeness
from anonymizers.measures.sample import open_sample
from anonymizers.sample import TABLE, Sample
from release.nouns.errors import ReleaseError
from release.nouns.plan import Limit, ModelSpec, Plan
from release.nouns.report import Verdict
from release.steps.sides import without_cells

MEMORY_MB = 512
COUNTS = "thing.count"
# A model whose attained number has a metric of its own: metric, the letter that limits it, the comparison.
METRICS = {
    "k-anonymity": ("k", "k", ">="),
    "distinct-l-diversity": ("l", "l", ">="),
    "entropy-l-diversity": ("entropy-l", "l", ">="),
    "t-closeness": ("t", "t", "<="),
}


@dataclass(slots=True)
class Measured:
    """Numbers by metric, why one is missing or what it leaves out, the classes, and the models without a metric."""

    values: dict[str, float] = field(default_factory=dict)
    notes: dict[str, str] = field(default_factory=dict)
    classes: Mapping[str, Any] = field(default_factory=dict)
    models: tuple[Verdict, ...] = ()


def demanded(plan: Plan) -> tuple[Limit, ...]:
    """The limits of the plan, and those its models set without saying so."""
    limits = list(plan.limits)
    for model in plan.models:
        if model.name not in METRICS:
            continue
        metric, letter, op = METRICS[model.name]
        name = f"{metric}:{model.params['field']}" if "field" in model.params else metric
        value = model.params.get(letter)
        named = any(limit.metric == name and limit.op == op and limit.value == value for limit in limits)
        if not named and isinstance(value, (int, float)):
            limits.append(Limit(name, op, float(value)))
    return tuple(limits)


def expose(path: Path, plan: Plan, *, reference: Path | None = None) -> Measured:
    """Measures every number the plan's limits and models speak of that the written table can answer.

    ``reference`` is the raw table: t-closeness is about what one row adds to the distribution that is known anyway,
    and suppressed rows belong to that.  What cannot be measured is left out with a note.
    """
    found = Measured()
    try:
        with (
            tempfile.TemporaryDirectory(prefix=".spill-", dir=path.parent) as spill,
            open_sample(path, memory_mb=MEMORY_MB, temp=Path(spill)) as sample,
            without_cells(),
        ):
            _expose(sample, plan, found, reference)
    except (AnonymizerError, ReleaseError) as error:
        found.notes |= dict.fromkeys((limit.metric for limit in demanded(plan)), str(error))
    return found


def _expose(sample: Sample, plan: Plan, found: Measured, reference: Path | None) -> None:
    quasi = plan.quasi_identifiers()
    if not sample.rows:
        found.notes.update({limit.metric: "No row was released." for limit in plan.limits})
        return
    taken, sizes = risk.measure(sample, quasi), classes.measure(sample, quasi)
    found.values |= {
        "k": float(sizes.min),
        "uniques": float(taken.uniques),
        "max-risk": taken.prosecutor_max,
        "avg-risk": taken.prosecutor_avg,
    }
    found.classes = {
        "count": sizes.count,
        "min": sizes.min,
        "avg": round(sizes.avg, 3),
        "max": sizes.max,
        "histogram": [list(bin_) for bin_ in sizes.histogram],
    }
    _smallest_cell(sample, plan, found)
    for metric in dict.fromkeys(limit.metric for limit in demanded(plan)):
        kind, _, name = metric.partition(":")
        if kind in ("l", "entropy-l", "t") and name:
            _diversity(sample, plan, found, kind, name, reference)
    found.models = tuple(_model(sample, quasi, model) for model in plan.models if model.name not in METRICS)


def _smallest_cell(sample: Sample, plan: Plan, found: Measured) -> None:
    """The fewest rows or, in a table of counts, the smallest count other than zero behind any released cell."""
    counts = [field.field for field in plan.fields if field.method != "drop" and _is_count(field.category)]
    if plan.quasi_identifiers():
        found.values["min-cell"] = found.values["k"]
    elif counts:
        numbers = ", ".join(f"try_cast({identifier(name)} AS DOUBLE)" for name in counts)
        least = sample.query(f"SELECT min(n) FROM (SELECT unnest([{numbers}]) AS n FROM {TABLE}) WHERE n > 0")[0][0]
        if least is not None:
            found.values["min-cell"] = float(least)
    else:
        found.notes["min-cell"] = "The table has neither quasi-identifiers nor a field of counts."


def _is_count(category: str) -> bool:
    return category == COUNTS or category.startswith(f"{COUNTS}.")


def _diversity(sample: Sample, plan: Plan, found: Measured, kind: str, name: str, reference: Path | None) -> None:
    metric, quasi = f"{kind}:{name}", plan.quasi_identifiers()
    if name not in sample.columns:
        found.notes[metric] = "The field is not in the released table."
        return
    try:
        if kind == "l":
            value = float(distinct_l_diversity.measure(sample, quasi, name))
        elif kind == "entropy-l":
            value = entropy_l_diversity.measure(sample, quasi, name)
        else:
            value = _closeness(sample, plan, found, name, reference)
    except AnonymizerError as error:
        found.notes[metric] = str(error)
        return
    if not math.isnan(value):
        found.values[metric] = value


def _closeness(sample: Sample, plan: Plan, found: Measured, name: str, reference: Path | None) -> float:
    """The largest t over the distances the plan's models name for the field; ``equal`` where none does."""
    asked = [model for model in plan.models if model.name == "t-closeness" and model.params.get("field") == name]
    quasi = plan.quasi_identifiers()
    worst = []
    with _reference(sample, name, reference) as whole:
        for params in [model.params for model in asked] or [{}]:
            distance = params.get("distance", "equal")
            rows = _hierarchy(sample, name, params) if distance == "hierarchical" else None
            worst.append(t_closeness.measure(sample, quasi, name, distance, reference=whole, hierarchy=rows))
    if whole is None and reference is not None:
        found.notes[f"t:{name}"] = "Measured against the released distribution, because the field was changed."
    return max(worst)


@contextmanager
def _reference(sample: Sample, name: str, path: Path | None) -> Iterator[Sample | None]:
    """The raw field, when every released value of it is a raw value; else nothing."""
    if path is None:
        yield None
        return
    with open_sample(path, (name,), memory_mb=MEMORY_MB) as raw:
        known = {row[0] or "" for row in raw.query(_values(name))}
        yield raw if known.issuperset(row[0] or "" for row in sample.query(_values(name))) else None


def _values(name: str) -> str:
    return f"SELECT DISTINCT {identifier(name)} FROM {TABLE}"


def _hierarchy(sample: Sample, name: str, params: Mapping[str, Any]) -> Sequence[Sequence[str]]:
    values = {row[0] or "": 1 for row in sample.query(_values(name))}
    return build_hierarchy(name, values, params.get("hierarchy", {})).rows


def _model(sample: Sample, quasi: Sequence[str], model: ModelSpec) -> Verdict:
    """A model that has no metric: its attained number, judged by the measure of that model."""
    name = f"{model.name}:{model.params['field']}" if "field" in model.params else model.name
    limit = next((float(v) for v in model.params.values() if isinstance(v, (int, float)) and v is not True), 0.0)
    try:
        measure = measure_of(model.name)
        value = measure.take(sample, quasi, model.params, Around())
        holds = not math.isnan(value) and measure.holds(value, model.params)
    except (AnonymizerError, KeyError) as error:
        note = str(error) if isinstance(error, AnonymizerError) else f"The model has no parameter {error}."
        return Verdict(name, "satisfies", limit, None, False, "", note)
    return Verdict(name, "satisfies", limit, None if math.isnan(value) else value, holds)
