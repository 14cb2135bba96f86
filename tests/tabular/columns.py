"""What the tests of this folder share: one column in, its reading and its canonical text out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pyarrow as pa

from release.nouns.dataset import FieldType
from release.tabular.canonical import canonical
from release.tabular.evidence import Evidence
from release.tabular.infer import decide
from release.tabular.reading import Reading, Spelling


def reading(values: Sequence[str | None], name: str = "x", forced: FieldType | None = None, **spelling: Any) -> Reading:
    given = Spelling(**spelling)
    evidence = Evidence(given.tokens)
    evidence.add(pa.array(values, pa.string()))
    return decide(name, evidence, given, forced)


def column(values: Sequence[str | None], name: str = "x", **spelling: Any) -> tuple[str, list[str | None]]:
    """(type, canonical text)."""
    found = reading(values, name, **spelling)
    return found.type.value, canonical(pa.array(values, pa.string()), found).to_pylist()
