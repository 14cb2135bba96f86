"""``treat(df, {"phone": "mask"})``: single columns by any treatment that discovery finds, whole columns at a time."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from anonymizers.discovery import treatment
from anonymizers.errors import AnonymizerError
from anonymizers.frame.columns import columns_of, counts_of, series_of
from anonymizers.hierarchy import MISSING
from anonymizers.treatment import Context

Asked = str | tuple[str, Mapping[str, Any]]


def treat(frame: pd.DataFrame, treatments: Mapping[str, Asked], *, key: bytes = b"") -> pd.DataFrame:
    """A copy of ``frame`` with those columns treated: a treatment's name, or (name, params) as in a job file.  Columns
    that are not named stay as they are; ``drop`` removes one.  The same key gives the same pseudonyms and noise.

    Raises AnonymizerError on a column that is not there, a treatment that is unknown or needs a key."""
    made = frame.copy()
    for name, asked in treatments.items():
        method, params = (asked, {}) if isinstance(asked, str) else asked
        known = treatment(method)
        known.check(params)
        if known.needs_state:
            raise AnonymizerError(f"Treatment {method!r} needs a span finder: use a job file and sluice release.")
        if known.apply is None:
            columns_of(frame, [name])
            made = made.drop(columns=[name])
            continue
        columns = columns_of(frame, dict.fromkeys((name, *known.reads(params))))
        if known.whole is not None:
            result = known.whole(columns, params, Context(name, key))
        else:
            counts = counts_of(columns[name])
            counts.pop(MISSING, None)
            state = known.prepare(counts, params) if known.prepare is not None else None
            result = known.apply(columns[name], params, Context(name, key, state))
        made[name] = series_of(result, frame.index, name)
    return made
