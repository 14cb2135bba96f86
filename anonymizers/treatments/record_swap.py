"""Exchange fields (a place, say) between records that are alike otherwise: first those that stand out most.

Every field that moves asks for this treatment and names the other movers in ``with``.  Partners agree in all fields of
``alike`` (household size, age band), so tables over those fields stay what they are.  Records are ranked by how few
share their ``risky`` fields; ties, and partners, are drawn.  Targeted record swapping as in censuses (Dalenius, Reiss
1982, doi:10.1016/0378-3758(82)90058-1; the UK's census of 2001 and 2021).
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from anonymizers.draw import Draw, draw_for
from anonymizers.params import Param, Spec
from anonymizers.treatment import Columns, Context, Example, Params, Treatment, refuses_batches

Ints = NDArray[np.int64]
ROUNDS = 6

SPEC = Spec(
    (
        Param("share", "number", "share of the rows that are to move", default=0.05, least=0.0001, most=1),
        Param("with", "texts", "other fields that move together with this one, which name each other", default=()),
        Param("alike", "texts", "fields in which both partners must agree", default=()),
        Param("risky", "texts", "fields whose rare combinations move first; default: those that move", default=()),
    )
)


def reads(params: Params) -> tuple[str, ...]:
    """Everything that decides who moves."""
    named = (*params.get("with", ()), *params.get("alike", ()), *params.get("risky", ()))
    return tuple(dict.fromkeys(named))


def whole(columns: Columns, params: Params, context: Context) -> pa.Array:
    """The column with the values of swapped records exchanged."""
    given = SPEC.read(params)
    moving = sorted({context.field, *given["with"]})
    random = draw_for(context.key, "record-swap", given, {name: columns[name] for name in moving})
    column = columns[context.field].cast(pa.string())
    if len(column) < 2:
        return column
    source = partners(
        codes_of(columns, moving),
        codes_of(columns, given["alike"]),
        codes_of(columns, given["risky"] or moving),
        float(given["share"]),
        random,
    )
    return column.take(pa.array(source))


def codes_of(columns: Columns, names: Sequence[str]) -> Ints:
    """One code a row for the combination of ``names`` (a missing cell is a value); all 0 for no names."""
    rows = len(next(iter(columns.values())))
    code = np.zeros(rows, np.int64)
    for name in names:
        own = columns[name].dictionary_encode().indices.fill_null(-1).to_numpy(zero_copy_only=False) + 1
        _, code = np.unique(code * (int(own.max(initial=0)) + 1) + own, return_inverse=True)
    return code.astype(np.int64)


def partners(moving: Ints, alike: Ints, risky: Ints, share: float, random: Draw) -> Ints:
    """For every row the row whose moving fields it takes over: an involution, partners ``alike`` and with other values.

    Rows of the smallest ``risky`` classes are chosen until ``share`` of the rows moves; a partner is drawn among all
    rows not yet moved, in a few rounds; who finds none stays."""
    count = moving.size
    rarity = np.bincount(risky)[risky]
    wanted = np.lexsort((random.bits(count, 0), rarity))[: max(round(count * share / 2), 1)]
    source = np.arange(count)
    free, seeking = np.ones(count, bool), np.zeros(count, bool)
    seeking[wanted] = True
    for turn in range(ROUNDS):
        seekers, others = np.flatnonzero(seeking & free), np.flatnonzero(free & ~seeking)
        if turn == ROUNDS - 1:  # the last ones may swap among themselves
            drawn = seekers[np.argsort(random.bits(count, 1 + turn)[seekers], kind="stable")]
            seekers, others = drawn[::2], drawn[1::2]
        if not seekers.size or not others.size:
            continue
        left = seekers[np.lexsort((random.bits(count, 10 + turn)[seekers], alike[seekers]))]
        right = others[np.lexsort((random.bits(count, 20 + turn)[others], alike[others]))]
        place = np.arange(left.size) - np.searchsorted(alike[left], alike[left])
        first = np.searchsorted(alike[right], alike[left])
        last = np.searchsorted(alike[right], alike[left], side="right")
        found = first + place < last
        mine, theirs = left[found], right[(first + place)[found]]
        differ = moving[mine] != moving[theirs]
        mine, theirs = mine[differ], theirs[differ]
        source[mine], source[theirs] = theirs, mine
        free[mine] = free[theirs] = False
    return source


TREATMENT = Treatment(
    name="record-swap",
    title_zh="记录交换",
    title_en="targeted record swapping",
    apply=refuses_batches,
    check=SPEC.check,
    spec=SPEC,
    whole=whole,
    reads=reads,
    keyed=True,
    truthful=False,
    keeps_counts=True,
    keeps_missing=False,
    examples=(
        Example({"share": 0.5}, ("a", "b", "a", None, "c", "a", "b", "a")),
        Example(
            {"share": 1, "alike": ["g"], "risky": ["g"]},
            ("a", "b", "a", None, "c"),
            beside={"g": ("1", "1", "2", "2", None)},
        ),
    ),
)
