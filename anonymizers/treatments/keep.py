"""Keep the field as it is."""

from __future__ import annotations

import pyarrow as pa

from anonymizers.params import NONE
from anonymizers.treatment import Context, Example, Params, Treatment


def apply(array: pa.Array, params: Params, context: Context) -> pa.Array:
    """The column itself."""
    return array.cast(pa.string())


TREATMENT = Treatment(
    name="keep",
    title_zh="保留",
    title_en="keep as it is",
    apply=apply,
    check=NONE.check,
    injective=True,
    examples=(Example({}, ("甲", None, "00123"), ("甲", None, "00123")),),
)
