"""Put values that fewer rows hold than a threshold into one group.

If that group itself stays below the threshold, the next rarest values join it: a group of one "other" names somebody.
Values that were not counted are rare.
"""

from __future__ import annotations

from collections.abc import Mapping

import pyarrow as pa

from anonymizers.distinct import over_distinct
from anonymizers.errors import AnonymizerError
from anonymizers.params import Param, Spec
from anonymizers.treatment import Context, Example, Params, Treatment

SPEC = Spec(
    (
        Param("below", "integer", "values that fewer rows hold are grouped", least=2),
        Param("label", "text", "name of the group; empty makes the cells missing", default="其他"),
    )
)


def prepare(counts: Mapping[str, int], params: Params) -> frozenset[str]:
    """The values that keep their name."""
    given = SPEC.read(params)
    below, label = given["below"], given["label"]
    order = sorted((count, value) for value, count in counts.items() if value != label)
    rows = counts.get(label, 0)
    rare = 0
    for count, _ in order:
        if count >= below and (rows == 0 or rows >= below):
            break
        rows += count
        rare += 1
    return frozenset(value for _, value in order[rare:]) | {label}


def apply(array: pa.Array, params: Params, context: Context) -> pa.Array:
    """Every value that does not keep its name replaced by the group's."""
    given = SPEC.read(params)
    kept = context.state
    if not isinstance(kept, frozenset):
        raise AnonymizerError(f"Field {context.field!r}: group-rare needs the column's counts first (prepare).")
    label = given["label"] or None
    return over_distinct(array, lambda values: [value if value in kept else label for value in values])


TREATMENT = Treatment(
    name="group-rare",
    title_zh="罕见值归并",
    title_en="group rare values",
    apply=apply,
    check=SPEC.check,
    spec=SPEC,
    prepare=prepare,
    examples=(
        Example(
            {"below": 2, "label": "Other"},
            ("汉", "汉", "回", "满", None, "汉"),
            ("汉", "汉", "Other", "Other", None, "汉"),
        ),
        Example({"below": 2}, ("汉", "汉", "汉", "回", "回", "满"), ("汉", "汉", "汉", "其他", "其他", "其他")),
        Example({"below": 2, "label": ""}, ("汉", "汉", "回", "满"), ("汉", "汉", None, None)),
        Example({"below": 2}, ("汉", "汉"), ("汉", "汉")),
    ),
)
