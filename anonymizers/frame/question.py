"""A DataFrame with roles, models and hierarchies, turned into the problem that the search and the recodings solve.

A hierarchy is a builder's name, its table of settings (as in a job file), the path of an ARX file, or a DataFrame with
the value in its first column.  Where none is given one is proposed from the column's own values.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa

from anonymizers.build import KIND, codes_of, fit_hierarchy
from anonymizers.coding import Coding, in_order
from anonymizers.collapse import Codes, Collapsed, collapse_batches
from anonymizers.errors import AnonymizerError
from anonymizers.frame.columns import batch_of, columns_of, counts_of, texts
from anonymizers.frame.models import Asked
from anonymizers.hierarchy import MISSING, Hierarchy
from anonymizers.model import FIELD
from anonymizers.model_discovery import model
from anonymizers.propose import REDACT, propose, type_of
from anonymizers.search.problem import Problem, SensitiveCounts, Settings

Given = str | Path | Mapping[str, Any] | pd.DataFrame
LOCAL_ONLY = "profitability"


@dataclass(frozen=True, slots=True)
class Question:
    """``columns``: quasi-identifiers and sensitive fields as text; ``codes``: of the sensitive fields, one a row."""

    quasi: tuple[str, ...]
    sensitive: tuple[str, ...]
    columns: dict[str, pa.Array]
    specs: dict[str, dict[str, Any]]
    trees: dict[str, Hierarchy]
    collapsed: Collapsed
    codes: dict[str, Codes]
    problem: Problem


def spec_of(given: Given) -> dict[str, Any]:
    """A hierarchy as a job file would have it."""
    if isinstance(given, pd.DataFrame):
        rows = [texts(given.iloc[:, place]).fill_null(MISSING).to_pylist() for place in range(given.shape[1])]
        return {KIND: "csv", "rows": list(map(list, zip(*rows, strict=True)))}
    if isinstance(given, Mapping):
        return dict(given)
    if isinstance(given, Path) or given.endswith(".csv"):
        return {KIND: "csv", "path": str(given)}
    return {KIND: given}


def proposed(counts: Mapping[str, int], category: str, least: int) -> dict[str, Any]:
    """The hierarchy of a column for which none was given; value or ``*`` where nothing better is known."""
    found = propose(counts, category=category, type=type_of(counts), least=least)
    return dict(REDACT) if found is None else found.spec


def ask(
    frame: pd.DataFrame,
    quasi: Sequence[str],
    sensitive: Sequence[str],
    models: Sequence[Asked],
    hierarchies: Mapping[str, Given],
    categories: Mapping[str, str],
    settings: Settings,
) -> Question:
    """Raises AnonymizerError naming what does not fit the frame, never a cell."""
    _check(quasi, sensitive, models, hierarchies)
    columns = columns_of(frame, (*quasi, *sensitive))
    least = max((int(one.params["k"]) for one in models if "k" in one.params), default=2)
    counts = {name: counts_of(column) for name, column in columns.items()}
    specs = {
        name: spec_of(hierarchies[name])
        if name in hierarchies
        else proposed(counts[name], categories.get(name, ""), least)
        for name in quasi
    }
    grown = tuple(fit_hierarchy(name, counts[name], specs[name]) for name in quasi)
    axes = [Coding(name, codes_of(one, counts[name])) for name, one in zip(quasi, grown, strict=True)]
    spoken = [name for name in sensitive if any(one.params.get(FIELD) == name for one in models)]
    values = {name: tuple(in_order(sorted(counts[name]))) for name in spoken}
    coded = [Coding(name, {value: place for place, value in enumerate(values[name])}) for name in spoken]
    batch = batch_of(columns, [*quasi, *spoken])
    collapsed = collapse_batches([batch], axes, [len(one.rows) for one in grown], coded)
    trees = {
        name: fit_hierarchy(name, counts[name], spec_of(hierarchies[name])) for name in spoken if name in hierarchies
    }
    problem = Problem(
        fields=tuple(quasi),
        hierarchies=grown,
        keys=collapsed.keys,
        counts=collapsed.counts,
        sensitive={name: SensitiveCounts(*collapsed.joint[name], values[name], trees.get(name)) for name in spoken},
        models=tuple((one.name, dict(one.params)) for one in models),
        settings=settings,
        first=collapsed.first() if any(model(one.name).overall for one in models) else None,
    )
    codes = {one.field: one.encode(columns[one.field]) for one in coded}
    return Question(tuple(quasi), tuple(sensitive), columns, specs, trees, collapsed, codes, problem)


def _check(
    quasi: Sequence[str], sensitive: Sequence[str], models: Sequence[Asked], hierarchies: Mapping[str, Given]
) -> None:
    if isinstance(quasi, str) or isinstance(sensitive, str) or not quasi:
        raise AnonymizerError("Name the quasi-identifiers, and the sensitive fields, as lists of column names.")
    if len({*quasi, *sensitive}) < len(quasi) + len(sensitive):
        raise AnonymizerError("A field is named twice: it is a quasi-identifier or sensitive, and once.")
    for name in hierarchies:
        if name not in (*quasi, *sensitive):
            raise AnonymizerError(
                f"A hierarchy is given for {name!r}, which is neither quasi-identifier nor sensitive."
            )
    for one in models:
        if model(one.name).needs_subset or one.name == LOCAL_ONLY:
            raise AnonymizerError(f"Model {one.name} needs more than a frame: use a job file and sluice anonymize.")
        if one.params.get(FIELD, next(iter(sensitive), "")) not in ("", *sensitive):
            raise AnonymizerError(f"Model {one.name} speaks of a field that is not among the sensitive ones.")
