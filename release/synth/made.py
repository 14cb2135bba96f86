"""The rows themselves: codes from the model, spelled in the fields' public values, as an Arrow table of texts.

What a reader would get wrong: the order of the columns is the one asked for; the model has them by name.
"""

from __future__ import annotations

from collections.abc import Sequence

import pyarrow as pa

from anonymizers.draw import Draw
from release.synth.counts import Coded, tallied
from release.synth.domain import PublicField
from release.synth.kept import Kept
from release.synth.rows import rows_of


def made_up(kept: Kept, fields: Sequence[PublicField], count: int, columns: Sequence[str]) -> tuple[pa.Table, Coded]:
    """``count`` rows, or as many as the noisy total says when 0, with ``columns`` in this order; and their codes."""
    draw = Draw(kept.seed)
    codes = rows_of(kept.model, count or max(round(kept.model.total), 1), draw)
    spelled = {f.name: f.spelled(codes[:, n], draw, n) for n, f in enumerate(fields)}
    return pa.table({name: spelled[name] for name in columns}), tallied(kept.model.sizes, codes)
