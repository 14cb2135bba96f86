"""Quasi-identifiers and sensitive fields as codes: what every value in the table becomes, worked out once per value.

The search sees row numbers of hierarchies, never text.  A quasi-identifier that the plan treats otherwise than by
the search (year only, masked, kept) takes part with a hierarchy of one level, its treated values: whoever attacks
sees those, and the models must hold for them too.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pyarrow as pa

from anonymizers.build import build_hierarchy, codes_of
from anonymizers.coding import Coding
from anonymizers.discovery import treatment
from anonymizers.errors import AnonymizerError
from anonymizers.hierarchy import MISSING, Hierarchy
from anonymizers.treatment import Context
from release.nouns.plan import FieldPlan
from release.steps.reading import Counts

GENERALIZE = "generalize"


@dataclass(frozen=True, slots=True)
class Axis:
    """A quasi-identifier: its coding into ``hierarchy`` rows and the levels that may be chosen."""

    coding: Coding
    hierarchy: Hierarchy
    low: int
    high: int


def axis(plan: FieldPlan, counts: Counts, *, key: bytes, spans: Any = None) -> Axis:
    """The axis of one quasi-identifier.  Raises AnonymizerError naming the field where its values cannot be used."""
    if plan.method != GENERALIZE:
        steps = steps_of(plan)
        became = becomes(plan.field, counts, steps, key=key, spans=spans)
        hierarchy = Hierarchy(tuple((value,) for value in sorted(set(became.values()))))
    else:
        given = treatment(GENERALIZE).spec.read(plan.params)
        steps = list(given["before"])
        became = becomes(plan.field, counts, steps, key=key, spans=spans) if steps else {}
        grown = summed(counts, became) if steps else counts
        hierarchy = build_hierarchy(plan.field, grown, given["hierarchy"])
    rows = codes_of(hierarchy, () if plan.method != GENERALIZE else grown)
    index = {raw: rows[value] for raw, value in became.items()} if steps else rows
    return Axis(Coding(plan.field, index), hierarchy, *_bounds(plan, hierarchy.height))


def _bounds(plan: FieldPlan, height: int) -> tuple[int, int]:
    """The lowest and the highest level allowed.  Raises AnonymizerError when the lowest is above the top."""
    if plan.method != GENERALIZE:
        return 0, 0
    given = treatment(GENERALIZE).spec.read(plan.params)
    fixed, top = given["level"], height - 1
    low = given["min_level"] if fixed is None else fixed
    if low > top:
        raise AnonymizerError(
            f"Field {plan.field!r}: level {low} is asked for, but its hierarchy ends at level {top}; "
            "lower the level or add levels."
        )
    high = low if fixed is not None else top if given["max_level"] is None else min(given["max_level"], top)
    return int(low), int(high)


def becomes(
    field: str, counts: Counts, steps: Sequence[Mapping[str, Any]], *, key: bytes, spans: Any = None
) -> dict[str, str]:
    """What every raw value becomes after ``steps`` (method, params), missing standing as the empty text."""
    raw = list(counts)
    values: list[str] = raw
    for step in steps:
        made = treatment(step["method"])
        params = step.get("params", {})
        tally = summed(counts, dict(zip(raw, values, strict=True)))
        tally.pop(MISSING, None)
        state = made.prepare(tally, params) if made.prepare else spans if made.needs_state else None
        column = pa.array([value or None for value in values], pa.string())
        assert made.apply is not None
        values = [value or MISSING for value in made.apply(column, params, Context(field, key, state)).to_pylist()]
    return dict(zip(raw, values, strict=True))


def steps_of(plan: FieldPlan) -> list[Mapping[str, Any]]:
    """The treatments of one field in turn: those before a generalisation, then the field's own."""
    params = dict(plan.params)
    before = params.pop("before", ())
    return [*before, {"method": plan.method, "params": params}]


def prepared(plan: FieldPlan, counts: Counts, *, key: bytes, spans: Any = None) -> Any:
    """What a treatment needs to know of the whole column before its first batch.  Raises AnonymizerError naming the
    field."""
    made = treatment(plan.method)
    if made.needs_state:
        return spans
    if made.prepare is None:
        return None
    *steps, own = steps_of(plan)
    try:
        became = becomes(plan.field, counts, steps, key=key, spans=spans)
        tally = summed(counts, became)
        tally.pop(MISSING, None)
        state = made.prepare(tally, own["params"])
    except AnonymizerError as error:
        text = str(error)
        raise AnonymizerError(text if text.startswith("Field ") else f"Field {plan.field!r}: {text}") from None
    return {raw: state[value] for raw, value in became.items() if value in state} if steps else state


def summed(counts: Counts, became: Mapping[str, str]) -> Counts:
    """Counts of what the values became."""
    total: Counts = {}
    for raw, value in became.items():
        total[value] = total.get(value, 0) + counts[raw]
    return total
