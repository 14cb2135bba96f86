"""Deal a numeric column's own values out again, so that its rank relation to other columns stays and the rows' goes.

New ranks are drawn from the normal model of the ranks given the fields of ``given``; the sorted values are then laid
along them.  Values, and so the distribution, stay exactly; rank correlations with ``given`` and among the fields of
``with`` stay in expectation; given those fields, a row's new value has nothing to do with its old one (data shuffling:
Muralidhar, Sarathy 2006, doi:10.1287/mnsc.1050.0503).  Every field of a group names the others in ``with``.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from anonymizers.distinct import UNFIT_PARAM
from anonymizers.draw import Draw, draw_for
from anonymizers.magnitudes import read_magnitudes
from anonymizers.normal import quantile
from anonymizers.params import Param, Spec
from anonymizers.treatment import Columns, Context, Example, Params, Treatment, refuses_batches

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

SPEC = Spec(
    (
        Param("with", "texts", "other fields that are shuffled together with this one", default=()),
        Param("given", "texts", "numeric fields, left as they are, whose relation to this one is to stay", default=()),
        UNFIT_PARAM,
    )
)


def reads(params: Params) -> tuple[str, ...]:
    """The group and what it hangs on."""
    return tuple(dict.fromkeys((*params.get("with", ()), *params.get("given", ()))))


def whole(columns: Columns, params: Params, context: Context) -> pa.Array:
    """The column's values in other rows; missing cells stay where they are."""
    given = SPEC.read(params)
    members = sorted({context.field, *given["with"]})
    random = draw_for(context.key, "data-shuffle", given, {name: columns[name] for name in (*members, *given["given"])})
    own = read_magnitudes(columns[context.field], field=context.field, unfit=given["unfit"])
    rows = np.flatnonzero(own.present)
    column = columns[context.field].cast(pa.string())
    if rows.size < 2:
        return _only(column, own.present)
    hidden = _scores(columns, members, given["unfit"], random, 100)
    known = _scores(columns, given["given"], given["unfit"], random, 300)
    drawn = redrawn(hidden, known, random)[rows, members.index(context.field)]
    values = rows[np.lexsort((random.bits(rows.size, 1), own.values[rows]))]
    source = np.arange(own.values.size)
    source[rows[np.argsort(drawn, kind="stable")]] = values
    return _only(column, own.present).take(pa.array(source))


def _only(column: pa.Array, present: NDArray[np.bool_]) -> pa.Array:
    indices = pa.array(np.arange(present.size), mask=~present)
    return column.take(indices)


def _scores(columns: Columns, names: Sequence[str], unfit: str, random: Draw, stream: int) -> Floats:
    """Normal scores of the ranks (rows × fields), ties in random order, missing cells in the middle."""
    count = len(next(iter(columns.values())))
    scores = np.zeros((count, len(names)))
    for place, name in enumerate(names):
        read = read_magnitudes(columns[name], field=name, unfit=unfit)
        rows = np.flatnonzero(read.present)
        order = np.lexsort((random.bits(rows.size, stream + place), read.values[rows]))
        scores[rows[order], place] = quantile((np.arange(rows.size) + 0.5) / max(rows.size, 1))
    return scores


def redrawn(hidden: Floats, known: Floats, random: Draw) -> Floats:
    """Draws from the normal distribution of ``hidden`` given ``known``, both of mean 0."""
    count, fields = hidden.shape
    slope = np.linalg.lstsq(known, hidden, rcond=1e-10)[0] if known.shape[1] else np.zeros((0, fields))
    mean = known @ slope
    values, vectors = np.linalg.eigh((hidden - mean).T @ (hidden - mean) / count)
    noise = np.column_stack([random.normal(count, 200 + place) for place in range(fields)])
    return np.asarray(mean + noise @ (vectors * np.sqrt(np.maximum(values, 0.0)) @ vectors.T), np.float64)


TREATMENT = Treatment(
    name="data-shuffle",
    title_zh="数据洗牌",
    title_en="data shuffling",
    apply=refuses_batches,
    check=SPEC.check,
    spec=SPEC,
    whole=whole,
    reads=reads,
    keyed=True,
    truthful=False,
    partial=True,
    keeps_counts=True,
    examples=(
        Example({}, ("3", "5", "12", None, "-7", "0", "2", "4")),
        Example({"given": ["g"]}, ("10", "20", None, "30"), beside={"g": ("1", "2", "3", None)}),
    ),
)
