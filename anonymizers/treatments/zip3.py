"""Keep the first three digits of a United States ZIP code, and none where that area has too few people.

Which areas are too small is the law's to say and changes with the census: the caller brings them in ``small``.  What
is no ZIP code becomes the replacement too.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import pyarrow as pa

from anonymizers.distinct import over_distinct
from anonymizers.params import Param, Spec
from anonymizers.treatment import Context, Example, Params, Treatment

_ZIP = re.compile(r"([0-9]{3})[0-9]{2}(?:-?[0-9]{4})?")
_AREA = re.compile(r"[0-9]{3}")


def _rule(params: Mapping[str, Any]) -> str:
    if not params["small"] or not all(_AREA.fullmatch(area) for area in params["small"]):
        return "Parameter 'small' must list the three-digit areas with too few people."
    return ""


SPEC = Spec(
    (
        Param("small", "texts", "three-digit areas with too few people"),
        Param("replacement", "text", "what they become", default="000"),
    ),
    _rule,
)


def apply(array: pa.Array, params: Params, context: Context) -> pa.Array:
    """Every ZIP or ZIP+4 code cut to its area, or replaced."""
    given = SPEC.read(params)
    small, replacement = frozenset(given["small"]), given["replacement"]

    def one(value: str) -> str:
        found = _ZIP.fullmatch(value.strip())
        return replacement if found is None or found[1] in small else found[1]

    return over_distinct(array, lambda values: [one(value) for value in values])


TREATMENT = Treatment(
    name="zip3",
    title_zh="邮编前三位",
    title_en="first three digits of a ZIP code",
    apply=apply,
    check=SPEC.check,
    spec=SPEC,
    examples=(
        Example(
            {"small": ["036", "059"]},
            ("10027", "03601", "10027-1234", "1002", None),
            ("100", "000", "100", "000", None),
        ),
    ),
)
