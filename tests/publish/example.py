"""A small person register, treated by hand, with everything a package is made of.

The treatment here is a few lines of this file on purpose: verification and packaging are tested against bytes whose
making they cannot share code with.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from classifiers.finding import Finding
from policies.grading import FieldGrade, Grading
from release.nouns.dataset import Dataset, Field, FieldType, Table
from release.nouns.digest import file_digest
from release.nouns.openness import Openness
from release.nouns.plan import FieldPlan, Limit, ModelSpec, Plan, PolicyRef, SearchSpec
from release.publish.about import About
from release.publish.signature import SigningKey

KEY = SigningKey(bytes(range(32)))
NOW = datetime(2025, 3, 17, 9, 30, tzinfo=UTC)
ABOUT = About(
    title="区级就诊登记",
    publisher="示例市卫生健康委员会",
    licence="CC-BY-4.0",
    description="一个小小的就诊登记表,数值均为生成。",
    keywords=("就诊", "卫生"),
)
POLICY = PolicyRef("example-pack", "1.0", "ab" * 32)
ROWS = 400
SURNAMES = "王李张刘陈杨赵黄周吴"
GIVEN = ("伟", "芳", "娜", "秀英", "敏", "静", "丽", "强", "磊", "建国")
DISTRICTS = ("黄浦区", "徐汇区", "长宁区", "静安区")
CANARY_NAME, CANARY_NOTE, CANARY_DISTRICT = "金丝雀甲乙丙丁", "金丝雀备注九八七", "金丝雀区"


def resident_id(number: int) -> str:
    """A well-formed, invented identity number."""
    body = f"310101{1950 + number % 55}{1 + number % 12:02d}{1 + number % 28:02d}{number % 1000:03d}"
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    return body + "10X98765432"[sum(int(d) * w for d, w in zip(body, weights, strict=True)) % 11]


def raw_columns() -> dict[str, list[str | None]]:
    rows = range(ROWS)
    columns: dict[str, list[str | None]] = {
        "姓名": [SURNAMES[i % 10] + GIVEN[i // 10 % 10] for i in rows],
        "身份证号": [resident_id(i) for i in rows],
        "年龄": [str(20 + i * 7 % 60) for i in rows],
        "性别": ["男" if i * 13 % 5 < 2 else "女" for i in rows],
        "区": [DISTRICTS[i * 3 % 4] for i in rows],
        "诊断": [("高血压", "糖尿病", "感冒", "骨折", None)[i * 11 % 5] for i in rows],
        "费用": [f"{(i * 37 % 900) + 10}.{i % 10}" if i % 10 else str((i * 37 % 900) + 10) for i in rows],
        "结余": [str(i % 41 - 20) for i in rows],
        "备注": [("=1+1", "+86", "-5 度", "@某", "复诊", "a,\"b\"\r\nc")[i % 6] for i in rows],
    }  # fmt: skip
    columns["姓名"][-1], columns["备注"][-1], columns["区"][-1] = CANARY_NAME, CANARY_NOTE, CANARY_DISTRICT
    return columns


def kept(raw: Mapping[str, Sequence[str | None]]) -> list[int]:
    """The raw rows that are released, in their new order."""
    return sorted((i for i in range(ROWS) if raw["区"][i] in DISTRICTS), key=lambda i: (i * 7919) % ROWS)


def treated_columns(raw: Mapping[str, Sequence[str | None]]) -> dict[str, list[str | None]]:
    """Names gone, numbers pseudonymised, ages in twenties, the last row suppressed, remarks of one row blanked."""
    keep = kept(raw)
    ages = [int(str(raw["年龄"][i])) // 20 * 20 for i in keep]
    return {
        "身份证号": [f"p{(i * 2654435761) % 2**32:08x}aaaaaaaaaaaaaaaaaaaaaaaa" for i in keep],
        "年龄": [f"[{age}, {age + 20})" for age in ages],
        "性别": [raw["性别"][i] for i in keep],
        "区": [raw["区"][i] for i in keep],
        "诊断": [raw["诊断"][i] for i in keep],
        "费用": [str(round(float(str(raw["费用"][i])) / 10) * 10) for i in keep],
        "结余": [raw["结余"][i] for i in keep],
        "备注": [raw["备注"][i] for i in keep],
    }


TYPES = {"年龄": FieldType.INTEGER, "费用": FieldType.DECIMAL, "结余": FieldType.INTEGER}
CATEGORIES = {
    "姓名": ("person.name", "direct-identifier", "drop", "L4"),
    "身份证号": ("person.identity.resident-id", "direct-identifier", "pseudonym", "L4"),
    "年龄": ("person.basic.age", "quasi-identifier", "generalize", "L3"),
    "性别": ("person.basic.sex", "quasi-identifier", "keep", "L2"),
    "区": ("thing.region", "quasi-identifier", "keep", "L2"),
    "诊断": ("person.health.diagnosis", "sensitive", "keep", "L3"),
    "费用": ("person.finance.payment", "sensitive", "round", "L3"),
    "结余": ("thing.amount", "insensitive", "keep", "L1"),
    "备注": ("text.description", "insensitive", "keep", "L1"),
}
PARAMS: dict[str, dict[str, object]] = {"费用": {"step": 10}, "年龄": {"hierarchy": {"kind": "interval", "width": 20}}}


def write(path: Path, columns: Mapping[str, Sequence[str | None]]) -> Path:
    """A Parquet file of string columns."""
    pq.write_table(pa.table({name: pa.array(values, pa.string()) for name, values in columns.items()}), path)
    return path


def table(path: Path, columns: Mapping[str, Sequence[str | None]], types: Mapping[str, FieldType]) -> Table:
    """The noun for a raw table of ``columns``."""
    fields = tuple(
        Field(
            name,
            types.get(name, FieldType.TEXT),
            len(values),
            sum(v is None for v in values),
            len(set(values) - {None}),
        )
        for name, values in columns.items()
    )
    rows = len(next(iter(columns.values())))
    write(path, columns)
    return Table(Dataset("就诊登记", "visits.csv", file_digest(path), rows, fields), path)


def make_plan(dataset: Dataset, *, openness: Openness = Openness.UNCONDITIONAL, limits: tuple[Limit, ...] = ()) -> Plan:
    return Plan(
        policy=POLICY,
        dataset_digest=dataset.digest,
        dataset_name=dataset.name,
        openness=openness,
        fields=tuple(
            FieldPlan(
                name,
                category,
                role,
                {"level": level},
                method,
                PARAMS.get(name, {}),
                "第十二条",
                "verified",
                "按级别处理",
            )
            for name, (category, role, method, level) in CATEGORIES.items()
        ),
        models=(ModelSpec("k-anonymity", {"k": 5}),),
        search=SearchSpec(suppression_limit=0.05),
        limits=limits
        or (
            Limit("k", ">=", 5, "第十三条"),
            Limit("l:诊断", ">=", 2),
            Limit("max-risk", "<=", 0.2),
            Limit("suppressed-share", "<=", 0.05),
            Limit("linked-rows", "==", 0),
        ),
        obligations=("不得重新识别",),
    )


def make_grading(plan: Plan) -> Grading:
    fields = tuple(
        FieldGrade(f.field, f.category, f.role, f.grade, "第九条", "verified", "unconditional", ()) for f in plan.fields
    )
    return Grading(POLICY.id, POLICY.version, POLICY.digest, fields, {"level": "L2"}, "unconditional", "第九条", ())


def make_findings(plan: Plan) -> tuple[Finding, ...]:
    return tuple(Finding(f.field, f.category, 0.98, f.role) for f in plan.fields)


@dataclass(frozen=True, slots=True)
class Info:
    """What the treat step tells of itself, as far as verification reads it."""

    levels: Mapping[str, int]
    suppressed_rows: int


LEVELS = {"年龄": 3, "性别": 0, "区": 0}
INFO = Info(LEVELS, 1)
