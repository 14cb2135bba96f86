"""ZIP codes of the United States: five digits, the three-digit area, the first digit, "*".

Which areas have too few people is the law's to say and changes with the census: the caller brings them in ``small``,
and they become "000" from the area level on.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from anonymizers.hierarchy import TOP, Builder, Row, Worked
from anonymizers.params import Param, Spec

_ZIP = re.compile(r"([0-9]{3})([0-9]{2})(?:-?[0-9]{4})?")
_AREA = re.compile(r"[0-9]{3}")
NOWHERE = "000"


def _rule(params: Mapping[str, Any]) -> str:
    areas = params["small"]
    return "" if all(_AREA.fullmatch(area) for area in areas) else "Parameter 'small' must list three-digit areas."


SPEC = Spec((Param("small", "texts", "three-digit areas with too few people", default=()),), _rule)


def build(counts: Mapping[str, int], params: Mapping[str, Any]) -> Sequence[Row]:
    """One row for every ZIP or ZIP+4 code."""
    small = frozenset(params["small"])
    rows = []
    for value in sorted(counts):
        found = _ZIP.fullmatch(value.strip())
        if found is not None:
            hidden = found[1] in small or found[1] == NOWHERE
            area = (
                (NOWHERE, NOWHERE, NOWHERE) if hidden else (found[1] + found[2], f"{found[1]}**", f"{found[1][0]}****")
            )
            rows.append((value, *area, TOP))
    return rows


BUILDER = Builder(
    name="zip3",
    title_zh="美国邮编",
    title_en="ZIP codes of the United States",
    build=build,
    spec=SPEC,
    examples=(
        Worked(
            {"small": ["036"]},
            {"10027": 1, "10027-1234": 1, "03601": 1, "1002": 1},
            (
                ("03601", "000", "000", "000", "*"),
                ("10027", "10027", "100**", "1****", "*"),
                ("10027-1234", "10027", "100**", "1****", "*"),
            ),
        ),
    ),
)
