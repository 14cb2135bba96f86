"""Headers to field names: white space tidied, empty and repeated ones refused or, when asked for, named.

Messages name columns by number: what stands where a header should be may be a cell.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from release.ingest.bounds import Bounds
from release.ingest.settings import InputSettings
from release.nouns.errors import BadInput

LONGEST: Final = 1_000


def tidy(header: Sequence[str]) -> list[str]:
    """Every header with runs of white space (line ends too) as one blank, and none outside."""
    return [" ".join(name.replace("\ufeff", "").split()) for name in header]


def field_names(header: Sequence[str], settings: InputSettings, bounds: Bounds) -> list[str]:
    """One name a column; an empty header stays ``""`` (see :func:`name_the_unnamed`).

    BadInput for too many columns, a header over 1,000 characters and, unless ``rename_duplicates``, for repeated ones.
    ``Age`` and ``age`` count as repeated: databases and spreadsheets cannot tell such columns apart, and a measure
    taken on the wrong one would be a false promise.
    """
    if len(header) > bounds.columns:
        raise BadInput(f"The table has {len(header)} columns, more than the {bounds.columns} that are allowed.")
    names = tidy(header)
    for number, name in enumerate(names, start=1):
        if len(name) > LONGEST:
            raise BadInput(
                f"The header of column {number} is longer than {LONGEST} characters.",
                "Check that the first row is a header, and the delimiter.",
            )
    seen: dict[str, int] = {}
    for index, name in enumerate(names):
        if name.lower() in seen and name:
            if not settings.rename_duplicates:
                first = seen[name.lower()]
                alike = "the same header" if names[first] == name else "headers that differ only in their capitals"
                raise BadInput(
                    f"Columns {first + 1} and {index + 1} have {alike}.",
                    "Rename one of them, or set rename_duplicates; set header = false when the first row is data.",
                )
            names[index] = _free(name, set(names))
        seen[names[index].lower()] = index
    return names


def _free(name: str, taken: set[str]) -> str:
    small = {other.lower() for other in taken}
    number = 2
    while f"{name}_{number}".lower() in small:
        number += 1
    return f"{name}_{number}"


def name_the_unnamed(columns: Sequence[tuple[int, str]], settings: InputSettings) -> list[str]:
    """The names of ``columns`` (number from 1, header); ``column_5`` for an empty one when ``name_empty`` is set.

    Without it BadInput says which columns have no header.
    """
    empty = [number for number, name in columns if not name]
    if empty and not settings.name_empty:
        which = f"Column {empty[0]} has" if len(empty) == 1 else f"Columns {_some(empty)} have"
        raise BadInput(
            f"{which} an empty header.", "Name it, or set name_empty; set skip_rows when the header stands lower."
        )
    taken = {name for _, name in columns}
    return [name or _unless_taken(f"column_{number}", taken) for number, name in columns]


def _unless_taken(name: str, taken: set[str]) -> str:
    return _free(name, taken) if name.lower() in {other.lower() for other in taken} else name


def _some(numbers: Sequence[int]) -> str:
    shown = ", ".join(map(str, numbers[:8]))
    return shown if len(numbers) <= 8 else f"{shown} and {len(numbers) - 8} more"
