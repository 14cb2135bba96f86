"""The page of a protected table: its noisy numbers with their bands, its card, the budget of its lineage.

What a reader would get wrong: nothing here sees the data.  The bands come from the scale of the noise, or from the
interval that stands in the table.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator, Mapping
from typing import Any

from release.desk.answering import Answered
from release.dp.accuracy import expect
from release.dp.canonical import groups
from release.dp.derive import columns, levels
from release.ledger import ledger
from release.publish.report.bands import Point
from release.publish.report.protected_page import Series, protected_page
from release.store import releases
from release.store.work import Store
from release.workflow.releasing import ReleaseState

OUT = (ReleaseState.PUBLISHED, ReleaseState.SUSPENDED, ReleaseState.SUPERSEDED, ReleaseState.WITHDRAWN)
PAGE = ".card.html"
MOST_SERIES = 12
MOST_RELEASES = 100_000
COUNTED = ("count", "distinct", "sum", "histogram")


def page(asked: Answered, card: Mapping[str, Any]) -> str:
    """HTML, Chinese and English, without script or network."""
    return protected_page(card, list(itertools.islice(series(asked), MOST_SERIES)), cap_rho=_cap(asked))


def _cap(asked: Answered) -> float:
    return asked.balance.cap_nrho / ledger.NANO


def series(asked: Answered) -> Iterator[Series]:
    """Every column that has a band, in the order asked for."""
    query, made = asked.query, asked.measurements
    widths = {e.statistic: e.half_width for e in expect(query, made)}
    if query.tree is not None:
        yield from _levels(asked)
        return
    found = {column.name: column.values.tolist() for column in columns(query, made, asked.answer)}
    labels = [" · ".join(keys) or "全部 all" for keys in groups(query, asked.answer)]
    for s in query.statistics:
        if s.kind in ("mean", "variance"):
            ends = zip(labels, found[s.name], found[f"{s.name}_low"], found[f"{s.name}_high"], strict=True)
            yield Series(s.name, s.kind, tuple(Point(n, None if math.isnan(v) else v, a, b) for n, v, a, b in ends))
        elif s.kind in COUNTED and widths[s.name] is not None:
            half = float(widths[s.name] or 0.0)
            for name in [n for n in found if n == s.name or (s.kind == "histogram" and n.startswith(f"{s.name}_"))]:
                points = (Point(n, v, v - half, v + half) for n, v in zip(labels, found[name], strict=True))
                yield Series(name, s.kind, tuple(points))


def _levels(asked: Answered) -> Iterator[Series]:
    """Of a tree the levels; each number is at least as exact as the noise that was drawn for its level."""
    query = asked.query
    assert query.tree is not None
    rest = [" · ".join(keys) for keys in itertools.product(*query.keys[1:])]
    drawn = levels(query, asked.measurements, asked.answer)
    parts = zip(query.tree.levels, query.tree.names, drawn, asked.measurements, strict=True)
    for level, names, counts, measurement in parts:
        half = measurement.accuracy
        cells = [
            (f"{n} · {cell}" if cell else n, float(v))
            for n, line in zip(names, counts.tolist(), strict=True)
            for cell, v in zip(rest, line, strict=True)
        ]
        points = tuple(Point(label, v, max(v - half, 0.0), v + half) for label, v in cells)
        yield Series(f"{query.statistics[0].name} · {level}", "count", points)


def undisguised(store: Store, lineage: str) -> int:
    """How many packages the workspace has released without noise whose title, file or dataset bears this name."""
    with store.read() as work:
        found = releases.listing(work, states=[state.value for state in OUT], limit=MOST_RELEASES).items
    return sum(lineage in (one.title, one.filename.rsplit(".", 1)[0], one.dataset) for one in found)
