"""Places up the administrative tree: address or county, city, province, "*"; by name or by GB/T 2260 code.

Understands codes of 6, 9 and 12 digits, place names and free addresses of mainland China.  A column of county codes
alone starts at the city.  Codes stay codes (310115, 3101, 31), names become full names (上海市浦东新区, 上海市); with
``names`` codes become names too, so that a column of both is one tree.  Former codes (310103) stand in their city and
province by their first digits, and keep the code where the table no longer has a name.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from anonymizers.hierarchy import TOP, Builder, Row, Worked
from anonymizers.params import Param, Spec, steps
from anonymizers.places import Place, find_places, named

LEVELS = ("county", "city", "province", TOP)
_COUNTY_CODE = re.compile(r"[0-9]{6}")


SPEC = Spec(
    (
        Param("levels", "texts", "steps, fine to coarse; all when left out", default=None),
        Param("names", "flag", "codes become names", default=False),
    ),
    steps("levels", LEVELS),
)


def _label(place: Place, level: str) -> str:
    return TOP if level == TOP else str(getattr(place, level))


def build(counts: Mapping[str, int], params: Mapping[str, Any]) -> Sequence[Row]:
    """One row for every value that is a known place."""
    levels = params["levels"]
    if levels is None:
        levels = LEVELS[1:] if counts and all(_COUNTY_CODE.fullmatch(value) for value in counts) else LEVELS
    found = find_places(counts)
    if params["names"]:
        found = {value: named(place) for value, place in found.items()}
    labels = {place: tuple(_label(place, level) for level in levels) for place in set(found.values())}
    return [(value, *labels[place]) for value, place in found.items()]


BUILDER = Builder(
    name="places",
    title_zh="行政区划",
    title_en="administrative places",
    build=build,
    spec=SPEC,
    examples=(
        Worked(
            {},
            {"310115": 1, "330106": 2, "990000": 1},
            (("310115", "3101", "31", "*"), ("330106", "3301", "33", "*")),
        ),
        Worked(
            {},
            {"上海市浦东新区世纪大道100号": 1, "浙江杭州": 1, "湖北省仙桃市": 1, "北京东路1号": 1},
            (
                ("上海市浦东新区世纪大道100号", "上海市浦东新区", "上海市", "上海市", "*"),
                ("浙江杭州", "浙江省杭州市", "浙江省杭州市", "浙江省", "*"),
                ("湖北省仙桃市", "湖北省仙桃市", "湖北省仙桃市", "湖北省", "*"),
            ),
        ),
        Worked(
            {"names": True},
            {"310115": 1, "310103": 1, "429004": 1, "33": 1, "330106001": 1, "上海市": 1},
            (
                ("310103", "310103", "上海市", "上海市", "*"),
                ("310115", "上海市浦东新区", "上海市", "上海市", "*"),
                ("33", "浙江省", "浙江省", "浙江省", "*"),
                ("330106001", "浙江省杭州市西湖区", "浙江省杭州市", "浙江省", "*"),
                ("429004", "湖北省仙桃市", "湖北省仙桃市", "湖北省", "*"),
                ("上海市", "上海市", "上海市", "上海市", "*"),
            ),
        ),
        Worked(
            {"levels": ["province"]},
            {"310115001001": 1, "广西壮族自治区南宁市": 1},
            (("310115001001", "31"), ("广西壮族自治区南宁市", "广西壮族自治区")),
        ),
    ),
)
