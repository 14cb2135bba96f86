"""A register of companies with valid unified social credit codes (GB 32100, with the GB 11714 code inside).

No such company exists; a code that happens to be somebody's is chance.
"""

from __future__ import annotations

from typing import Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from release.samples import words
from release.samples.draw import Draw, Ints, digits, join, put, take
from release.samples.places import places

COLUMNS: Final = (
    *("统一社会信用代码", "企业名称", "法定代表人", "注册资本", "成立日期", "登记状态", "行业", "经营范围", "住所"),
    *("联系电话", "从业人数"),
)
_FIRST: Final = np.datetime64("1995-01-01")
_SIGNS: Final = "0123456789ABCDEFGHJKLMNPQRTUWXY"  # GB 32100: no I, O, S, V, Z
_WEIGHTS: Final = np.array([3**i % 31 for i in range(17)])
_ORGANISATION: Final = np.array([3, 7, 9, 10, 5, 8, 4, 2])
_BRANDS: Final = (
    *("鼎盛", "宏达", "恒信", "瑞丰", "华泰", "中科", "博远", "安捷", "金诚", "海川", "天成", "云帆", "启航", "德润"),
    *("嘉禾", "东升", "永兴", "万和", "星辰", "绿源", "智联", "锦程", "长风", "君悦"),
)
_TRADES: Final = (
    ("软件和信息技术服务业", "信息科技", "软件开发；信息系统集成服务；数据处理和存储支持服务"),
    ("批发业", "贸易", "日用百货批发；食品销售；货物进出口"),
    ("餐饮业", "餐饮管理", "餐饮服务；餐饮管理；外卖递送服务"),
    ("建筑业", "建设工程", "建设工程施工；工程管理服务；园林绿化工程施工"),
    ("专用设备制造业", "机械设备", "机械设备制造；机械零部件加工；技术进出口"),
    ("商务服务业", "企业管理咨询", "企业管理咨询；市场营销策划；会议及展览服务"),
    ("道路运输业", "物流", "道路货物运输；国内货物运输代理；仓储服务"),
    ("医药制造业", "生物医药", "药品生产；药品批发；医学研究和试验发展"),
)
_KINDS: Final = ("有限公司", "有限责任公司", "股份有限公司")
_STATES: Final = ("存续", "注销", "吊销", "迁出")


def company(rows: int, seed: int = 1) -> pa.Table:
    """``rows`` companies as string columns :data:`COLUMNS`."""
    draw = Draw(seed)
    where = places()
    seat = draw.below(rows, len(where.codes))
    trade = draw.below(rows, len(_TRADES))
    city = take([name.removesuffix("市") for name in where.cities], seat)
    branches = [branch for _, branch, _ in _TRADES]
    options = (*words.FEMALE, *words.MALE)
    capital = np.maximum(1, np.exp(5.3 + 1.4 * draw.normal(rows))).astype(np.int64) * 10
    return pa.table(
        {
            "统一社会信用代码": credit_codes(draw, where.codes[seat]),
            "企业名称": join(
                city,
                draw.words(rows, _BRANDS),
                draw.words(rows, _BRANDS),
                take(branches, trade),
                draw.words(rows, _KINDS, (8, 1, 1)),
            ),
            "法定代表人": join(
                draw.words(rows, words.SURNAMES, words.SURNAME_WEIGHTS),
                draw.words(rows, options),
                draw.words(rows, (*options, *[""] * 20)),
            ),
            "注册资本": join(digits(capital), "万元"),
            "成立日期": pa.array(_FIRST + draw.below(rows, 11_000)).cast(pa.string()),
            "登记状态": draw.words(rows, _STATES, (85, 10, 4, 1)),
            "行业": take([trade_ for trade_, _, _ in _TRADES], trade),
            "经营范围": take([scope for _, _, scope in _TRADES], trade),
            "住所": join(
                take(where.names, seat),
                draw.words(rows, words.ROADS),
                digits(draw.between(rows, 1, 1999)),
                "号",
                digits(draw.between(rows, 1, 30) * 100 + draw.between(rows, 1, 20)),
                "室",
            ),
            "联系电话": _phones(draw, rows),
            "从业人数": digits(np.maximum(1, np.exp(2.5 + 1.2 * draw.normal(rows))).astype(np.int64)),
        }
    )


def credit_codes(draw: Draw, districts: Ints) -> pa.Array:
    """18 characters each: 91, the district, an organisation code with its check, and the check of all."""
    rows = len(districts)
    body = np.zeros((rows, 17), np.int64)
    body[:, 0], body[:, 1] = 9, 1
    for place in range(6):
        body[:, 2 + place] = districts // 10 ** (5 - place) % 10
    body[:, 8], body[:, 9] = _SIGNS.index("M"), _SIGNS.index("A")
    body[:, 10:16] = draw.below(rows * 6, len(_SIGNS)).reshape(rows, 6)
    body[:, 16] = _organisation_check(body[:, 8:16])
    check = (31 - (body * _WEIGHTS).sum(axis=1) % 31) % 31
    signs = np.frombuffer(_SIGNS.encode(), np.uint8)
    return _text(signs[np.column_stack([body, check])])


def _organisation_check(code: Ints) -> Ints:
    """GB 11714 over eight signs; the answer is an index into the alphabet, where X is a sign of its own."""
    values = np.array([int(sign, 36) for sign in _SIGNS])  # A is 10 … Z is 35 in GB 11714
    remainder = 11 - (values[code] * _ORGANISATION).sum(axis=1) % 11
    return np.where(remainder == 10, _SIGNS.index("X"), remainder % 11).astype(np.int64)


def _text(signs: npt.NDArray[np.uint8]) -> pa.Array:
    rows, width = signs.shape
    offsets = pa.py_buffer(np.arange(0, rows * width + 1, width, dtype=np.int32))
    return pa.StringArray.from_buffers(rows, offsets, pa.py_buffer(np.ascontiguousarray(signs)))


def _phones(draw: Draw, rows: int) -> pa.Array:
    area = draw.words(rows, ("010", "021", "022", "0571", "0512", "025", "028", "0755", "020", "027"))
    landline = join(area, "-", digits(draw.between(rows, 2, 8)), digits(draw.below(rows, 10**7), 7))
    mobile = join(draw.words(rows, words.MOBILE_PREFIXES), digits(draw.below(rows, 10**8), 8))
    return put(mobile, draw.some(rows, 0.4), landline)
