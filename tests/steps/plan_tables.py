"""Small tables about persons, organisations and things, made as ingest would leave them, with findings to match."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from classifiers.category import tree
from classifiers.finding import Alternative, Finding
from release.nouns.dataset import Dataset, Field, FieldType, Table

CANARY = "CANARY"


def make(path: Path, columns: Mapping[str, Sequence[str | None]], types: Mapping[str, str] | None = None) -> Table:
    """The columns as a columnar copy; ``types`` by field, text where absent."""
    made = pa.table({name: pa.array(values, pa.string()) for name, values in columns.items()})
    pq.write_table(made, path)
    fields = tuple(
        Field(
            name,
            FieldType((types or {}).get(name, "text")),
            len(values),
            sum(value is None for value in values),
            len({value for value in values if value is not None}),
        )
        for name, values in columns.items()
    )
    return Table(Dataset("table", "table.csv", "digest", made.num_rows, fields), path)


def found(
    name: str, category: str, role: str = "", confidence: float = 0.97, review: bool = False, **others: float
) -> Finding:
    """A finding; ``others`` are alternatives, their dots written as two underscores."""
    alternatives = tuple(Alternative(other.replace("__", "."), share) for other, share in others.items())
    return Finding(name, category, confidence, role or tree()[category].role, (), alternatives, review)


def people(folder: Path, rows: int = 900) -> tuple[Table, tuple[Finding, ...]]:
    """A register of persons in Chinese: identifiers, quasi-identifiers, an income, a code of the record."""
    n = range(rows)
    columns = {
        "编号": [f"R{i:06d}" for i in n],
        "姓名": [f"{CANARY}{i % 97}" for i in n],
        "身份证号": [f"{CANARY}{i:014d}" for i in n],
        "性别": ["男" if i % 2 else "女" for i in n],
        "年龄": [str(20 + i % 60) for i in n],
        "出生日期": [f"{2004 - i % 60}-0{1 + i % 9}-15" for i in n],
        "民族": ["汉族" if i % 10 else "回族" for i in n],
        "所在区": [("310115", "310104", "330106")[i % 3] for i in n],
        "单位": [f"{CANARY}公司{i % 300}" for i in n],
        "收入": [str(1000 * (i % 37) + i) for i in n],
        "备注": [f"{CANARY} {i}" for i in n],
        "次数": [str(i % 5) for i in n],
        "列": [f"{CANARY}{i % 4}" for i in n],
    }
    types = {"年龄": "integer", "出生日期": "date", "收入": "integer", "次数": "integer"}
    findings = (
        found("编号", "thing.identifier"),
        found("姓名", "person.name"),
        found("身份证号", "person.identity.resident-id"),
        found("性别", "person.basic.sex"),
        found("年龄", "person.basic.age"),
        found("出生日期", "person.basic.birth-date"),
        found("民族", "person.basic.ethnicity"),
        found("所在区", "person.location.place"),
        found("单位", "person.work.employer"),
        found("收入", "person.finance.income"),
        found("备注", "text.free"),
        found("次数", "thing.count"),
        found("列", "unknown", review=True),
    )
    return make(folder / "people.parquet", columns, types), findings


def stations(folder: Path) -> tuple[Table, tuple[Finding, ...]]:
    """Things without persons."""
    columns = {"站点": [f"站{i}" for i in range(40)], "余位": [str(i % 9) for i in range(40)]}
    findings = (found("站点", "thing.name"), found("余位", "thing.count"))
    return make(folder / "stations.parquet", columns, {"余位": "integer"}), findings
