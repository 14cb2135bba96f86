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
    if name == "maximum-risk":
        return 1 / n <= params["risk"] + 1e-12
    if name == "km-anonymity":
        return min(counts.values()) >= params["k"]
    if name == "beta-likeness":
        return all(c / n <= (1 + params["beta"]) * everyone[v] / len(whole) + 1e-12 for v, c in counts.items())
    if name == "delta-disclosure":
        return len(counts) == len(everyone) and all(
            abs(math.log(c / n / (everyone[v] / len(whole)))) < params["delta"] for v, c in counts.items()
        )
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


def _factors(gs: float) -> tuple[float, float]:
    return (1.0 if gs <= 0.5 else 2 * (1 - gs)), (2 * gs if gs < 0.5 else 1.0)


def information(gs: float) -> Callable[..., tuple[float, ...]]:
    general, suppress = _factors(gs)

    def cost(levels, kept, lost, rows, hierarchies):  # type: ignore[no-untyped-def]
        full = math.log10(math.prod(len(one.rows) for one in hierarchies))
        total = suppress * sum(lost.values())
        for key, n in kept.items():
            total += general * n * (1 + sum(math.log10(s) for s in shares(hierarchies, levels, key)) / full)
        return (total,)

    return cost


def benefit(gs: float, earned: float, fine: float, gain: float, price: float) -> Callable[..., tuple[float, ...]]:
    def cost(levels, kept, lost, rows, hierarchies):  # type: ignore[no-untyped-def]
        total = earned * information(gs)(levels, kept, lost, rows, hierarchies)[0]
        return (total + _factors(gs)[0] * sum(fine for n in kept.values() if gain / n > price),)

    return cost


def ambiguity(levels, kept, lost, rows, hierarchies):  # type: ignore[no-untyped-def]
    total = sum(lost.values()) * math.prod(len(one.rows) for one in hierarchies)
    for key, n in kept.items():
        sizes = [s * len(one.rows) for s, one in zip(shares(hierarchies, levels, key), hierarchies, strict=True)]
        total += n * math.prod(sizes)
    return (float(total),)


def divergence(levels, kept, lost, rows, hierarchies):  # type: ignore[no-untyped-def]
    most = math.prod(len(one.rows) for one in hierarchies)
    tables = [{row[0]: row for row in one.rows} for one in hierarchies]
    total = 0.0
    for tuple_, n in Counter(row[0] for row in rows).items():
        key = tuple(table[v][level] for table, v, level in zip(tables, tuple_, levels, strict=True))
        if key in kept:
            area = math.prod(
                s * len(one.rows) for s, one in zip(shares(hierarchies, levels, key), hierarchies, strict=True)
            )
            spread = kept[key] / len(rows) / area
        else:
            spread = sum(lost.values()) / len(rows) / most
        total += n * n / len(rows) * math.log2(n / len(rows) / spread)
    return (total,)


def normalized(levels, kept, lost, rows, hierarchies):  # type: ignore[no-untyped-def]
    total = 0.0
    for i, one in enumerate(hierarchies):
        fine = Counter(row[0][i] for row in rows)
        whole = sum(n * math.log2(len(rows) / n) for n in fine.values())
        if whole > 0:
            single = [((row[0][i],), row[1]) for row in rows]
            mine = Counter({(key[i],): 0 for key in lost})
            for key, n in lost.items():
                mine[(key[i],)] += n
            total += entropy(False)((levels[i],), {}, dict(mine), single, [one])[0] / whole
    return (total,)


def guesses(place: int, gs: float) -> Callable[..., tuple[float, ...]]:
    rare, torn = _factors(gs)
    worst = max(rare, torn, gs)

    def cost(levels, kept, lost, rows, hierarchies):  # type: ignore[no-untyped-def]
        seen = [
            len({row[level] for row in hierarchies[place].rows if any(r[0][place] == row[0] for r in rows)})
            for level in (0, levels[place])
        ]
        scale = 1 - (seen[1] - 1) / (seen[0] - 1) if seen[0] > 1 else 0.0
        groups: dict[tuple[str, ...], list[int]] = defaultdict(list)
        for key, n in kept.items():
            groups[key[:place] + key[place + 1 :]].append(n)
        total = gs * sum(lost.values())
        for counts in groups.values():
            top = sorted(counts, reverse=True)
            if scale == 1:
                total += sum(top) * worst
            elif len(top) == 1 or top[0] != top[1]:
                total += (sum(top) - top[0]) * (rare * (1 - scale) + worst * scale)
            else:
                total += sum(top) * (torn * (1 - scale) + worst * scale)
        return (total / (worst * len(rows)),)

    return cost
