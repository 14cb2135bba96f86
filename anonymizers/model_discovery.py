"""Find the privacy models: one file each in ``anonymizers/models``, no list to edit."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

import anonymizers.models
from anonymizers.discovery import collect
from anonymizers.errors import AnonymizerError
from anonymizers.model import Model


@cache
def models() -> Mapping[str, Model]:
    """All privacy models by their published names."""
    return collect("anonymizers.models", list(anonymizers.models.__path__), "MODEL", Model)


def model(name: str) -> Model:
    """The model called ``name``; AnonymizerError listing the names when there is none."""
    try:
        return models()[name]
    except KeyError:
        raise AnonymizerError(f"There is no privacy model {name!r}; there are: {', '.join(models())}.") from None
