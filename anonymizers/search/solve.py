"""Answer a ``Problem``: prepare axes, judges and metric, search, and read the answer back."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from anonymizers.errors import AnonymizerError
from anonymizers.model import FIELD, Distribution, Judge, Overall, Whole
from anonymizers.model_discovery import model
from anonymizers.noise import Chance, Secure
from anonymizers.safepub import SAFEPUB
from anonymizers.search import bound, boxes, informative, separable
from anonymizers.search.axis import Axis, Ints, axes
from anonymizers.search.bound import Found
from anonymizers.search.classification import Classification
from anonymizers.search.classwise import AverageClassSize, Discernibility
from anonymizers.search.evaluate import Evaluator
from anonymizers.search.lattice import size
from anonymizers.search.metric import Metric
from anonymizers.search.private import asked, fixed
from anonymizers.search.private import search as walk_privately
from anonymizers.search.problem import METRICS, NoSolution, Problem, Solution

MOST_LISTED = 1 << 19
MONOTONIC = ("discernibility", "entropy", "precision", "height", "static")
PARAMETERISED = ("publisher-benefit", "classification", "static")


def solve(problem: Problem, chance: Chance | None = None) -> Solution | NoSolution:
    """The generalisation of least loss that satisfies every model within the suppression limit.

    ``chance`` is what differential privacy draws by (the operating system's where it is not given); with it there is no
    suppression limit, and where levels are searched for ``score`` is that of the search.

    Raises AnonymizerError on a problem that cannot be understood: unknown model, metric, aggregate or parameter, a
    model about a field that has no counts, levels out of bounds, arrays that do not fit together.
    """
    began = time.perf_counter()
    _check(problem)
    axis, codes = axes(problem)
    rows = released(problem)
    limit = allowed(problem.settings.suppression_limit, rows)
    private = _private(problem)
    if private is not None:
        limit = rows
        axis = fixed(axis, private["degree"]) if private["degree"] else axis
    metric = metric_of(problem, axis, rows, limit)
    evaluator = evaluator_of(problem, axis, codes, limit, metric)
    budget = problem.settings.time_limit_s
    deadline = None if budget is None else began + budget
    if private is not None and not private["degree"]:
        found, score = walk_privately(problem, axis, evaluator, metric, private, chance or Secure(), deadline)
        answer = _answer(problem, axis, evaluator, metric, found, began)
        return replace(answer, score=(score,)) if isinstance(answer, Solution) else answer
    search = bound.search if size(axis) <= MOST_LISTED else boxes.search
    found = search(axis, evaluator, metric, limit, deadline)
    return _answer(problem, axis, evaluator, metric, found, began)


def _private(problem: Problem) -> dict[str, Any] | None:
    """The differential privacy asked for, parameters filled in."""
    given = asked(problem)
    return None if given is None else model(SAFEPUB).read(given)


def released(problem: Problem) -> int:
    """Rows that are to be released: the research subset where there is one, all rows otherwise."""
    return int((problem.counts if problem.subset is None else problem.subset).sum())


def allowed(share: float, rows: int) -> int:
    """The most rows that may be suppressed: ``share`` of ``rows``, rounded down."""
    return int(share * rows + 1e-9)


def evaluator_of(problem: Problem, axis: Sequence[Axis], codes: Ints, limit: int, metric: Metric) -> Evaluator:
    """What looks at nodes for ``problem``."""
    judges, overalls = verdicts_of(problem)
    named = [(model(name), given) for name, given in problem.models]
    return Evaluator(
        problem,
        axis,
        codes,
        judges,
        limit,
        any(known.everyone(known.read(given)) for known, given in named),
        all(known.refines for known, _ in named),
        overalls=overalls,
        informed=any(known.informed for known, _ in named),
        gauge=getattr(metric, "gauge", None),
    )


def judges_of(problem: Problem) -> tuple[Judge, ...]:
    """One judge a model.  Raises AnonymizerError where a model judges the table as a whole, or needs more than class
    sizes and histograms: whoever recodes class by class cannot promise it."""
    for name, _ in problem.models:
        if model(name).judge is None or model(name).informed:
            raise AnonymizerError(f"Model {name} cannot be promised class by class: use the global search for it.")
    return verdicts_of(problem)[0]


def verdicts_of(problem: Problem) -> tuple[tuple[Judge, ...], tuple[Overall, ...]]:
    """Judges of classes, those first that doom whole classes (the others then have fewer left to look at), and judges
    of the table as a whole."""
    fields = {
        name: Distribution(
            part.values,
            np.bincount(part.value_code, weights=part.count, minlength=len(part.values)).astype(np.int64),
            part.hierarchy,
        )
        for name, part in problem.sensitive.items()
    }
    whole = Whole(released(problem), fields, problem.subset is not None)
    judges, overalls = [], []
    for name, given in sorted(problem.models, key=lambda pair: not model(pair[0]).refines):
        known = model(name)
        params = known.read(given)
        if known.per_field and params[FIELD] not in fields:
            raise AnonymizerError(f"Model {name}: the field {params[FIELD]!r} is not among the sensitive fields.")
        if known.needs_subset and problem.subset is None:
            raise AnonymizerError(f"Model {name} speaks of a research subset: name the rows it is made of.")
        if known.judge is not None:
            judges.append(known.judge(params, whole))
        if known.overall is not None:
            overalls.append(known.overall(params, whole))
    return tuple(judges), tuple(overalls)


def metric_of(problem: Problem, axis: Sequence[Axis], rows: int, limit: int) -> Metric:
    """The metric that the settings of ``problem`` name."""
    settings = problem.settings
    name, monotonic, given = settings.metric, settings.monotonic, settings.metric_params
    if name not in METRICS:
        raise AnonymizerError(f"There is no metric {name!r}; there are: {', '.join(METRICS)}.")
    if monotonic and name not in MONOTONIC:
        raise AnonymizerError(f"The metric {name!r} has no monotonic variant: set monotonic = false.")
    if given and name not in PARAMETERISED:
        raise AnonymizerError(f"The metric {name!r} takes no metric_params; those that do: {', '.join(PARAMETERISED)}.")
    counts = problem.counts if problem.subset is None else problem.subset
    special: dict[str, Callable[[], Metric]] = {
        "aecs": lambda: AverageClassSize(rows, settings.gs_factor),
        "discernibility": lambda: Discernibility(rows, monotonic),
        "information-loss": lambda: informative.InformationLoss(axis, rows, settings.gs_factor, limit),
        "publisher-benefit": lambda: informative.PublisherBenefit(axis, rows, settings.gs_factor, limit, given),
        "classification": lambda: Classification(axis, rows, settings.gs_factor, given),
        "ambiguity": lambda: informative.Ambiguity(axis, rows),
        "kl-divergence": lambda: informative.Divergence(axis, counts),
        "static": lambda: separable.Static(axis, rows, settings.aggregate, settings.gs_factor, limit, given),
    }
    if name in special:
        return special[name]()
    kinds: dict[tuple[str, bool], type[separable.Separable]] = {
        ("loss", False): separable.Loss,
        ("entropy", False): separable.Entropy,
        ("entropy", True): separable.MonotonicEntropy,
        ("normalized-entropy", False): separable.NormalizedEntropy,
        ("precision", False): separable.Precision,
        ("precision", True): separable.MonotonicPrecision,
        ("height", False): separable.Height,
        ("height", True): separable.Height,
    }
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
