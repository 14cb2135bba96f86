"""One question, however it is written: what the ledger knows an answer by, and how the answer is kept.

What a reader would get wrong: the order of columns, the order of groups, names, and the order inside a filter are not
part of the question.  If they were, asking again with two words swapped would be charged again.  A spelling that is
missed here costs the asker budget, and nobody privacy.
"""

from __future__ import annotations

import itertools
import json
import math
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np

from release.dp.component import Component, components
from release.dp.noise import Noisy
from release.dp.query import Query, Statistic
from release.nouns.digest import digest

DIGITS = 9


def canonical(query: Query) -> Query:
    """The same question with fields, keys and statistics in one order, without the names that a person chose, without
    repeats, and without limits that limit nothing.  The areas of a tree stay first, in the tree's own order."""
    first = 0 if query.tree is None else 1
    order = [*range(first), *sorted(range(first, len(query.group_by)), key=lambda n: query.group_by[n])]
    listed = query.keys if query.discover else tuple(query.keys[n] for n in order)
    persons = query.unit != "row"
    return replace(
        query,
        group_by=tuple(query.group_by[n] for n in order),
        keys=tuple(keys if n < first else tuple(sorted(keys)) for n, keys in enumerate(listed)),
        statistics=_once(query.statistics),
        level_weights=_shares(query.level_weights),
        max_groups=query.groups() if persons else 1,
        max_rows=query.max_rows if persons else 1,
    )


def _once(statistics: tuple[Statistic, ...]) -> tuple[Statistic, ...]:
    """Every statistic once, nameless, in one order; the weights of repeats are added, and all add up to 1."""
    weights: dict[Statistic, float] = {}
    for s in statistics:
        nameless = replace(s, name="", weight=1.0)
        weights[nameless] = weights.get(nameless, 0.0) + s.weight
    ordered = sorted(weights, key=repr)
    shares = _shares(tuple(weights[s] for s in ordered))
    return tuple(replace(s, weight=share) for s, share in zip(ordered, shares, strict=True))


def _shares(weights: tuple[float, ...]) -> tuple[float, ...]:
    total = math.fsum(weights)
    return tuple(round(weight / total, DIGITS) for weight in weights)


def fingerprint(query: Query, data: str) -> str:
    """Names a question to one version of the data, whose digest is ``data``."""
    return digest({"data": data, "query": canonical(query)})


def stored(noisy: Noisy, query: Query) -> str:
    """The noisy vectors of a canonical query as JSON, in the order of its components."""
    vectors = [noisy.vectors[part].tolist() for part, _ in components(query)]
    return json.dumps({"keys": noisy.keys, "vectors": vectors}, ensure_ascii=False, separators=(",", ":"))


def restored(text: str, query: Query) -> Noisy:
    """What ``stored`` kept."""
    kept: Mapping[str, Any] = json.loads(text)
    vectors = {
        part: np.asarray(rows, dtype=np.int64).reshape(len(rows), -1)
        for (part, _), rows in zip(components(query), kept["vectors"], strict=True)
    }
    return Noisy(vectors, tuple(tuple(key) for key in kept["keys"]))


def arranged(noisy: Noisy, query: Query) -> Noisy:
    """The answer to ``canonical(query)`` with its groups in the order in which ``query`` asks for them."""
    if query.tree is not None:
        return _rearranged(noisy, query)
    sorted_query = canonical(query)
    order = [sorted_query.group_by.index(name) for name in query.group_by]
    if query.discover:
        wanted = sorted(tuple(key[n] for n in order) for key in noisy.keys)
        place = {tuple(key[n] for n in order): at for at, key in enumerate(noisy.keys)}
        places = np.array([place[key] for key in wanted], dtype=np.int64)
        keys = tuple(wanted)
    else:
        places, keys = _places(query, sorted_query), ()
    vectors: dict[Component, np.ndarray] = {part: rows[places] for part, rows in noisy.vectors.items()}
    return Noisy(vectors, keys)


def _rearranged(noisy: Noisy, query: Query) -> Noisy:
    """Of a tree: the areas stay where they are, and the cells within each are put in the order asked for."""
    inner = replace(query, group_by=query.group_by[1:], keys=query.keys[1:], tree=None)
    places = _places(inner, canonical(inner))
    cells = len(places)
    moved = {part: rows.reshape(-1, cells)[:, places].reshape(rows.shape) for part, rows in noisy.vectors.items()}
    return Noisy(moved, noisy.keys)


def groups(query: Query, noisy: Noisy) -> tuple[tuple[str, ...], ...]:
    """The group of each row of the answer."""
    return noisy.keys if query.discover else tuple(itertools.product(*query.keys))


def _places(query: Query, sorted_query: Query) -> np.ndarray:
    """For each group of ``query`` in its own order, its row in the canonical answer."""
    shape = [len(keys) for keys in query.keys]
    codes = np.indices(shape).reshape(len(shape), -1) if shape else np.zeros((0, 1), dtype=np.int64)
    position = np.zeros(codes.shape[1], dtype=np.int64)
    for name, keys in zip(sorted_query.group_by, sorted_query.keys, strict=True):
        column = query.group_by.index(name)
        rank = {value: at for at, value in enumerate(keys)}
        ranks = np.array([rank[value] for value in query.keys[column]], dtype=np.int64)
        position = position * len(keys) + ranks[codes[column]]
    return position
