"""Numbers and names that hide in codes, titles and a few cells are seen; serial numbers and the like are not."""

from __future__ import annotations

import dataclasses
import random
from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pytest

from classifiers.checksums import RESIDENT_WEIGHTS, luhn, uscc
from release.nouns.plan import FieldPlan
from release.steps.residual import residual
from release.steps.runs import Runs
from tests.publish import example

ROWS = 600
SURNAMES, GIVEN = "王李张刘陈杨黄赵吴周徐孙", "伟芳娜秀敏静丽强磊军洋勇艳杰娟涛"
REGIONS = ("310101", "320102", "330106", "440305", "110105")
Maker = Callable[[random.Random, int], str]


def day(r: random.Random, first: int = 1945, last: int = 2008) -> str:
    return f"{r.randint(first, last)}{r.randint(1, 12):02}{r.randint(1, 28):02}"


def digits(r: random.Random, count: int) -> str:
    return "".join(r.choice("0123456789") for _ in range(count))


def resident(r: random.Random, _: int = 0) -> str:
    body = r.choice(REGIONS) + day(r) + digits(r, 3)
    total = sum(int(digit) * weight for digit, weight in zip(body, RESIDENT_WEIGHTS, strict=True))
    return body + "10X98765432"[total % 11]


def mobile(r: random.Random, _: int = 0) -> str:
    return "1" + r.choice(("38", "39", "59", "77", "86")) + digits(r, 8)


def card(r: random.Random, _: int = 0) -> str:
    body = "6222" + digits(r, 14)
    return next(body + last for last in "0123456789" if luhn(pa.array([body + last]))[0])


def person(r: random.Random, _: int = 0) -> str:
    return r.choice(SURNAMES) + "".join(r.sample(GIVEN, r.choice((1, 2, 2))))


def company_code(r: random.Random, _: int = 0) -> str:
    body = "91310115" + digits(r, 9)
    return next(body + last for last in "0123456789ABCDEFGHJKLMNPQRTUWXY" if uscc(pa.array([body + last]))[0])


def title(r: random.Random, _: int = 0) -> str:
    return f"{person(r)}与{person(r)}{r.choice(('离婚', '继承', '民间借贷'))}纠纷一案"


def notice(r: random.Random, _: int = 0) -> str:
    return f"关于{person(r)}的{r.choice(('公示', '公告', '通知'))}"


def masked(r: random.Random, _: int = 0) -> str:
    return f"救助{r.choice(REGIONS)}********{digits(r, 4)}公示"


def few(special: Callable[[random.Random], str], plain: tuple[str, ...], count: int) -> Maker:
    return lambda r, place: special(r) if place < count else r.choice(plain)


def look(folder: Path, make: Maker, category: str = "thing.other", method: str = "keep") -> dict[str, str]:
    r = random.Random(7)
    path = example.write(folder / "t.parquet", {"列": [make(r, place) for place in range(ROWS)]})
    dataset = example.table(folder / "p.parquet", example.raw_columns(), example.TYPES).dataset
    plan = example.make_plan(dataset)
    field = FieldPlan("列", category, "insensitive", {}, method)
    return residual(path, dataclasses.replace(plan, fields=(field,)))


SEEN: dict[str, tuple[Maker, str]] = {
    "a citizen's number in a batch code": (lambda r, i: f"B{i % 99:03}-{resident(r)}", "person.identity.resident-id"),
    "a citizen's number against letters": (lambda r, i: f"PC{resident(r)}", "person.identity.resident-id"),
    "an old citizen's number": (
        lambda r, i: f"K{r.choice(REGIONS)}{day(r, 1945, 1999)[2:]}{digits(r, 3)}",
        "person.identity.resident-id",
    ),
    "a mobile number in an order number": (lambda r, i: f"SO{mobile(r)}", "person.contact.mobile"),
    "a bank card in a code": (lambda r, i: f"P{card(r)}", "person.finance.bank-card"),
    "names in a court's titles": (title, "person.name"),
    "names in notices": (notice, "person.name"),
    "a masked number in a title": (masked, "person.identity.resident-id"),
    "one mobile number among sizes": (few(mobile, ("大", "小"), 1), "person.contact.mobile"),
    "one citizen's number among sizes": (few(resident, ("大", "小"), 1), "person.identity.resident-id"),
    "two homes among provinces": (
        few(lambda r: f"上海市黄浦区世纪路{r.randint(1, 99)}号{r.randint(101, 999)}室", ("福建", "云南"), 2),
        "person.contact.address",
    ),
    "twenty people among companies": (few(person, ("华泰公司", "恒鼎公司"), 20), "person.name"),
}


