"""A written table under measurement: its rows as DuckDB sees them in the file, nothing else.

A missing value (null; in CSV also the empty cell) is a category of its own: two missing cells look alike, a missing
cell looks like no value.  Rows in which every quasi-identifier holds ``suppressed`` say nothing about anyone; they
stand outside the classes, but stay in the table's overall distributions.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from anonymizers.duck import identifier, literal
from anonymizers.errors import AnonymizerError

Ints = NDArray[np.int64]
TABLE = "sample"


@dataclass(slots=True)
class Sample:
    """``columns`` are those that may be measured.  Close it, or use it as a context manager."""

    connection: Any
    columns: tuple[str, ...]
    rows: int
    suppressed: str | None = None
    _sizes: dict[tuple[str, ...], tuple[Ints, Ints]] = field(default_factory=dict)
    _joint: dict[tuple[tuple[str, ...], str], str] = field(default_factory=dict)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the file and of DuckDB's memory."""
        self.connection.close()

    def query(self, sql: str) -> list[tuple[Any, ...]]:
        """All rows of a query."""
        rows: list[tuple[Any, ...]] = self.connection.execute(sql).fetchall()
        return rows

    def arrays(self, sql: str) -> list[NDArray[Any]]:
        """The columns of a query of numbers."""
        result = self.connection.execute(sql).fetchnumpy()
        return [np.asarray(column) for column in result.values()]

    def inside(self, qis: Sequence[str]) -> str:
        """``FROM … WHERE …`` of the rows that stand in classes."""
        self.check(qis)
        if self.suppressed is None or not qis:
            return f"FROM {TABLE}"
        star = literal(self.suppressed)
        hidden = " AND ".join(f"{identifier(name)} IS NOT DISTINCT FROM {star}" for name in qis)
        return f"FROM {TABLE} WHERE NOT ({hidden})"

    def sizes(self, qis: Sequence[str]) -> tuple[Ints, Ints]:
        """Class sizes in ascending order, and how many classes have each; both empty for no rows."""
        key = tuple(qis)
        if key not in self._sizes:
            names = ", ".join(identifier(name) for name in qis)
            group = f"GROUP BY {names}" if qis else "HAVING count(*) > 0"
            sizes, classes = self.arrays(
                f"SELECT size, count(*)::BIGINT AS classes FROM (SELECT count(*)::BIGINT AS size {self.inside(qis)} "
                f"{group}) GROUP BY size ORDER BY size"
            )
            self._sizes[key] = sizes.astype(np.int64), classes.astype(np.int64)
        return self._sizes[key]

    def joint(self, qis: Sequence[str], sensitive: str) -> str:
        """The name of a table (class BIGINT, value VARCHAR, rows BIGINT): value counts of every class."""
        key = (tuple(qis), sensitive)
        if key not in self._joint:
            self.check((sensitive,))
            name = f"joint_{len(self._joint)}"
            group = "GROUP BY " + ", ".join(identifier(qi) for qi in qis) if qis else ""
            chosen = ", ".join([*(identifier(qi) for qi in qis), f"{identifier(sensitive)} AS __value"])
            self.connection.execute(
                f"CREATE TEMP TABLE {name} AS WITH pairs AS (SELECT {chosen}, count(*)::BIGINT AS __rows "
                f"{self.inside(qis)} GROUP BY ALL), classes AS (SELECT list(__value) AS vs, list(__rows) AS ns "
                f"FROM pairs {group}), numbered AS (SELECT row_number() OVER () AS class, vs, ns FROM classes) "
                "SELECT class, unnest(vs) AS value, unnest(ns) AS rows FROM numbered"
            )
            self._joint[key] = name
        return self._joint[key]

    def check(self, names: Sequence[str]) -> None:
        """Raise AnonymizerError when a field is not in the table."""
        for name in names:
            if name not in self.columns:
                raise AnonymizerError(f"The table has no field {name!r}: measure one of its own fields.")
        if len(set(names)) != len(names):
            raise AnonymizerError("A field is named twice among the quasi-identifiers: name each once.")
