"""Collapse the columnar copy of a table; rows stay on disk.  See ``anonymizers.collapse``."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from anonymizers.coding import Coding
from anonymizers.collapse import Collapsed, collapse_batches
from release.steps import reading
from release.steps.reading import batches


def collapse(path: Path, axes: Sequence[Coding], radixes: Sequence[int], sensitive: Sequence[Coding]) -> Collapsed:
    """One pass over the columns of ``axes`` and ``sensitive``.  ``radixes`` are the numbers of codes of ``axes``."""
    columns = list(dict.fromkeys(coding.field for coding in (*axes, *sensitive)))
    return collapse_batches(batches(path, columns, rows=8 * reading.BATCH_ROWS), axes, radixes, sensitive)
