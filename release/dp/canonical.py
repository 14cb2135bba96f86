"""One question, however it is written: what the ledger knows an answer by, and how the answer is kept.

What a reader would get wrong: the order of columns, the order of groups, names, and the order inside a filter are not
part of the question.  If they were, asking again with two words swapped would draw fresh noise to average away.
"""

from __future__ import annotations

import itertools
import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np

from release.dp.component import Component, components
from release.dp.noise import Noisy
from release.dp.query import Query
from release.nouns.digest import digest


def canonical(query: Query) -> Query:
    """The same question with fields, keys and statistics in one order, without the names that a person chose."""
    if query.tree is not None:
        # Its areas stand in the tree's own order already, and there is one count.
        return replace(query, statistics=(replace(query.statistics[0], name=""),))
    order = sorted(range(len(query.group_by)), key=lambda n: query.group_by[n])
    nameless = [replace(s, name="") for s in query.statistics]
    return replace(
        query,
        group_by=tuple(query.group_by[n] for n in order),
        keys=() if query.discover else tuple(tuple(sorted(query.keys[n])) for n in order),
        statistics=tuple(sorted(nameless, key=repr)),
    )


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
        return noisy
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
