"""From a table to the search and back: hierarchies, distinct tuples, the level of every quasi-identifier."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from anonymizers.build import build_hierarchy
from anonymizers.coding import Coding, in_order
from anonymizers.collapse import Collapsed
from anonymizers.search.problem import NoSolution, Problem, SensitiveCounts, Settings, Solution
from anonymizers.search.solve import solve
from release.nouns.dataset import Table
from release.nouns.plan import FieldPlan, Plan
from release.nouns.refusal import Refusal
from release.steps.coding import Axis, axis, becomes, steps_of
from release.steps.collapse import collapse
from release.steps.fitting import model_fields
from release.steps.floor import least_class, raise_floor
from release.steps.reading import Counts
from release.steps.stages import Stages


@dataclass(frozen=True, slots=True)
class Searched:
    """The quasi-identifiers, the tuples, and the levels found for them."""

    axes: tuple[Axis, ...]
    collapsed: Collapsed
    solution: Solution


def search(
    table: Table,
    plan: Plan,
    quasi: Sequence[FieldPlan],
    counts: Mapping[str, Counts],
    *,
    key: bytes,
    spans: Any,
    stages: Stages,
) -> Searched | Refusal:
    """Levels for the quasi-identifiers, or the refusal that says why there are none.

    ``counts`` holds the distinct values of every quasi-identifier and every sensitive field that a model names."""
    by_name = {one.field: one for one in plan.fields}
    with stages.stage("hierarchies"):
        full = tuple(axis(one, counts[one.field], key=key, spans=spans) for one in quasi)
        k, allowed = least_class(plan), int(plan.search.suppression_limit * table.dataset.rows + 1e-9)
        axes = tuple(raise_floor(one, counts[one.coding.field], k=k, allowed=allowed) for one in full)
        sensitive = {name: _sensitive(by_name[name], counts[name], key, spans) for name in model_fields(plan)}
    with stages.stage("collapse"):
        sizes = [len(one.hierarchy.rows) for one in axes]
        collapsed = collapse(table.path, [one.coding for one in axes], sizes, [made for made, _ in sensitive.values()])
    with stages.stage("search"):
        answer = solve(_problem(plan, axes, collapsed, {name: values for name, (_, values) in sensitive.items()}))
    if isinstance(answer, NoSolution):
        return Refusal(
            "treat.no-solution",
            f"No generalisation of {len(axes)} quasi-identifiers satisfies the models within the suppression limit of "
            f"{plan.search.suppression_limit:.1%}: {answer.reason}",
            article=next((limit.article for limit in plan.limits if limit.article), ""),
            remedy="Drop a quasi-identifier, allow higher levels or more suppression, or choose a narrower openness.",
        )
    lattice = math.prod(one.high - one.low + 1 for one in full)
    return Searched(axes, collapsed, replace(answer, lattice=lattice))


def _sensitive(plan: FieldPlan, counts: Counts, key: bytes, spans: Any) -> tuple[Coding, tuple[str, ...]]:
    """The values of a sensitive field as they will be published, in order, and the coding of the raw ones."""
    became = becomes(plan.field, counts, steps_of(plan), key=key, spans=spans)
    values = tuple(in_order(sorted(set(became.values()))))
    place = {value: number for number, value in enumerate(values)}
    return Coding(plan.field, {raw: place[value] for raw, value in became.items()}), values


def _problem(
    plan: Plan, axes: tuple[Axis, ...], collapsed: Collapsed, sensitive: Mapping[str, tuple[str, ...]]
) -> Problem:
    names = tuple(one.coding.field for one in axes)
    trees = {
        str(spec.params["field"]): build_hierarchy(
            str(spec.params["field"]), dict.fromkeys(sensitive[spec.params["field"]], 1), spec.params["hierarchy"]
        )
        for spec in plan.models
        if "hierarchy" in spec.params and "field" in spec.params
    }
    search = plan.search
    return Problem(
        fields=names,
        hierarchies=tuple(one.hierarchy for one in axes),
        keys=collapsed.keys,
        counts=collapsed.counts,
        sensitive={
            name: SensitiveCounts(*collapsed.joint[name], values, trees.get(name)) for name, values in sensitive.items()
        },
        models=tuple(
            (spec.name, {letter: value for letter, value in spec.params.items() if letter != "hierarchy"})
            for spec in plan.models
        ),
        settings=Settings(
            suppression_limit=search.suppression_limit,
            metric=search.metric,
            aggregate=search.aggregate,
            gs_factor=search.gs_factor,
            monotonic=search.monotonic,
            weights={name: weight for name, weight in search.weights.items() if name in names},
            metric_params=search.metric_params,
            time_limit_s=search.time_limit_s,
            min_levels={one.coding.field: one.low for one in axes},
            max_levels={one.coding.field: one.high for one in axes},
        ),
    )
