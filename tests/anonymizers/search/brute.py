"""The optimum by trying everything: every node, every class, in plain Python with the definitions of the papers."""

from __future__ import annotations

import itertools
import math
from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from anonymizers.hierarchy import Hierarchy

Row = tuple[tuple[str, ...], str]


@dataclass(frozen=True)
class Node:
    levels: tuple[int, ...]
    lost: int
    score: tuple[float, ...]


def holds(name: str, params: dict[str, Any], values: list[str], whole: list[str]) -> bool:
    counts = Counter(values)
    n, everyone = len(values), Counter(whole)
    if name == "k-anonymity":
        return n >= params["k"]
    if name == "distinct-l-diversity":
        return len(counts) >= params["l"]
    if name == "entropy-l-diversity":
        return -sum(c / n * math.log(c / n) for c in counts.values()) >= math.log(params["l"]) - 1e-12
    if name == "recursive-cl-diversity":
        ordered = sorted(counts.values(), reverse=True)
        return ordered[0] < params["c"] * sum(ordered[params["l"] - 1 :])
    order = sorted(everyone)
    gaps = [counts[v] / n - everyone[v] / len(whole) for v in order]
    if params["distance"] == "equal":
        return sum(abs(g) for g in gaps) / 2 <= params["t"] + 1e-12
    return sum(abs(sum(gaps[: i + 1])) for i in range(len(gaps))) / max(len(order) - 1, 1) <= params["t"] + 1e-12


def nodes(
    rows: list[Row], hierarchies: list[Hierarchy], models: list[tuple[str, dict[str, Any]]], cost: Callable[..., Any]
) -> list[Node]:
    """Every node with the rows it loses and its score."""
    tables = [{row[0]: row for row in one.rows} for one in hierarchies]
    whole = [value for _, value in rows]
    found = []
    for levels in itertools.product(*[range(one.height) for one in hierarchies]):
        classes: dict[tuple[str, ...], list[Row]] = defaultdict(list)
        for row in rows:
            classes[tuple(table[v][level] for table, v, level in zip(tables, row[0], levels, strict=True))].append(row)
        kept, lost = {}, {}
        for key, members in classes.items():
            good = all(holds(name, params, [v for _, v in members], whole) for name, params in models)
            (kept if good else lost)[key] = len(members)
        found.append(Node(levels, sum(lost.values()), cost(levels, kept, lost, rows, hierarchies)))
    return found


def shares(hierarchies: list[Hierarchy], levels: tuple[int, ...], key: tuple[str, ...]) -> list[float]:
    return [
        sum(row[level] == value for row in one.rows) / len(one.rows)
        for one, level, value in zip(hierarchies, levels, key, strict=True)
    ]


def loss(function: str, gs: float) -> Callable[..., tuple[float, ...]]:
    general = 1.0 if gs <= 0.5 else 2 * (1 - gs)
    suppress = 2 * gs if gs < 0.5 else 1.0

    def cost(levels, kept, lost, rows, hierarchies):  # type: ignore[no-untyped-def]
        totals = [0.0] * len(hierarchies)
        for key, n in kept.items():
            for i, share in enumerate(shares(hierarchies, levels, key)):
                totals[i] += n * share * general
        for key, n in lost.items():
            for i, share in enumerate(shares(hierarchies, levels, key)):
                totals[i] += n if suppress == 1 else n * (share + suppress * (1 - share))
        values = []
        for total, one in zip(totals, hierarchies, strict=True):
            least = general * len(rows) / len(one.rows)
            values.append(max(0.0, (total - least) / (len(rows) - least)) if len(rows) > least else 0.0)
        return together(function, values)

    return cost


def together(function: str, values: list[float]) -> tuple[float, ...]:
    if function == "arithmetic-mean":
        return (sum(values) / len(values),)
    if function == "sum":
        return (sum(values),)
    if function == "max":
        return (max(values),)
    if function == "geometric-mean":
        return (math.prod((v + 1) ** (1 / len(values)) for v in values) - 1,)
    return tuple(sorted((round(v, 10) for v in values), reverse=True))


def precision(gs: float) -> Callable[..., tuple[float, ...]]:
    general = 1.0 if gs <= 0.5 else 2 * (1 - gs)
    suppress = 2 * gs if gs < 0.5 else 1.0

    def cost(levels, kept, lost, rows, hierarchies):  # type: ignore[no-untyped-def]
        inside, outside = sum(kept.values()), sum(lost.values())
        values = [
            (inside * level / max(one.height - 1, 1) * general + outside * suppress) / len(rows)
            for level, one in zip(levels, hierarchies, strict=True)
        ]
        return (sum(values) / len(values),)

    return cost


def entropy(monotonic: bool) -> Callable[..., tuple[float, ...]]:
    def cost(levels, kept, lost, rows, hierarchies):  # type: ignore[no-untyped-def]
        total = 0.0
        for i, (one, level) in enumerate(zip(hierarchies, levels, strict=True)):
            table = {row[0]: row[level] for row in one.rows}
            fine = Counter(row[0][i] for row in rows)
            coarse = Counter(table[row[0][i]] for row in rows)
            total += sum(n * math.log2(coarse[table[v]] / n) for v, n in fine.items())
            if lost and not monotonic:
                gone: Counter[str] = Counter()
                for key, n in lost.items():
                    gone[key[i]] += n
                total += sum(n * math.log2(sum(gone.values()) / n) for n in gone.values())
        return (total,)

    return cost


def aecs(levels, kept, lost, rows, hierarchies):  # type: ignore[no-untyped-def]
    classes = len(kept) + bool(lost)
    return (len(rows) / classes,)


def discernibility(monotonic: bool) -> Callable[..., tuple[float, ...]]:
    def cost(levels, kept, lost, rows, hierarchies):  # type: ignore[no-untyped-def]
        gone = sum(n * n for n in lost.values()) if monotonic else sum(lost.values()) * len(rows)
        return (float(sum(n * n for n in kept.values()) + gone),)

    return cost
