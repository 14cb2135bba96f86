"""Table → findings: the classifiers look, what tells the rows apart is measured, a person's decision stands above."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from classifiers.category import tree
from classifiers.classify import examine as look
from classifiers.finding import Finding, Reason
from classifiers.ranker.weights import Weights
from release.nouns.dataset import Table
from release.nouns.errors import BadInput
from release.nouns.override import Override
from release.steps.profile import columns
from release.steps.separating import with_separation

DIGITS = 4  # of what the ranker saw


def corrected(finding: Finding, override: Override) -> Finding:
    """The finding with a person's decision on top: certain, and nothing left to review."""
    by = f" by {override.actor}" if override.actor else ""
    why = f": {override.reason}" if override.reason else ""
    text = f"Decided{by}{why} (found before: {finding.category})"
    reason = Reason("correction", override.category, 0.0, text, "override")
    return replace(
        finding,
        category=override.category,
        confidence=1.0,
        role=tree()[override.category].role,
        reasons=(reason, *finding.reasons),
        needs_review=False,
    )


def classify(
    table: Table, overrides: Mapping[str, Override] | None = None, *, ranker: Weights | None = None
) -> tuple[Finding, ...]:
    """A finding for every field, in the order of the dataset; see :func:`examine`."""
    return examine(table, overrides, ranker=ranker)[0]


def examine(
    table: Table, overrides: Mapping[str, Override] | None = None, *, ranker: Weights | None = None
) -> tuple[tuple[Finding, ...], dict[str, dict[str, float]]]:
    """A finding for every field, in the order of the dataset, and by field what the ranker saw of it: names, shares
    and scores, and no cell.  With the category a person gives, this teaches the ranker.

    ``overrides`` maps a field's name to what a person decided; BadInput names a field or a category there is not.
    ``ranker`` are the weights of the learned ranker, those that ship when None.
    """
    overrides = overrides or {}
    names = {field.name for field in table.dataset.fields}
    for name, override in overrides.items():
        if name not in names:
            raise BadInput(f"The dataset has no field {name!r} to override.", "Name a field as it is listed.")
        if override.category not in tree():
            raise BadInput(
                f"Field {name!r} cannot be overridden with the unknown category {override.category!r}.",
                "Choose one of classifiers/categories.toml.",
            )
    found, columns_seen = look(columns(table), ranker=ranker)
    told = tuple(corrected(f, overrides[f.field]) if f.field in overrides else f for f in found)
    seen = {
        finding.field: {name: round(float(value), DIGITS) for name, value in column.seen.items()}
        for finding, column in zip(found, columns_seen, strict=True)
    }
    return with_separation(table, told, overrides), seen
