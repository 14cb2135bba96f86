"""A hierarchy somebody wrote: ARX's CSV form, one row a value, column 0 the value, then ever coarser, no header.

The rows may stand in the parameters (``rows``) or in a file (``path``); with ``sha256`` the file must be the one that
was planned with.  All rows count, those of values that the column lacks too: they are part of the domain.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from anonymizers.hierarchy import Builder, Row, Worked
from anonymizers.hierarchy_file import check_source, read_rows
from anonymizers.params import Param, Spec


def _rule(params: Mapping[str, Any]) -> str:
    return check_source(params["path"], params["rows"], params["delimiter"])


SPEC = Spec(
    (
        Param("path", "text", "file with the rows", default=None),
        Param("rows", "rows", "the rows themselves", default=None),
        Param("sha256", "text", "digest that the file must have", default=None),
        Param("delimiter", "text", "between the columns; sniffed when left out", default=None),
    ),
    _rule,
)


def read(path: Path, digest: str | None, delimiter: str | None) -> list[Row]:
    """The rows of a file in UTF-8 or GB18030.  Raises AnonymizerError when it cannot be read or is another file."""
    return read_rows(path, digest, delimiter)


def build(counts: Mapping[str, int], params: Mapping[str, Any]) -> Sequence[Row]:
    """All rows as they stand."""
    if params["rows"] is not None:
        return [tuple(row) for row in params["rows"]]
    return read(Path(params["path"]), params["sha256"], params["delimiter"])


BUILDER = Builder(
    name="csv",
    title_zh="自定义层级",
    title_en="own hierarchy",
    build=build,
    spec=SPEC,
    examples=(
        Worked(
            {"rows": [["flu", "lung", "*"], ["asthma", "lung", "*"], ["ulcer", "gut", "*"]]},
            {"flu": 1},
            (("flu", "lung", "*"), ("asthma", "lung", "*"), ("ulcer", "gut", "*")),
        ),
    ),
)
