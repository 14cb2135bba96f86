"""Make a large table like Adult: rows drawn again with a few cells exchanged, the same every time.

python -m benchmarks.anonymity.million ROWS OUT.csv
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.csv as pacsv

from tests.anonymizers.arx import adult

EXCHANGED = 0.07


def make(rows: int, out: Path) -> None:
    """``rows`` rows; 7 % of all cells come from another row's."""
    source = pacsv.read_csv(adult(), parse_options=pacsv.ParseOptions(delimiter=";"))
    source = source.cast(pa.schema([pa.field(name, pa.string()) for name in source.column_names]))
    draw = np.random.default_rng(20070415)
    row = draw.integers(0, source.num_rows, rows)
    columns = {}
    for name in source.column_names:
        exchanged = np.where(draw.random(rows) < EXCHANGED, draw.integers(0, source.num_rows, rows), row)
        columns[name] = (
            source.column(name).combine_chunks().dictionary_encode().take(pa.array(exchanged)).cast("string")
        )
    pacsv.write_csv(pa.table(columns), out, pacsv.WriteOptions(delimiter=";"))


if __name__ == "__main__":
    make(int(sys.argv[1]), Path(sys.argv[2]))
