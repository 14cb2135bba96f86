"""Collapse the columnar copy of a table; rows stay on disk.  See ``anonymizers.collapse``."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from anonymizers.coding import Coding
from anonymizers.collapse import Collapsed, collapse_batches
from release.steps import reading
from release.steps.reading import batches

FEW = 1 << 14


def collapse(path: Path, axes: Sequence[Coding], radixes: Sequence[int], sensitive: Sequence[Coding]) -> Collapsed:
    """One pass over the columns of ``axes`` and ``sensitive``.  ``radixes`` are the numbers of codes of ``axes``."""
    codings = {coding.field: coding for coding in (*axes, *sensitive)}
    few = [name for name, coding in codings.items() if len(coding.index) <= FEW]
    pieces = batches(path, list(codings), rows=8 * reading.BATCH_ROWS, coded=few)
    return collapse_batches(pieces, axes, radixes, sensitive)
