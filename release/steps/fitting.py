"""Does the plan fit the table?  Everything is checked by name before the first cell is treated.

A field that the plan does not speak of stops the step: leaving it out silently would hide that nobody judged it,
and letting it through would publish it.
"""

from __future__ import annotations

from typing import Any

from anonymizers.cipher import LEAST_KEY_BYTES
from anonymizers.discovery import treatment
from anonymizers.errors import AnonymizerError
from anonymizers.model_discovery import model
from release.nouns.dataset import Table
from release.nouns.errors import BadInput
from release.nouns.plan import PLAN_FORMAT, FieldPlan, Plan
from release.steps.coding import GENERALIZE
from release.steps.reading import shape

ROLES = ("direct-identifier", "quasi-identifier", "sensitive", "insensitive")


def model_fields(plan: Plan) -> tuple[str, ...]:
    """The sensitive fields that the plan's models speak of, each once, in the order of the models."""
    return tuple(dict.fromkeys(str(spec.params["field"]) for spec in plan.models if "field" in spec.params))


def check_plan(table: Table, plan: Plan, key: bytes, spans: Any) -> None:
    """Raise BadInput unless ``plan`` was made for ``table`` and every one of its treatments can be carried out."""
    if plan.format != PLAN_FORMAT:
        raise BadInput(f"The plan has format {plan.format}; this version reads {PLAN_FORMAT}.", "Plan again.")
    if plan.dataset_digest != table.dataset.digest:
        raise BadInput("The plan was made for other bytes than this table's.", "Plan again for this table.")
    if len(key) < LEAST_KEY_BYTES:
        raise BadInput(f"The release key has {len(key)} bytes.", f"Bring a secret key of {LEAST_KEY_BYTES} or more.")
    if plan.search.recoding != "global":
        raise BadInput("Only recoding 'global' (full-domain) is carried out.", "Set search.recoding to 'global'.")
    if plan.search.household:
        raise BadInput("A release counts rows, not households.", "Remove search.household, or use sluice anonymize.")
    _check_names(table, plan)
    for one in plan.fields:
        _check_field(one, spans)
    _check_models(plan)


def _check_names(table: Table, plan: Plan) -> None:
    _, columns, _ = shape(table.path)
    planned = [one.field for one in plan.fields]
    for name in planned:
        if planned.count(name) > 1:
            raise BadInput(f"The plan speaks of field {name!r} twice.", "Keep one entry a field.")
        if name not in columns:
            raise BadInput(f"The plan speaks of field {name!r}, which the table does not have.", "Plan again.")
    for name in columns:
        if name not in planned:
            raise BadInput(f"The plan says nothing of field {name!r}.", "Plan again, or drop the field in the plan.")


def _check_field(plan: FieldPlan, spans: Any) -> None:
    if plan.role not in ROLES:
        raise BadInput(f"Field {plan.field!r} has role {plan.role!r}.", f"Use one of {', '.join(ROLES)}.")
    try:
        made = treatment(plan.method)
        made.check(plan.params)
        for step in plan.params.get("before", ()) if plan.method == GENERALIZE else ():
            _check_step(step, spans)
    except AnonymizerError as error:
        raise BadInput(f"Field {plan.field!r}: {error}") from None
    if made.needs_state and not callable(spans):
        raise BadInput(f"Field {plan.field!r}: {plan.method} needs a span finder.", "Drop the field instead.")
    if plan.method == GENERALIZE and plan.role != "quasi-identifier" and plan.params.get("level") is None:
        raise BadInput(
            f"Field {plan.field!r} is to be generalised but names no level, and only quasi-identifiers are searched.",
            "Name a level, or make it a quasi-identifier.",
        )


def _check_step(step: Any, spans: Any) -> None:
    unknown = set(step) - {"method", "params"}
    if unknown or "method" not in step:
        raise AnonymizerError("Every step of 'before' is a method and its params, nothing else.")
    made = treatment(step["method"])
    made.check(step.get("params", {}))
    if made.apply is None or made.name == GENERALIZE or (made.needs_state and not callable(spans)):
        raise AnonymizerError(f"Treatment {made.name!r} cannot come before a generalisation.")


def _check_models(plan: Plan) -> None:
    by_name = {one.field: one for one in plan.fields}
    for spec in plan.models:
        if "subset" in spec.params or model(spec.name).needs_subset:
            raise BadInput(
                f"Model {spec.name} speaks of a research subset, which this step does not take.",
                "Remove it, or anonymise with: sluice anonymize.",
            )
    for name in model_fields(plan):
        if name not in by_name:
            raise BadInput(f"A model speaks of field {name!r}, which the table does not have.", "Correct the model.")
        if by_name[name].method == "drop" or by_name[name].role == "quasi-identifier":
            raise BadInput(
                f"A model speaks of field {name!r}, which is dropped or a quasi-identifier.",
                "Name a sensitive field that is released.",
            )
