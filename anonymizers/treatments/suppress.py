"""Empty every cell of the field; the field itself stays, so that its absence is plain to see."""

from __future__ import annotations

import pyarrow as pa

from anonymizers.params import NONE
from anonymizers.treatment import Context, Example, Params, Treatment


def apply(array: pa.Array, params: Params, context: Context) -> pa.Array:
    """As many missing cells as the column has rows."""
    return pa.nulls(len(array), pa.string())


TREATMENT = Treatment(
    name="suppress",
    title_zh="置空",
    title_en="empty every cell",
    apply=apply,
    check=NONE.check,
    examples=(Example({}, ("甲", None, "00123"), (None, None, None)),),
)
