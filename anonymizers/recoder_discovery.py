"""Find the recodings: one file each in ``anonymizers/recoding``, no list to edit."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

import anonymizers.recoding
from anonymizers.discovery import collect
from anonymizers.errors import AnonymizerError
from anonymizers.recoder import Recoder


@cache
def recoders() -> Mapping[str, Recoder]:
    """All recodings by name; full-domain generalisation (``global``) is the search itself and not among them."""
    return collect("anonymizers.recoding", list(anonymizers.recoding.__path__), "RECODING", Recoder)


def recoder(name: str) -> Recoder:
    """The recoding called ``name``; AnonymizerError listing the names when there is none."""
    try:
        return recoders()[name]
    except KeyError:
        raise AnonymizerError(f"There is no recoding {name!r}; there are: global, {', '.join(recoders())}.") from None
