"""What each published column is declared to be: its type before treatment where every value still parses as that.

What a reader would get wrong: treatment changes types.  An age that became ``[20, 30)`` is text, a rounded income is
still a number; the bytes decide, not the name of the treatment.
"""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from release.nouns.dataset import Dataset, FieldType
from release.publish.formats.rows import Column, Rows, string_names

# The canonical spellings of the columnar copy; what has none of them is text.
SPELLINGS = {
    FieldType.INTEGER: "^(0|-?[1-9][0-9]{0,17})$",
    FieldType.DECIMAL: "^-?(0|[1-9][0-9]*)([.][0-9]+)?$",
    FieldType.DATE: "^[0-9]{4}-[0-9]{2}-[0-9]{2}$",
    FieldType.DATETIME: "^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}([.][0-9]{1,6})?$",
    FieldType.BOOLEAN: "^(true|false)$",
}
CASTS = {FieldType.DATE: pa.date32(), FieldType.DATETIME: pa.timestamp("us")}


def published(treated: Path, dataset: Dataset) -> Rows:
    """The rows of ``treated`` with the types they are published under; fields that did not come in are text."""
    names = string_names(treated)
    before = {field.name: field for field in dataset.fields}
    columns = tuple(
        Column(
            name,
            before[name].type if name in before else FieldType.TEXT,
            before[name].comment if name in before else "",
        )
        for name in names
    )
    with pq.ParquetFile(treated) as file:
        count = file.metadata.num_rows
    return settled(Rows(treated, columns, count))


def settled(rows: Rows) -> Rows:
    """``rows`` with every column that does not parse as its type declared text."""
    fits = [column.type is not FieldType.TEXT for column in rows.columns]
    if not any(fits):
        return rows
    for batch in rows.batches():
        for index, column in enumerate(rows.columns):
            fits[index] = fits[index] and parses(batch.column(index), column.type)
    columns = tuple(
        column if fit else Column(column.name, FieldType.TEXT, column.title)
        for column, fit in zip(rows.columns, fits, strict=True)
    )
    return Rows(rows.path, columns, rows.count)


def parses(values: pa.Array, kind: FieldType) -> bool:
    """Whether every present value of ``values`` is canonical for ``kind``."""
    spelling = SPELLINGS.get(kind)
    if spelling is None:
        return True
    if pc.any(pc.invert(pc.match_substring_regex(values, spelling))).as_py():
        return False
    target = CASTS.get(kind)
    if target is None:
        return True
    try:
        pc.cast(pc.cast(values, pa.string()), target)
    except pa.ArrowInvalid:  # right shape, but no day of any calendar
        return False
    return True
