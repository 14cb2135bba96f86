"""Find the treatments and hierarchy builders: one file each, no list to edit.

A file without its object, two files with one name, or a name that differs from its file is refused at once: a
plug-in that is silently not there would leave a field untreated.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Mapping
from functools import cache
from types import MappingProxyType
from typing import Protocol, TypeVar

import anonymizers.hierarchies
import anonymizers.treatments
from anonymizers.errors import AnonymizerError
from anonymizers.hierarchy import Builder
from anonymizers.treatment import Treatment


class Named(Protocol):
    """Anything with a name to be found under."""

    @property
    def name(self) -> str:
        """The name in plans and job files."""
        ...


N = TypeVar("N", bound=Named)


def collect(package: str, paths: list[str], attribute: str, kind: type[N]) -> Mapping[str, N]:
    """Every ``attribute`` of type ``kind`` in the modules of ``package``, by name, in order of names."""
    found: dict[str, N] = {}
    for module in sorted(info.name for info in pkgutil.iter_modules(paths)):
        thing = getattr(importlib.import_module(f"{package}.{module}"), attribute, None)
        if not isinstance(thing, kind):
            raise AnonymizerError(f"{package}.{module} sets no {attribute}: every file of that folder must.")
        if thing.name in found:
            raise AnonymizerError(f"{package}.{module} repeats the name {thing.name!r}: give it another.")
        found[thing.name] = thing
    return MappingProxyType(dict(sorted(found.items())))


@cache
def treatments() -> Mapping[str, Treatment]:
    """All treatments by name."""
    return collect("anonymizers.treatments", list(anonymizers.treatments.__path__), "TREATMENT", Treatment)


@cache
def builders() -> Mapping[str, Builder]:
    """All hierarchy builders by name."""
    return collect("anonymizers.hierarchies", list(anonymizers.hierarchies.__path__), "BUILDER", Builder)


def treatment(name: str) -> Treatment:
    """The treatment called ``name``; AnonymizerError listing the names when there is none."""
    try:
        return treatments()[name]
    except KeyError:
        raise AnonymizerError(f"There is no treatment {name!r}; there are: {', '.join(treatments())}.") from None


def builder(name: str) -> Builder:
    """The hierarchy builder called ``name``; AnonymizerError listing the names when there is none."""
    try:
        return builders()[name]
    except KeyError:
        raise AnonymizerError(f"There is no hierarchy kind {name!r}; there are: {', '.join(builders())}.") from None
