"""Replace values by what they become at one fixed level of a hierarchy.

Without ``level`` the level is the search's to choose, and this treatment refuses to be applied on its own.  The rows
of the hierarchy are made once, from all distinct values of the column.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pyarrow as pa

from anonymizers.build import check_hierarchy, codes_of, grow
from anonymizers.distinct import over_distinct
from anonymizers.errors import AnonymizerError
from anonymizers.hierarchy import MISSING
from anonymizers.params import Param, Spec
from anonymizers.treatment import Context, Example, Params, Treatment


def _rule(params: Mapping[str, Any]) -> str:
    least, most, level = params["min_level"], params["max_level"], params["level"]
    if most is not None and most < least:
        return "Parameter 'max_level' must not be below 'min_level'."
    if level is not None and (level < least or (most is not None and level > most)):
        return "Parameter 'level' must lie between 'min_level' and 'max_level'."
    check_hierarchy(params["hierarchy"])
    return ""


SPEC = Spec(
    (
        Param("hierarchy", "table", "kind of hierarchy and its parameters"),
        Param("level", "integer", "fixed level; left out, the search chooses", default=None, least=0),
        Param("min_level", "integer", "lowest level that the search may choose", default=0, least=0),
        Param("max_level", "integer", "highest level that the search may choose", default=None, least=0),
        Param("before", "tables", "treatments (method, params) of the values before the hierarchy is made", default=()),
    ),
    _rule,
)


def prepare(counts: Mapping[str, int], params: Params) -> dict[str, str]:
    """What every distinct value becomes; the missing one under the empty text.

    Steps ``before`` are the caller's to carry out: it passes the counts that they leave, and no ``before``."""
    given = SPEC.read(params)
    level = given["level"]
    if given["before"]:
        raise AnonymizerError("Parameter 'before' is carried out before the values are counted; leave it out here.")
    if level is None:
        raise AnonymizerError("Parameter 'level' is missing: only the search can do without.")
    hierarchy = grow({**counts, MISSING: counts.get(MISSING, 0)}, given["hierarchy"])
    if level >= hierarchy.height:
        raise AnonymizerError(f"Parameter 'level' is above the hierarchy's top level {hierarchy.height - 1}.")
    return {value: hierarchy.rows[code][level] for value, code in codes_of(hierarchy, counts).items()}


def apply(array: pa.Array, params: Params, context: Context) -> pa.Array:
    """Every value, the missing one too, replaced by its label; raises AnonymizerError without the prepared labels."""
    labels = context.state
    if not isinstance(labels, Mapping):
        raise AnonymizerError(
            f"Field {context.field!r}: generalize needs the column's distinct values first (prepare)."
        )

    def change(values: list[str]) -> list[str | None]:
        unknown = sum(value not in labels for value in values)
        if unknown:
            raise AnonymizerError(
                f"Field {context.field!r}: {unknown} distinct values were not there when the hierarchy was made."
            )
        return [labels[value] or None for value in values]

    changed = over_distinct(array, change)
    return changed.fill_null(labels[MISSING]) if labels.get(MISSING) else changed


TREATMENT = Treatment(
    name="generalize",
    title_zh="泛化",
    title_en="generalise to a level",
    apply=apply,
    check=SPEC.check,
    spec=SPEC,
    prepare=prepare,
    keeps_missing=False,
    partial=True,
    examples=(
        Example(
            {"hierarchy": {"kind": "prefix", "keep": [3, 0]}, "level": 1},
            ("200433", "200001", None, "100080"),
            ("200*", "200*", None, "100*"),
        ),
        Example({"hierarchy": {"kind": "redact"}, "level": 1}, ("a", None), ("*", "*")),
    ),
)
