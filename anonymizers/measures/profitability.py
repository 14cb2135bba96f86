"""Profitability: what the least profitable class earns a row, or the fewest people an attack on a class faces."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from anonymizers.duck import identifier
from anonymizers.errors import AnonymizerError
from anonymizers.game import Costs
from anonymizers.measure import Around, Measure, Params
from anonymizers.sample import Sample

Shares = Mapping[str, Mapping[str | None, tuple[float, int]]]


def payout(sample: Sample, qis: Sequence[str], costs: Costs, shares: Shares, population: Sample | None) -> float:
    """The least that a row of a class earns on average, fines deducted; nan for no class.

    ``shares[field][text]`` is the part of its domain that a written text might be, and the domain's size.  A missing
    value is a category of its own.  Wan et al. 2015, doi:10.1371/journal.pone.0120592."""
    full = math.log10(math.prod(next(iter(shares[name].values()))[1] for name in qis)) if qis else 0.0
    least = math.inf
    for key, _, people in classes(sample, qis, population if costs.journalist else None):
        logs = sum(math.log10(shares[name][text][0]) for name, text in zip(qis, key, strict=True))
        lost = min(max(1.0 + logs / full, 0.0), 1.0) if full > 0 else 0.0
        chance = 1.0 / people
        fine = chance * costs.penalty if costs.gain * chance - costs.cost > 0 else 0.0
        least = min(least, costs.benefit * (1.0 - lost) - fine)
    return least if math.isfinite(least) else float("nan")


def classes(
    sample: Sample, qis: Sequence[str], population: Sample | None
) -> list[tuple[tuple[str | None, ...], int, int]]:
    """(texts, rows, people that match) of every class; without a ``population`` the rows themselves are the people."""
    found = _sizes(sample, qis)
    if population is None:
        return [(key, rows, rows) for key, rows in found.items()]
    wide = _sizes(population, qis)
    if any(wide.get(key, 0) < rows for key, rows in found.items()):
        raise AnonymizerError("A class is larger in the table than in its population: generalise both alike.")
    return [(key, rows, wide[key]) for key, rows in found.items()]


def _sizes(sample: Sample, qis: Sequence[str]) -> dict[tuple[str | None, ...], int]:
    names = ", ".join(identifier(name) for name in qis)
    chosen, group = (f"{names}, ", f"GROUP BY {names}") if qis else ("", "HAVING count(*) > 0")
    return {
        tuple(row[:-1]): row[-1]
        for row in sample.query(f"SELECT {chosen}count(*)::BIGINT {sample.inside(qis)} {group}")
    }


def _take(sample: Sample, qis: Sequence[str], params: Params, around: Around) -> float:
    costs = Costs.read({name: value for name, value in params.items() if name != "attacks"})
    if costs.journalist and around.population is None:
        raise AnonymizerError(
            "profitability against a journalist is measured against a population: name the wider table."
        )
    if params.get("attacks", "reckon") == "deter":
        wide = around.population if costs.journalist else None
        return float(min((people for _, _, people in classes(sample, qis, wide)), default=math.nan))
    if not around.shares:
        raise AnonymizerError("profitability is measured where the hierarchies are known: use it with anonymize.")
    return payout(sample, qis, costs, around.shares, around.population)


def _holds(value: float, params: Params) -> bool:
    if params.get("attacks", "reckon") == "deter":
        costs = Costs.read({name: one for name, one in params.items() if name != "attacks"})
        return not value < costs.unattacked()
    return not value <= 0.0


MEASURE = Measure("profitability", _take, _holds)
