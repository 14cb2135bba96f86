"""Small tables and plans to treat, and what a naive reader makes of the result."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from release.nouns.dataset import Dataset, Field, FieldType, Table
from release.nouns.openness import Openness
from release.nouns.plan import FieldPlan, ModelSpec, Plan, PolicyRef, SearchSpec

KEY = bytes(range(32))
QUASI, DIRECT, SENSITIVE, PLAIN = "quasi-identifier", "direct-identifier", "sensitive", "insensitive"


def table(path: Path, columns: Mapping[str, Sequence[str | None]]) -> Table:
    """``columns`` written as the columnar copy of a dataset."""
    made = pa.table({name: pa.array(values, pa.string()) for name, values in columns.items()})
    pq.write_table(made, path)
    fields = tuple(
        Field(name, FieldType.TEXT, len(values), sum(v is None for v in values), len(set(values)))
        for name, values in columns.items()
    )
    return Table(Dataset("people", "people.csv", "digest-1", made.num_rows, fields), path)


def field(name: str, role: str, method: str, **params: object) -> FieldPlan:
    return FieldPlan(name, "person", role, {}, method, params)


def quasi(name: str, **hierarchy: object) -> FieldPlan:
    return field(name, QUASI, "generalize", hierarchy=hierarchy)


def plan(
    *fields: FieldPlan, k: int = 0, models: tuple[ModelSpec, ...] = (), limit: float = 0.1, **search: object
) -> Plan:
    asked = (ModelSpec("k-anonymity", {"k": k}),) if k else ()
    return Plan(
        policy=PolicyRef("pack", "1", "0" * 64),
        dataset_digest="digest-1",
        dataset_name="people",
        openness=Openness.UNCONDITIONAL,
        fields=fields,
        models=(*asked, *models),
        search=SearchSpec(suppression_limit=limit, **search),
        limits=(),
    )


def read(path: Path) -> pd.DataFrame:
    return pq.read_table(path).to_pandas()


def smallest_class(frame: pd.DataFrame, columns: Sequence[str]) -> int:
    """k by the definition: the size of the smallest group of equal tuples, missing cells being a value."""
    filled = frame[list(columns)].fillna("\x00missing").astype(str)
    sizes: dict[tuple[str, ...], int] = {}
    for row in filled.itertuples(index=False, name=None):
        sizes[row] = sizes.get(row, 0) + 1
    return min(sizes.values(), default=0)


def everything_in(path: Path) -> str:
    """All text that can be got out of a Parquet file: cells, page dictionaries (values nobody points at included),
    statistics, metadata and the raw bytes."""
    names = pq.read_schema(path).names
    found = [path.read_bytes().decode("latin-1"), path.read_bytes().decode("utf-8", "ignore")]
    with pq.ParquetFile(path, read_dictionary=names) as file:
        for group in range(file.metadata.num_row_groups):
            read = file.read_row_group(group)
            for name in names:
                for chunk in read.column(name).chunks:
                    found += [str(value) for value in chunk.dictionary.to_pylist()]
            for number in range(file.metadata.num_columns):
                statistics = file.metadata.row_group(group).column(number).statistics
                found += [str(statistics.min), str(statistics.max)] if statistics and statistics.has_min_max else []
        found.append(str(file.schema_arrow.metadata))
    return "\n".join(found)
