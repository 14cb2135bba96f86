"""A tree written as (value, parent) pairs, one a row, no header: every level cuts the tree one step nearer its root.

A parent that is empty, or is the value itself, makes a root.  A parent that has no row of its own is a root as well.
Values high in the tree stay what they are until their level comes; "*" stands above the roots.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from anonymizers.errors import AnonymizerError
from anonymizers.hierarchy import TOP, Builder, Row, Worked
from anonymizers.hierarchy_file import check_source, read_rows
from anonymizers.params import Param, Spec

_DEEPEST = 32


def _rule(params: Mapping[str, Any]) -> str:
    return check_source(params["path"], params["rows"], params["delimiter"])


SPEC = Spec(
    (
        Param("path", "text", "file with the pairs", default=None),
        Param("rows", "rows", "the pairs themselves", default=None),
        Param("sha256", "text", "digest that the file must have", default=None),
        Param("delimiter", "text", "between the columns; sniffed when left out", default=None),
    ),
    _rule,
)


def _parents(pairs: Sequence[Row]) -> dict[str, str]:
    parents: dict[str, str] = {}
    for number, pair in enumerate(pairs, 1):
        if len(pair) < 2:
            raise AnonymizerError(f"Row {number} of the tree has no parent column: write value and parent.")
        if pair[0] in parents:
            raise AnonymizerError(f"Row {number} of the tree gives a value a second parent: keep one.")
        parents[pair[0]] = "" if pair[1] == pair[0] else pair[1]
    return parents


def _path(value: str, parents: Mapping[str, str]) -> tuple[str, ...]:
    """From the root down to ``value``."""
    steps = [value]
    while parents.get(steps[-1], ""):
        if len(steps) > _DEEPEST:
            raise AnonymizerError(f"The tree is deeper than {_DEEPEST} levels, or a value is its own ancestor.")
        steps.append(parents[steps[-1]])
    return tuple(reversed(steps))


def build(counts: Mapping[str, int], params: Mapping[str, Any]) -> Sequence[Row]:
    """One row for every value of the tree, whether the column holds it or not."""
    given = params["rows"]
    pairs = read_rows(Path(params["path"]), params["sha256"], params["delimiter"]) if given is None else given
    parents = _parents([tuple(pair) for pair in pairs])
    values = sorted({*parents, *(parent for parent in parents.values() if parent)})
    paths = {value: _path(value, parents) for value in values}
    depth = max((len(path) for path in paths.values()), default=0)
    return [
        (value, *(paths[value][min(step, len(paths[value])) - 1] for step in range(depth - 1, 0, -1)), TOP)
        for value in values
    ]


BUILDER = Builder(
    name="tree",
    title_zh="父子表",
    title_en="tree of parents",
    build=build,
    spec=SPEC,
    examples=(
        Worked(
            {"rows": [["flu", "lung"], ["asthma", "lung"], ["lung", "body"], ["burn", "body"], ["body", ""]]},
            {"flu": 2, "burn": 1},
            (
                ("asthma", "lung", "body", "*"),
                ("body", "body", "body", "*"),
                ("burn", "burn", "body", "*"),
                ("flu", "lung", "body", "*"),
                ("lung", "lung", "body", "*"),
            ),
        ),
    ),
)
