"""Find the utility metrics: one file each in ``anonymizers/utility/metrics``, no list to edit."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

import anonymizers.utility.metrics
from anonymizers.discovery import collect
from anonymizers.errors import AnonymizerError
from anonymizers.utility.metric import Utility


@cache
def utilities() -> Mapping[str, Utility]:
    """All metrics by name."""
    return collect("anonymizers.utility.metrics", list(anonymizers.utility.metrics.__path__), "UTILITY", Utility)


def utility(name: str) -> Utility:
    """The metric called ``name``; AnonymizerError listing the names when there is none."""
    try:
        return utilities()[name]
    except KeyError:
        raise AnonymizerError(f"There is no utility metric {name!r}; there are: {', '.join(utilities())}.") from None
