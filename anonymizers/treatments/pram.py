"""Change categories at random by known probabilities: the post-randomisation method (PRAM).

``keep`` is the probability that a cell is left alone.  A cell that is not draws a category: any other alike, or, when
``invariant``, any category by its share of the column, so that every frequency is expected to stay what it is
(Gouweleeuw, Kooiman, Willenborg, de Wolf 1998, Journal of Official Statistics 14(4); Kooiman et al. 1997).
Analysts who know the probabilities can correct for them.  No differential privacy is claimed.
"""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pyarrow as pa

from anonymizers.draw import draw_for
from anonymizers.params import Param, Spec
from anonymizers.treatment import Columns, Context, Example, Params, Treatment, refuses_batches

SPEC = Spec(
    (
        Param("keep", "number", "probability that a cell is left alone", default=0.8, least=0, most=0.999),
        Param("invariant", "flag", "expected frequencies stay what they are", default=True),
        Param("within", "text", "field inside whose groups categories are drawn", default=""),
    )
)


def reads(params: Params) -> tuple[str, ...]:
    """The field whose groups are kept apart."""
    within = params.get("within", "")
    return (within,) if within else ()


def whole(columns: Columns, params: Params, context: Context) -> pa.Array:
    """The column with some of its categories changed; missing cells stay missing and are no category."""
    given = SPEC.read(params)
    random = draw_for(context.key, "pram", given, {context.field: columns[context.field]})
    encoded = columns[context.field].cast(pa.string()).dictionary_encode()
    codes = encoded.indices.fill_null(-1).to_numpy(zero_copy_only=False).astype(np.int64)
    groups = np.zeros(codes.size, np.int64)
    if given["within"]:
        groups = columns[given["within"]].dictionary_encode().indices.fill_null(-1).to_numpy(zero_copy_only=False) + 1
    changed = (random.uniform(codes.size, 0) >= given["keep"]) & (codes >= 0)
    chance = random.uniform(codes.size, 1)
    result = codes.copy()
    order = np.argsort(groups, kind="stable")
    bounds = np.flatnonzero(np.diff(groups[order], prepend=-1, append=-1))
    for low, high in pairwise(bounds):
        rows = order[low:high]
        pool = codes[rows][codes[rows] >= 0]
        moved = rows[changed[rows]]
        if not given["invariant"]:
            result[moved] = _another(codes[moved], np.unique(pool), chance[moved])
        elif pool.size:
            result[moved] = np.sort(pool)[(chance[moved] * pool.size).astype(np.int64)]
    present = encoded.indices.is_valid()
    indices = pa.array(result, mask=~np.asarray(present.to_numpy(zero_copy_only=False), bool))
    return encoded.dictionary.take(indices) if len(encoded.dictionary) else pa.nulls(codes.size, pa.string())


def _another(codes: np.ndarray, known: np.ndarray, chance: np.ndarray) -> np.ndarray:
    """Another category for every code, each alike; its own where there is only one."""
    if known.size < 2:
        return codes
    step = 1 + (chance * (known.size - 1)).astype(np.int64)
    return np.asarray(known[(np.searchsorted(known, codes) + step) % known.size])


TREATMENT = Treatment(
    name="pram",
    title_zh="后随机化",
    title_en="post-randomisation (PRAM)",
    apply=refuses_batches,
    check=SPEC.check,
    spec=SPEC,
    whole=whole,
    reads=reads,
    keyed=True,
    truthful=False,
    examples=(
        Example({"keep": 0.2}, ("a", "b", "c", None, "a", "b", "a", "d")),
        Example({"keep": 0, "invariant": False}, ("a", "b", "c", None, "a", "b", "a", "d")),
        Example({"within": "g"}, ("a", "b", None, "c"), beside={"g": ("x", "x", None, "y")}),
    ),
)
