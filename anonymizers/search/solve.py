"""Answer a ``Problem``: prepare axes, judges and metric, search, and read the answer back."""

from __future__ import annotations

import time
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from anonymizers.errors import AnonymizerError
from anonymizers.model import FIELD, Distribution, Judge, Whole
from anonymizers.model_discovery import model
from anonymizers.search import bound, boxes, separable
from anonymizers.search.axis import Axis, axes
from anonymizers.search.bound import Found
from anonymizers.search.classwise import AverageClassSize, Discernibility
from anonymizers.search.evaluate import Evaluator
from anonymizers.search.lattice import size
from anonymizers.search.metric import Metric
from anonymizers.search.problem import METRICS, NoSolution, Problem, Settings, Solution

MOST_LISTED = 1 << 19


def solve(problem: Problem) -> Solution | NoSolution:
    """The generalisation of least loss that satisfies every model within the suppression limit.

    Raises AnonymizerError on a problem that cannot be understood: unknown model, metric, aggregate or parameter, a
    model about a field that has no counts, levels out of bounds, arrays that do not fit together.
    """
    began = time.perf_counter()
    _check(problem)
    axis, codes = axes(problem)
    judges = judges_of(problem)
    rows = released(problem)
    limit = allowed(problem.settings.suppression_limit, rows)
    metric = metric_of(problem.settings, axis, rows, limit)
    everyone = any(model(name).everyone(model(name).read(given)) for name, given in problem.models)
    knows = all(model(name).refines for name, _ in problem.models)
    evaluator = Evaluator(problem, axis, codes, judges, limit, everyone, knows)
    budget = problem.settings.time_limit_s
    search = bound.search if size(axis) <= MOST_LISTED else boxes.search
    found = search(axis, evaluator, metric, limit, None if budget is None else began + budget)
    return _answer(problem, axis, evaluator, metric, found, began)


def released(problem: Problem) -> int:
    """Rows that are to be released: the research subset where there is one, all rows otherwise."""
    return int((problem.counts if problem.subset is None else problem.subset).sum())


def allowed(share: float, rows: int) -> int:
    """The most rows that may be suppressed: ``share`` of ``rows``, rounded down."""
    return int(share * rows + 1e-9)


def judges_of(problem: Problem) -> tuple[Judge, ...]:
    """One judge a model, those first that doom whole classes: the others then have fewer left to look at."""
    fields = {
        name: Distribution(
            part.values,
            np.bincount(part.value_code, weights=part.count, minlength=len(part.values)).astype(np.int64),
            part.hierarchy,
        )
        for name, part in problem.sensitive.items()
    }
    whole = Whole(released(problem), fields, problem.subset is not None)
    made = []
    for name, given in sorted(problem.models, key=lambda pair: not model(pair[0]).refines):
        known = model(name)
        params = known.read(given)
        if known.per_field and params[FIELD] not in fields:
            raise AnonymizerError(f"Model {name}: the field {params[FIELD]!r} is not among the sensitive fields.")
        if known.needs_subset and problem.subset is None:
            raise AnonymizerError(f"Model {name} speaks of a research subset: name the rows it is made of.")
        made.append(known.judge(params, whole))
    return tuple(made)


def metric_of(settings: Settings, axis: Sequence[Axis], rows: int, limit: int) -> Metric:
    """The metric that ``settings`` name."""
    name, monotonic = settings.metric, settings.monotonic
    if name == "aecs":
        return AverageClassSize(rows, settings.gs_factor)
    if name == "discernibility":
        return Discernibility(rows, monotonic)
    kinds: dict[tuple[str, bool], type[separable.Separable]] = {
        ("loss", False): separable.Loss,
        ("entropy", False): separable.Entropy,
        ("entropy", True): separable.MonotonicEntropy,
        ("precision", False): separable.Precision,
        ("precision", True): separable.MonotonicPrecision,
        ("height", False): separable.Height,
        ("height", True): separable.Height,
    }
    if name not in METRICS:
        raise AnonymizerError(f"There is no metric {name!r}; there are: {', '.join(METRICS)}.")
    if (name, monotonic) not in kinds:
        raise AnonymizerError(f"The metric {name!r} has no monotonic variant: set monotonic = false.")
    return kinds[name, monotonic](axis, rows, settings.aggregate, settings.gs_factor, limit)


def _check(problem: Problem) -> None:
    tuples = problem.counts.size
    if problem.keys.shape != (tuples, len(problem.fields)) or len(problem.hierarchies) != len(problem.fields):
        raise AnonymizerError("keys, counts, fields and hierarchies of the problem do not fit together.")
    if tuples and problem.counts.min() < 1:
        raise AnonymizerError("Every tuple of the problem needs a count of at least 1.")
    if problem.subset is not None and problem.subset.shape != problem.counts.shape:
        raise AnonymizerError("The subset counts do not fit the tuples of the problem.")
    if not problem.models:
        raise AnonymizerError("Name at least one privacy model: without one there is nothing to search for.")
    for name, low, high, value in (
        ("suppression_limit", 0.0, 1.0, problem.settings.suppression_limit),
        ("gs_factor", 0.0, 1.0, problem.settings.gs_factor),
    ):
        if not low <= value <= high:
            raise AnonymizerError(f"{name} must lie between {low:g} and {high:g}.")


def _answer(
    problem: Problem, axis: Sequence[Axis], evaluator: Evaluator, metric: Metric, found: Found, began: float
) -> Solution | NoSolution:
    nodes = size(axis)
    if found.best is None or found.score is None:
        reason = (
            "No generalisation satisfies the models within the suppression limit; raise the limit, weaken a model, or "
            "give a field a hierarchy with a higher level."
            if found.proven
            else "No generalisation that satisfies the models was found in time; raise time_limit_s or the limits."
        )
        return NoSolution(reason, nodes, evaluator.checked, time.perf_counter() - began)
    keep: NDArray[np.bool_] = evaluator.keep(found.best.levels)
    return Solution(
        levels=found.best.levels,
        keep=keep,
        suppressed_rows=found.best.lost,
        loss=metric.loss(found.score),
        optimal=found.proven,
        lattice=nodes,
        checked=evaluator.checked,
        seconds=time.perf_counter() - began,
        bound=metric.loss(found.score if found.bound is None else found.bound),
        score=tuple(float(number) for number in found.score),
    )
