"""Find the rows of a research subset in the table it was taken from."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from anonymizers.collapse import layout, number_rows, pack
from anonymizers.hierarchy_file import sniff
from release.nouns.errors import BadInput
from release.steps.reading import batches, shape

Flags = npt.NDArray[np.bool_]


def subset_flags(table: Path, rows: Path) -> Flags:
    """One flag a row of ``table`` (columnar copy): is it one of the rows of the CSV file ``rows``?

    The file has a header; its columns are compared as text, and a row that it lists twice is found twice.  Raises
    BadInput when its columns are not the table's, or when it lists a row more often than the table has it."""
    names, listed = _listed(rows)
    total, columns, _ = shape(table)
    strangers = [name for name in names if name not in columns]
    if strangers:
        raise BadInput(f"The subset file names field {strangers[0]!r}, which the table does not have.", "Correct it.")
    mine = [
        pa.concat_arrays([batch.column(name).cast(pa.string()) for batch in batches(table, names)]) for name in names
    ]
    codes = []
    for own, given in zip(mine, listed, strict=True):
        both = pa.concat_arrays([own.fill_null(""), given]).dictionary_encode()
        codes.append((both.indices.to_numpy().astype(np.int32), len(both.dictionary)))
    words = pack([column for column, _ in codes], layout([size for _, size in codes]), total + len(listed[0]))
    _, ids = number_rows(words)
    wanted = np.bincount(ids[total:], minlength=int(ids.max(initial=-1)) + 1)
    if (np.bincount(ids[:total], minlength=wanted.size) < wanted).any():
        raise BadInput("The subset file lists rows that the table does not have.", "Take the subset from this table.")
    return _first(ids[:total], wanted)


def _first(ids: npt.NDArray[np.int32], wanted: npt.NDArray[np.int64]) -> Flags:
    """The first ``wanted[i]`` rows of every number i."""
    order = np.argsort(ids, kind="stable")
    ordered = ids[order]
    starts = np.searchsorted(ordered, ordered)
    flags = np.zeros(ids.size, dtype=bool)
    flags[order] = np.arange(ids.size) - starts < wanted[ordered]
    return flags


def _listed(path: Path) -> tuple[Sequence[str], list[pa.Array]]:
    text = path.read_text(encoding="utf-8-sig")
    lines = text.splitlines()
    rows = list(csv.reader(lines, delimiter=sniff(text)))
    if not rows or any(len(row) != len(rows[0]) for row in rows):
        raise BadInput(f"The subset file {path.name} is not a CSV table with a header.", "Write one row a line.")
    header = [name.strip() for name in rows[0]]
    return header, [pa.array([row[place] for row in rows[1:]], pa.string()) for place in range(len(header))]
