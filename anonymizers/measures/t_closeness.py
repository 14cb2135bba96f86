"""t: the largest distance between a class's sensitive values and those of the whole table.

The whole table is the measured one, rows outside the classes included, unless a ``reference`` is given: pass the raw
table where rows were dropped, for its distribution is what the public may know.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from anonymizers.duck import identifier
from anonymizers.errors import AnonymizerError
from anonymizers.measure import SLACK, Around, Measure, Params
from anonymizers.sample import TABLE, Sample

BLOCK_CELLS = 1 << 21

Floats = NDArray[np.float64]


def measure(
    sample: Sample,
    qis: Sequence[str],
    field: str,
    distance: str = "equal",
    *,
    reference: Sample | None = None,
    hierarchy: Sequence[Sequence[str]] | None = None,
) -> float:
    """t of the table as written (Li, Li, Venkatasubramanian 2007), 0 to 1; nan for no class.

    ``distance``: ``equal``; ``ordered`` (by number where every value is one, else by text); ``hierarchical``, which
    needs ``hierarchy``: rows (value, level 1, …).  A missing value is a category of its own, the empty text.
    """
    values, share = _distribution(reference or sample, field, distance)
    blocks = _blocks(sample, qis, field, values)
    if distance == "equal":
        worst = [np.abs(block - share).sum(axis=1).max() / 2.0 for block in blocks]
    elif distance == "ordered":
        steps = max(len(values) - 1, 1)
        worst = [(np.abs(np.cumsum(block - share, axis=1)).sum(axis=1) / steps).max() for block in blocks]
    elif distance == "hierarchical":
        tree = _tree(values, hierarchy)
        worst = [_through(tree, block - share).max() for block in blocks]
    else:
        raise AnonymizerError("The distance of t-closeness is one of equal, ordered, hierarchical.")
    return float(max(worst)) if worst else float("nan")


def _distribution(sample: Sample, field: str, distance: str) -> tuple[list[str], Floats]:
    """Distinct values in the order of the distance, and their shares."""
    sample.check((field,))
    rows = sample.query(
        f"SELECT coalesce({identifier(field)}, ''), count(*)::BIGINT FROM {TABLE} GROUP BY 1 ORDER BY 1"
    )
    if distance == "ordered":
        numbers = [_number(value) for value, _ in rows]
        if all(number is not None for (value, _), number in zip(rows, numbers, strict=True) if value):
            rows = [rows[i] for i in sorted(range(len(rows)), key=lambda i: (numbers[i] is None, numbers[i] or 0.0))]
    counts = np.array([count for _, count in rows], dtype=float)
    return [value for value, _ in rows], counts / max(counts.sum(), 1.0)


def _number(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None


def _blocks(sample: Sample, qis: Sequence[str], field: str, values: Sequence[str]) -> Iterator[Floats]:
    """Shares of the values in every class, a block of classes at a time: float[classes, values]."""
    place = {value: number for number, value in enumerate(values)}
    step = max(BLOCK_CELLS // max(len(values), 1), 1)
    table = sample.joint(qis, field)
    classes = sample.query(f"SELECT coalesce(max(class), 0) FROM {table}")[0][0]
    for first in range(1, classes + 1, step):
        block = np.zeros((min(step, classes + 1 - first), len(values)))
        for number, value, rows in sample.query(
            f"SELECT class, coalesce(value, ''), rows FROM {table} WHERE class BETWEEN {first} AND {first + step - 1}"
        ):
            if value not in place:
                raise AnonymizerError(f"Field {field!r} holds a value that the reference table does not hold.")
            block[number - first, place[value]] += rows
        yield block / block.sum(axis=1, keepdims=True)


def _tree(values: Sequence[str], hierarchy: Sequence[Sequence[str]] | None) -> list[NDArray[np.int64]]:
    """For every level, the node above each node of the level below; level 0 are the values."""
    if not hierarchy:
        raise AnonymizerError("The hierarchical distance needs the hierarchy of the sensitive field.")
    paths = {row[0]: tuple(row) for row in hierarchy}
    strangers = sum(value not in paths for value in values)
    if strangers:
        raise AnonymizerError(f"{strangers} values of the sensitive field are not in its hierarchy; add them.")
    nodes = [paths[value] for value in values]
    levels = []
    while nodes and len(nodes[0]) > 1:
        above = list(dict.fromkeys(node[1:] for node in nodes))
        place = {node: number for number, node in enumerate(above)}
        levels.append(np.array([place[node[1:]] for node in nodes], dtype=np.int64))
        nodes = above
    return levels


def _through(tree: Sequence[NDArray[np.int64]], extra: Floats) -> Floats:
    """Mass that has to pass each node, weighed with the node's height; Li et al. 2007, section 5.2."""
    cost = np.zeros(extra.shape[0])
    for height, parents in enumerate(tree, 1):
        supply = np.zeros((extra.shape[0], int(parents.max()) + 1))
        demand = np.zeros_like(supply)
        for child, parent in enumerate(parents):
            supply[:, parent] += np.maximum(extra[:, child], 0.0)
            demand[:, parent] += np.maximum(-extra[:, child], 0.0)
        cost += height / len(tree) * np.minimum(supply, demand).sum(axis=1)
        extra = supply - demand
    return cost


def _take(sample: Sample, qis: Sequence[str], params: Params, around: Around) -> float:
    field = params["field"]
    distance = params.get("distance", "equal")
    rows = around.hierarchies.get(field)
    return measure(sample, qis, field, distance, reference=around.reference, hierarchy=rows)


MEASURE = Measure("t-closeness", _take, lambda value, params: value <= params["t"] + SLACK)
