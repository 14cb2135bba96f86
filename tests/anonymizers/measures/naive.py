"""Every measure again in plain Python over lists of rows: slow, short, and written from the papers alone."""

from __future__ import annotations

import math
from collections import Counter, defaultdict

Rows = list[tuple[str | None, ...]]


def groups(rows: Rows, qis: list[int]) -> list[Rows]:
    made: dict[tuple[str | None, ...], Rows] = defaultdict(list)
    for row in rows:
        made[tuple(row[i] for i in qis)].append(row)
    return list(made.values())


def k(rows: Rows, qis: list[int]) -> int:
    return min(len(group) for group in groups(rows, qis))


def distinct_l(rows: Rows, qis: list[int], s: int) -> int:
    return min(len({row[s] for row in group}) for group in groups(rows, qis))


def entropy_l(rows: Rows, qis: list[int], s: int) -> float:
    worst = math.inf
    for group in groups(rows, qis):
        shares = [n / len(group) for n in Counter(row[s] for row in group).values()]
        worst = min(worst, -sum(p * math.log(p) for p in shares))
    return math.exp(worst)


def recursive_c(rows: Rows, qis: list[int], s: int, rank: int) -> float:
    worst = 0.0
    for group in groups(rows, qis):
        counts = sorted(Counter(row[s] for row in group).values(), reverse=True)
        tail = sum(counts[rank - 1 :])
        worst = max(worst, counts[0] / tail if tail else math.inf)
    return worst


def t(rows: Rows, qis: list[int], s: int, distance: str) -> float:
    whole = Counter(row[s] or "" for row in rows)
    order = sorted(whole)
    worst = 0.0
    for group in groups(rows, qis):
        mine = Counter(row[s] or "" for row in group)
        gaps = [mine[v] / len(group) - whole[v] / len(rows) for v in order]
        if distance == "equal":
            worst = max(worst, sum(abs(gap) for gap in gaps) / 2)
        else:
            run = [abs(sum(gaps[: i + 1])) for i in range(len(gaps))]
            worst = max(worst, sum(run) / max(len(order) - 1, 1))
    return worst


def beta(rows: Rows, qis: list[int], s: int) -> float:
    whole = Counter(row[s] for row in rows)
    worst = 0.0
    for group in groups(rows, qis):
        for value, n in Counter(row[s] for row in group).items():
            p = whole[value] / len(rows)
            worst = max(worst, (n / len(group) - p) / p)
    return worst


def delta(rows: Rows, qis: list[int], s: int) -> float:
    whole = Counter(row[s] for row in rows)
    worst = 0.0
    for group in groups(rows, qis):
        mine = Counter(row[s] for row in group)
        for value, n in whole.items():
            if not mine[value]:
                return math.inf
            worst = max(worst, abs(math.log(mine[value] / len(group) * len(rows) / n)))
    return worst
