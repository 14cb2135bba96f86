"""Work on the distinct values of a batch once each, then put them back in place.

Values that a treatment has no meaning for (a word where it rounds numbers) come back as ``UNFIT`` and are then
refused as a whole, or made missing if the parameter ``unfit`` says so.  They never pass through untreated.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from enum import Enum

import pyarrow as pa
import pyarrow.compute as pc

from anonymizers.errors import AnonymizerError
from anonymizers.params import Param


class Unfit(Enum):
    """The one mark for a value that a treatment cannot treat."""

    UNFIT = 0


UNFIT = Unfit.UNFIT
Changed = str | None | Unfit

UNFIT_PARAM = Param(
    "unfit",
    "text",
    "what happens to values that the treatment has no meaning for: refuse the column, or make them missing",
    default="refuse",
    choices=("refuse", "suppress"),
)


def over_distinct(array: pa.Array, change: Callable[[list[str]], Sequence[str | None]]) -> pa.Array:
    """``change`` applied to every distinct present value of ``array``; missing cells stay missing.

    ``change`` takes n texts and returns n texts or None."""
    encoded = array.cast(pa.string()).dictionary_encode()
    values = encoded.dictionary.to_pylist()
    return pa.array(change(values), pa.string()).take(encoded.indices)


def over_fitting(
    array: pa.Array, change: Callable[[list[str]], Sequence[Changed]], *, field: str, wanted: str, unfit: str
) -> pa.Array:
    """Like ``over_distinct``, but ``change`` may answer ``UNFIT``.

    ``wanted`` names what fits, for the message ("a number").  Raises AnonymizerError with counts, never a value,
    when ``unfit`` is "refuse"; with "suppress" such values become missing."""
    encoded = array.cast(pa.string()).dictionary_encode()
    changed = change(encoded.dictionary.to_pylist())
    bad = [position for position, value in enumerate(changed) if value is UNFIT]
    if bad and unfit == "refuse":
        rows = pc.sum(pc.is_in(encoded.indices, value_set=pa.array(bad, encoded.indices.type))).as_py()
        raise AnonymizerError(
            f"Field {field!r}: {len(bad)} distinct values in {rows} rows of one batch are not {wanted}; "
            'clean the column, choose another treatment, or set unfit = "suppress" to make them missing.'
        )
    texts = [None if isinstance(value, Unfit) else value for value in changed]
    return pa.array(texts, pa.string()).take(encoded.indices)
