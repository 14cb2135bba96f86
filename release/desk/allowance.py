"""What a policy allows a protected table: how much budget, and of which fields.

A pack says so with the effect ``require_release`` of kind ``differential-privacy`` and the parameters ``epsilon`` (the
most one table may ask for), ``rho`` (the most a lineage may lose, in zCDP) and ``warn_rho`` (where warnings begin,
below the 0.5 at which they begin without it).  What a reader would get wrong: with
``epsilon`` alone a lineage may lose ρ = ε²/2, the zCDP that one table of pure ε implies (Bun and Steinke 2016,
proposition 1.4); Laplace and Gaussian tables share that account, and the ε of several tables do not add up to it.  A
parameter that is not understood here refuses the table: half of a demand is not the demand.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from release.dp.query import Query
from release.nouns.errors import BadInput
from release.nouns.plan import PolicyRef
from release.nouns.refusal import Refusal

if TYPE_CHECKING:
    from policies.grading import Grading, Instead

KIND = "differential-privacy"
UNDERSTOOD = {"epsilon", "rho", "warn_rho"}
# What names one person is never a group and never a quantity; it may be the unit.
NAMING = "direct-identifier"


@dataclass(frozen=True, slots=True)
class Allowance:
    """The policy that speaks, and the caps it sets; None where it sets none.  ``article`` is where that stands."""

    policy: PolicyRef
    epsilon: float | None = None
    rho: float | None = None
    article: str = ""
    warn_rho: float | None = None

    def cap_rho(self) -> float | None:
        """The most that a lineage may lose in all."""
        given = [self.epsilon**2 / 2] if self.epsilon is not None else []
        return min([*given, *([self.rho] if self.rho is not None else [])], default=None)


def allowance(grading: Grading) -> Allowance:
    """The strictest caps among the rules that fired.  Raises BadInput on a parameter that is not understood."""
    asked = [instead for instead in grading.instead if instead.kind == KIND]
    for instead in asked:
        if unknown := sorted(set(instead.params) - UNDERSTOOD):
            raise BadInput(
                f"The rule {instead.rule} of {grading.policy} asks for {unknown[0]} of a protected table.",
                f"Only {' and '.join(sorted(UNDERSTOOD))} are built; have the pack corrected.",
            )
    return Allowance(
        PolicyRef(grading.policy, grading.version, grading.digest),
        _least(asked, "epsilon"),
        _least(asked, "rho"),
        next((instead.article for instead in asked), ""),
        _least(asked, "warn_rho"),
    )


def refusals(query: Query, grading: Grading, allowed: Allowance) -> tuple[Refusal, ...]:
    """Every reason why the policy does not let this table be made, before any budget is touched."""
    return tuple(_refusals(query, grading, allowed))


def _refusals(query: Query, grading: Grading, allowed: Allowance) -> Iterator[Refusal]:
    for stop in grading.stops:
        yield Refusal(stop.code, stop.text, stop.article, stop.remedy)
    grades = {grade.field: grade for grade in grading.fields}
    for name in dict.fromkeys((*query.group_by, *(s.field for s in query.statistics if s.field))):
        if grades[name].role == NAMING:
            what = f"Field '{name}' names persons ({grades[name].category}), so it is no group and no quantity."
            remedy = 'Group by another field; to protect persons instead of rows write unit = "FIELD".'
            yield Refusal("aggregate.names-persons", what, grades[name].article, remedy)
    cap = allowed.cap_rho()
    if allowed.epsilon is not None and query.epsilon > allowed.epsilon:
        what = f"The table asks for epsilon {query.epsilon:g}, and the policy allows {allowed.epsilon:g}."
        yield Refusal("aggregate.epsilon", what, allowed.article, f"Ask for epsilon = {allowed.epsilon:g} or less.")
    elif cap is not None and max(query.rho, query.epsilon**2 / 2) > cap * (1 + 1e-9):
        what = f"The table would cost rho {max(query.rho, query.epsilon**2 / 2):.6g}, and the policy allows {cap:.6g}."
        yield Refusal("aggregate.rho", what, allowed.article, f"Ask for rho = {cap:.6g} or less.")


def instead_of_rows(refused: tuple[Refusal, ...], grading: Grading) -> tuple[Refusal, ...]:
    """The same refusals; the one that asks for a protected table says which command makes it, and with how much."""
    return tuple(
        Refusal(one.code, one.message, one.article, _how(grading)) if one.code == f"release.{KIND}" else one
        for one in refused
    )


def _how(grading: Grading) -> str:
    allowed = allowance(grading)
    most = [f"epsilon at most {allowed.epsilon:g}"] if allowed.epsilon is not None else []
    most += [f"rho at most {allowed.rho:g}"] if allowed.rho is not None else []
    told = f" ({', '.join(most)})" if most else ""
    command = f"sluice aggregate TABLE --policy {grading.policy} --job JOB.toml -o OUT.csv"
    return f"Write a job file with an [aggregate] table{told} and run: {command}"


def _least(asked: list[Instead], name: str) -> float | None:
    values = []
    for instead in asked:
        if name in instead.params:
            value = instead.params[name]
            if isinstance(value, bool) or not isinstance(value, (int, float)) or not value > 0:
                raise BadInput(f"The rule {instead.rule} sets no positive {name}.", "Have the pack corrected.")
            values.append(float(value))
    return min(values, default=None)