@pytest.mark.parametrize("case", SEEN)
def test_what_hides_is_seen(tmp_path: Path, case: str) -> None:
    make, category = SEEN[case]
    assert look(tmp_path, make) == {"列": category}


PASSED: dict[str, tuple[Maker, str]] = {
    "serial numbers": (lambda r, i: f"NO{10_000_000_000 + i}", "thing.other"),
    "serial numbers that look like mobiles": (lambda r, i: f"NO{15_000_000_000 + i}", "thing.other"),
    "a short day and a serial number": (lambda r, i: f"SO{day(r, 2014, 2019)[2:]}{i:05}", "thing.other"),
    "timestamps": (lambda r, i: f"{day(r, 2018, 2023)}{r.randint(10, 23)}{r.randint(10, 59)}46", "thing.other"),
    "a region, a day and a serial number": (lambda r, i: f"AB310104{day(r, 2020, 2023)}{i:04}", "thing.other"),
    "a region, a short day and a serial number": (lambda r, i: f"K310104{day(r, 2020, 2021)[2:]}{i:03}", "thing.other"),
    "random order numbers of 11 digits": (lambda r, i: "D" + digits(r, 11), "thing.other"),
    "random order numbers of 16 digits": (lambda r, i: "D" + digits(r, 16), "thing.other"),
    "random order numbers of 18 digits": (lambda r, i: "D" + digits(r, 18), "thing.other"),
    "prices": (lambda r, i: f"{r.uniform(1, 90_000):.2f}", "thing.other"),
    "coordinates": (lambda r, i: f"{121 + r.random():.15f}", "thing.other"),
    "codes of companies": (company_code, "organisation.uscc"),
    "barcodes": (lambda r, i: "69" + digits(r, 11), "thing.other"),
    "titles of companies": (lambda r, i: f"华泰{i}公司与恒鼎公司合同纠纷一案", "thing.other"),
    "notices of measures": (
        lambda r, i: f"关于{r.choice(('安全', '节能', '防汛', '道路'))}工作{i}的通知",
        "thing.other",
    ),
    "goods": (lambda r, i: r.choice(("牛奶", "茶叶", "咖啡", "黄瓜", "白菜", "石榴", "苹果", "花生")), "thing.other"),
}


@pytest.mark.parametrize("case", PASSED)
def test_what_looks_alike_is_not(tmp_path: Path, case: str) -> None:
    make, category = PASSED[case]
    assert look(tmp_path, make, category) == {}


def test_runs_end_with_their_cells_and_decimals_are_none() -> None:
    runs = Runs()
    cells = [
        "13812345678",
        "13912345678",
        "1.13712345678",
        "13612345678.5",
        "编号１３５１２３４５６７８",
        "138123456789",
        None,
    ]
    runs.add(pa.array(cells, pa.string()))
    runs.add(pa.array(["A31010419910628525x", "31010419910628525xy", "", "31010419910628526"], pa.string()).slice(1))
    assert sorted(runs.of(11).to_pylist()) == ["13512345678", "13812345678", "13912345678"]
    assert runs.of(18).to_pylist() == []
    assert sorted(runs.of(17).to_pylist()) == ["31010419910628525", "31010419910628526"]
    runs.add(pa.array(["A31010419910628525x"], pa.string()))
    assert runs.of(18).to_pylist() == ["31010419910628525x"]
