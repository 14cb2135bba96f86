"""Find the measures of privacy models: every file in ``anonymizers/measures`` that sets ``MEASURE``."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

import anonymizers.measures
from anonymizers.errors import AnonymizerError
from anonymizers.measure import Measure


@cache
def measures() -> Mapping[str, Measure]:
    """All measures by the name of the model they measure."""
    found: dict[str, Measure] = {}
    for info in pkgutil.iter_modules(anonymizers.measures.__path__):
        made = getattr(importlib.import_module(f"anonymizers.measures.{info.name}"), "MEASURE", None)
        if made is None:
            continue
        if not isinstance(made, Measure) or made.name in found:
            raise AnonymizerError(f"anonymizers.measures.{info.name}: MEASURE is no measure, or repeats a name.")
        found[made.name] = made
    return MappingProxyType(dict(sorted(found.items())))


def measure(name: str) -> Measure:
    """The measure of the model ``name``; AnonymizerError listing the names when there is none."""
    try:
        return measures()[name]
    except KeyError:
        raise AnonymizerError(f"Nothing measures {name!r}; measured are: {', '.join(measures())}.") from None
