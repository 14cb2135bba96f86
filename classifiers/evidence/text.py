"""Free text: what stands inside the sentences of a column, estimated by Presidio on a sample.

Only a column that already looks like free text is read, and only so many texts of it, the same on every run.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

import numpy as np
import pyarrow as pa

from classifiers.finding import Reason
from classifiers.scan.profile import Profile

CANDIDATES = ("text.free", "text.description")
FROM = 0.3  # posterior of the text categories from which the column is read
TEXTS, CHARACTERS = 100, 600
SEEN, SEEN_AGAINST = 2.0, -2.0


def _texts(profile: Profile) -> list[str]:
    size = len(profile.sample)
    where = np.unique(np.linspace(0, size - 1, num=min(TEXTS, size)).astype(np.int64))
    return [str(v)[:CHARACTERS] for v in profile.sample.values.take(pa.array(where)).to_pylist()]


def reasons(profile: Profile, posterior: Mapping[str, float]) -> list[Reason]:
    """One reason for every category that Presidio finds inside the texts."""
    if not len(profile.sample) or profile.length_quantile(0.5) < 8:
        return []
    if sum(posterior.get(c, 0.0) for c in CANDIDATES) < FROM:
        return []
    from classifiers.presidio import spans

    texts = _texts(profile)
    inside: Counter[str] = Counter()
    for found in spans(texts):
        inside.update({span.category for span in found})
    result: list[Reason] = []
    for position, (category, n) in enumerate(sorted(inside.items(), key=lambda item: (-item[1], item[0]))):
        text = f"Presidio finds {category} inside {n:,} of {len(texts):,} sampled texts"
        weight = SEEN if position == 0 else 0.0
        result.append(Reason("presidio", "text.free", weight, text, f"inside:{category}", (n, len(texts))))
        if position == 0:
            result.append(Reason("presidio", "text.description", SEEN_AGAINST, text, "inside", (n, len(texts))))
    return result
