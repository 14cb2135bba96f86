"""When a cell is unsafe by itself, and how uncertain it must stay (Hundepool et al. 2012, sections 4.2.2 and 4.3.1).

What a reader would get wrong: the parameters are secrets of the publisher.  They stand in no message, and nobody but
reviewers is told them; only the names of the rules are public."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from anonymizers.errors import AnonymizerError
from anonymizers.params import Param, Spec
from anonymizers.tables.cells import Cells, Flags, Floats

THRESHOLD, DOMINANCE, P_PERCENT, PRIOR_POSTERIOR, REQUEST, GIVEN = (
    "threshold",
    "dominance",
    "p-percent",
    "prior-posterior",
    "request",
    "given",
)
MOST_TOP = 20


@dataclass(frozen=True, slots=True)
class Rule:
    """A named rule with its parameters."""

    name: str
    params: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Judged:
    """``unsafe`` cells and the upper protection they need, in units; 0 where the rule asks for none."""

    unsafe: Flags
    upper: Floats


SPECS: Mapping[str, Spec] = {
    THRESHOLD: Spec(
        (
            Param("n", "integer", "a cell needs at least this many contributors", least=2, most=1000),
            Param("range", "number", "share of a magnitude that must stay uncertain", default=0.1, least=0, most=1),
        )
    ),
    DOMINANCE: Spec(
        (
            Param("n", "integer", "the largest contributors", least=1, most=MOST_TOP),
            Param("k", "number", "may together have at most this percentage", least=1, most=100),
        )
    ),
    P_PERCENT: Spec(
        (Param("p", "number", "nobody may estimate another to within this percentage", least=0, most=100),)
    ),
    PRIOR_POSTERIOR: Spec(
        (
            Param("p", "number", "percentage to which nobody may estimate another afterwards", least=0, most=100),
            Param("q", "number", "percentage to which everybody can before", least=1, most=100),
        ),
        lambda given: "" if given["p"] < given["q"] else "Parameter 'p' must be below 'q'.",
    ),
    REQUEST: Spec((Param("range", "number", "share that must stay uncertain", default=0.1, least=0, most=1),)),
    GIVEN: Spec(),
}


def read_rule(name: str, given: Mapping[str, Any]) -> Rule:
    """A rule by name.  Raises AnonymizerError naming rule or parameter, never a value."""
    if name not in SPECS:
        raise AnonymizerError(f"There is no rule {name!r}; rules: {', '.join(SPECS)}.")
    try:
        return Rule(name, SPECS[name].read(given))
    except AnonymizerError as error:
        raise AnonymizerError(f"Rule {name!r}: {error}") from None


def depth(rules: Sequence[Rule]) -> int:
    """How many of the largest contributions the rules look at."""
    return max([2, *(int(rule.params["n"]) for rule in rules if rule.name == DOMINANCE)])


def judge(cells: Cells, rule: Rule, *, magnitude: bool, zeros: bool) -> Judged:
    """What ``rule`` says of every cell.  ``zeros``: an empty cell is unsafe under a threshold as well.  A table of
    counts has no contributions to dominate, so only threshold and request speak of it."""
    if not magnitude and rule.name not in (THRESHOLD, REQUEST, GIVEN):
        return Judged(np.zeros(cells.number, bool), np.zeros(cells.number))
    return _JUDGES[rule.name](cells, rule.params, magnitude, zeros)


def _threshold(cells: Cells, given: Mapping[str, Any], magnitude: bool, zeros: bool) -> Judged:
    unsafe = (cells.count < given["n"]) & (zeros | (cells.count > 0))
    upper = given["range"] * cells.magnitude() if magnitude else (given["n"] - cells.count).astype(np.float64)
    return Judged(unsafe, np.where(unsafe, np.maximum(upper, 1.0), 0.0))


def _dominance(cells: Cells, given: Mapping[str, Any], magnitude: bool, zeros: bool) -> Judged:
    largest = cells.top[:, : given["n"]].sum(axis=1)
    unsafe = largest > given["k"] / 100 * cells.magnitude() * (1 + 1e-12)
    return Judged(unsafe, np.where(unsafe, 100 / given["k"] * largest - cells.magnitude(), 0.0))


def _p_percent(cells: Cells, given: Mapping[str, Any], magnitude: bool, zeros: bool) -> Judged:
    return _estimated(cells, given["p"] / 100)


def _prior_posterior(cells: Cells, given: Mapping[str, Any], magnitude: bool, zeros: bool) -> Judged:
    return _estimated(cells, given["p"] / given["q"])


def _estimated(cells: Cells, share: float) -> Judged:
    """The second largest contributor takes his own from the total: what is left must hide ``share`` of the largest."""
    rest = cells.magnitude() - cells.top[:, 0] - cells.top[:, 1]
    missing = share * cells.top[:, 0] - rest
    unsafe = missing > 1e-9 * np.maximum(1.0, cells.magnitude())
    return Judged(unsafe, np.where(unsafe, missing, 0.0))


def _request(cells: Cells, given: Mapping[str, Any], magnitude: bool, zeros: bool) -> Judged:
    upper = np.maximum(given["range"] * cells.magnitude(), 1.0)
    return Judged(cells.asked, np.where(cells.asked, upper, 0.0))


def _given(cells: Cells, given: Mapping[str, Any], magnitude: bool, zeros: bool) -> Judged:
    """What came with a table that was tabulated elsewhere."""
    upper = cells.given if cells.given is not None else np.zeros(cells.number)
    return Judged(upper > 0, upper)


_JUDGES: Mapping[str, Callable[[Cells, Mapping[str, Any], bool, bool], Judged]] = {
    THRESHOLD: _threshold,
    DOMINANCE: _dominance,
    P_PERCENT: _p_percent,
    PRIOR_POSTERIOR: _prior_posterior,
    REQUEST: _request,
    GIVEN: _given,
}
