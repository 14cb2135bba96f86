"""A column as codes: what every value that it holds becomes, worked out once per value."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from anonymizers.errors import AnonymizerError
from anonymizers.hierarchy import MISSING
from anonymizers.numbers import read_number

Codes = npt.NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Coding:
    """``index`` maps every raw value of ``field`` (missing: the empty text) to its code; ``merge``, where there is one,
    maps that code on to the one that stands for its group."""

    field: str
    index: Mapping[str, int]
    merge: Codes | None = None

    def encode(self, column: pa.Array) -> Codes:
        """One code a row.  Raises AnonymizerError when the table holds a value that it did not hold before."""
        if pa.types.is_dictionary(column.type):
            return self._decode(column)
        known = pa.array(list(self.index), pa.string())
        found = pc.index_in(column.cast(pa.string()).fill_null(MISSING), value_set=known)
        if found.null_count:
            raise AnonymizerError(f"Field {self.field!r} changed while it was being treated: treat the table again.")
        codes = np.fromiter(self.index.values(), np.int32, len(self.index))
        if self.merge is not None:
            codes = self.merge[codes]
        result: Codes = codes[found.to_numpy(zero_copy_only=False)]
        return result

    def _decode(self, column: pa.DictionaryArray) -> Codes:
        """The same of a column that comes in codes of its own: values are looked up once each, and only those that some
        row holds."""
        place = column.indices.cast(pa.int64()).fill_null(len(column.dictionary)).to_numpy(zero_copy_only=False)
        held = np.bincount(place, minlength=len(column.dictionary) + 1) > 0
        values = pa.concat_arrays([column.dictionary.cast(pa.string()), pa.nulls(1, pa.string())])
        codes = np.zeros(held.size, np.int32)
        codes[held] = self.encode(values.filter(pa.array(held)))
        result: Codes = codes[place]
        return result


def in_order(values: Sequence[str]) -> list[str]:
    """Values in the order that the ``ordered`` distance takes: by number where all present ones are numbers."""
    numbers = {value: read_number(value) for value in values if value != MISSING}
    if all(number is not None for number in numbers.values()):
        return sorted(values, key=lambda value: (numbers.get(value) is None, numbers.get(value) or 0, value))
    return sorted(values)
