"""Looking without changing: the risk of a frame, its risk–utility frontier, and the hierarchy of a column."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from anonymizers.attained import attained
from anonymizers.build import KIND, fit_hierarchy
from anonymizers.errors import AnonymizerError
from anonymizers.frame.columns import columns_of, counts_of, texts
from anonymizers.frame.models import Asked
from anonymizers.frame.question import Given, ask, proposed, spec_of
from anonymizers.frontier.front import front
from anonymizers.frontier.sweep import sweep
from anonymizers.measure import Around
from anonymizers.measures import classes, risk
from anonymizers.measures.sample import open_sample
from anonymizers.propose import preview
from anonymizers.risk.population import estimates
from anonymizers.search.problem import Settings

COLUMNS = ("k", "classes", "uniques", "average_risk", "maximum_risk", "loss", "suppressed_at_k", "loss_at_k")


@dataclass(frozen=True, slots=True)
class Grown:
    """``spec`` as ``hierarchies`` takes it; ``frame``: one row a value, one column a level; ``levels``: what each level
    leaves.  ``frame`` holds the column's values, ``levels`` none of them."""

    spec: dict[str, Any]
    frame: pd.DataFrame
    levels: pd.DataFrame


@dataclass(frozen=True, slots=True)
class Drawn:
    """``nodes``: every generalisation, a row each, with ``on_front``; ``knee``: the one to look at first, or None."""

    nodes: pd.DataFrame
    knee: dict[str, Any] | None


def measure_risk(
    frame: pd.DataFrame,
    *,
    quasi: Sequence[str],
    sensitive: Sequence[str] = (),
    models: Sequence[Asked] = (),
    hierarchies: Mapping[str, Given] | None = None,
    sampling_fraction: float | None = None,
) -> dict[str, Any]:
    """``rows``, ``risk`` (prosecutor, journalist, marketer, uniques), ``classes`` with the histogram of their sizes,
    ``models`` with the value attained, and with a ``sampling_fraction`` the ``population`` uniqueness."""
    columns = columns_of(frame, (*quasi, *sensitive))
    if not quasi:
        raise AnonymizerError("Name at least one quasi-identifier.")
    trees = {
        name: fit_hierarchy(name, counts_of(columns[name]), spec_of(given)).rows
        for name, given in (hierarchies or {}).items()
        if name in sensitive
    }
    with tempfile.TemporaryDirectory(prefix="anonymizers-") as folder:
        path = Path(folder, "frame.parquet")
        pq.write_table(pa.table(columns), path)
        with open_sample(path) as sample:
            told = []
            for one in models:
                value, holds = attained(sample, quasi, one.name, one.params, Around(hierarchies=trees))
                told.append({"name": one.name, "params": dict(one.params), "value": value, "holds": holds})
            made: dict[str, Any] = {
                "rows": len(frame),
                "risk": asdict(risk.measure(sample, quasi)),
                "classes": asdict(classes.measure(sample, quasi)),
                "models": told,
            }
            if sampling_fraction is not None:
                made["population"] = asdict(estimates(*sample.sizes(quasi), sampling_fraction))
            return made


def draw_frontier(
    frame: pd.DataFrame,
    *,
    quasi: Sequence[str],
    k: int = 5,
    hierarchies: Mapping[str, Given] | None = None,
    categories: Mapping[str, str] | None = None,
    suppression_limit: float = 0.0,
) -> Drawn:
    """Every node of the lattice with its k, risks and loss; nothing is recoded.  ``level:NAME`` are the levels."""
    asked = Asked("k-anonymity", {"k": k})
    settings = Settings(suppression_limit=suppression_limit)
    question = ask(frame, quasi, (), (asked,), hierarchies or {}, categories or {}, settings)
    nodes = sweep(question.problem, k)
    best = front(nodes.maximum_risk, nodes.loss)
    made = {f"level:{name}": nodes.levels[:, place] for place, name in enumerate(nodes.fields)}
    table = pd.DataFrame(made | {name: getattr(nodes, name) for name in COLUMNS})
    table["on_front"] = np.isin(np.arange(len(table)), best.nodes)
    return Drawn(
        table, None if best.knee is None else {str(name): value for name, value in table.iloc[best.knee].items()}
    )


def propose_hierarchy(
    series: pd.Series[Any], kind: str = "", *, category: str = "", least: int = 2, **params: Any
) -> Grown:
    """The hierarchy of a column: of the builder ``kind`` with its ``params``, or proposed from its values and category
    (such as ``"person.basic.ethnicity"``).  No label above the value is said of fewer than ``least`` rows where rare
    values are grouped."""
    counts = counts_of(texts(series))
    spec = {KIND: kind, **params} if kind else proposed(counts, category, least)
    grown = fit_hierarchy(str(series.name or "column"), counts, spec)
    rows = pd.DataFrame(list(grown.rows), columns=[f"level {level}" for level in range(grown.height)])
    return Grown(spec, rows, pd.DataFrame([asdict(level) for level in preview(grown, counts)]).set_index("level"))
