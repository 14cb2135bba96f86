"""What a person said a field is: evidence for the next table that has a field of the same name."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from classifiers.category import Tree
from classifiers.errors import ClassifierError
from classifiers.finding import Reason
from classifiers.table import Header

SAME_TABLE, SAME_NAME = 9.0, 6.0


@dataclass(frozen=True, slots=True)
class Correction:
    """``header`` is the name as people read it, ``physical`` and ``table`` may be empty."""

    header: str
    category: str
    physical: str = ""
    table: str = ""


def _plain(name: str) -> str:
    """The name without case, width, blanks and punctuation; digits stay: ``k7`` is not ``k8``."""
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", name).casefold())


def _same(one: str, other: str) -> bool:
    return bool(_plain(one)) and _plain(one) == _plain(other)


def reasons(header: Header, table: str, corrections: Iterable[Correction], tree: Tree) -> list[Reason]:
    """Evidence from the corrections that fit; ClassifierError when one names a category nobody knows."""
    best: dict[str, tuple[float, str]] = {}
    for correction in corrections:
        if correction.category not in tree:
            raise ClassifierError(f"A correction names the unknown category {correction.category!r}.")
        if not (_same(correction.header, header.name) or _same(correction.physical, header.physical)):
            continue
        same = _same(correction.table, table)
        weight = SAME_TABLE if same else SAME_NAME
        text = f"A person decided so before for a field of this name{' in this table' if same else ''}"
        if weight > best.get(correction.category, (0.0, ""))[0]:
            best[correction.category] = (weight, text)
    return [Reason("correction", category, w, text, "correction") for category, (w, text) in sorted(best.items())]
