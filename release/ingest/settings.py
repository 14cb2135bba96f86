"""What a person may say about an input; everything else is sniffed.  The ``[input]`` table of a job file."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from release.nouns.dataset import FieldType
from release.nouns.errors import BadInput
from release.tabular.missing import Tokens
from release.tabular.reading import Spelling


@dataclass(frozen=True, slots=True)
class InputSettings:
    """All optional; None means: find out.

    ``header`` None looks whether the first row is a header.  ``skip_rows`` leaves out rows above it (a title).
    ``sheet`` is a sheet's name or its number from 1.  ``table``/``query`` name what to read behind a database URL.
    ``missing`` replaces the documented list of missing spellings.  ``types`` forces field types by field name;
    ``comments`` and ``physical`` carry a data dictionary.  ``name_empty`` gives empty headers a name,
    ``rename_duplicates`` numbers repeated ones; without them both are refused.
    """

    name: str | None = None
    encoding: str | None = None
    delimiter: str | None = None
    quote: str | None = None
    header: bool | None = None
    skip_rows: int = 0
    sheet: str | int | None = None
    table: str | None = None
    query: str | None = None
    name_empty: bool = False
    rename_duplicates: bool = False
    missing: tuple[str, ...] | None = None
    day_first: bool | None = None
    roc: bool | None = None
    types: Mapping[str, FieldType] = field(default_factory=dict)
    comments: Mapping[str, str] = field(default_factory=dict)
    physical: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.delimiter is not None and (len(self.delimiter) != 1 or self.delimiter in '\r\n"'):
            raise BadInput("The delimiter must be one character that is neither a quote nor a line end.")
        if self.quote is not None and (len(self.quote) != 1 or self.quote in "\r\n" or self.quote == self.delimiter):
            raise BadInput("The quote must be one character that is neither the delimiter nor a line end.")
        if self.skip_rows < 0:
            raise BadInput("skip_rows counts rows above the header and cannot be negative.")
        if self.table is not None and self.query is not None:
            raise BadInput("Give either table or query, not both.")

    @classmethod
    def from_mapping(cls, given: Mapping[str, Any]) -> InputSettings:
        """Settings from the ``[input]`` table of a job file.  BadInput names what is not understood."""
        known = {f.name for f in dataclasses.fields(cls)}
        for key, value in given.items():
            if key not in known:
                raise BadInput(f"[input] has no key {key!r}.", f"Known keys are {', '.join(sorted(known))}.")
            if not isinstance(value, _ALLOWED[key]) or (isinstance(value, bool) and bool not in _ALLOWED[key]):
                raise BadInput(f"[input] {key} has a value of the wrong kind.")
        values = dict(given)
        if "delimiter" in values:
            values["delimiter"] = _SPOKEN.get(values["delimiter"].lower(), values["delimiter"])
        if "missing" in values:
            values["missing"] = tuple(str(token) for token in values["missing"])
        if "types" in values:
            values["types"] = {str(name): _field_type(str(name), type_) for name, type_ in values["types"].items()}
        return cls(**values)

    def spelling(self) -> Spelling:
        """What of this concerns how values are written."""
        tokens = Tokens() if self.missing is None else Tokens.only(self.missing)
        return Spelling(tokens, self.day_first, self.roc)


_SPOKEN = {"tab": "\t", "\\t": "\t", "comma": ",", "semicolon": ";", "pipe": "|"}
_FLAG = (bool,)
_TEXT = (str,)
_ALLOWED: Mapping[str, tuple[type, ...]] = {
    **dict.fromkeys(("name", "encoding", "delimiter", "quote", "table", "query"), _TEXT),
    **dict.fromkeys(("header", "name_empty", "rename_duplicates", "day_first", "roc"), _FLAG),
    **dict.fromkeys(("types", "comments", "physical"), (dict,)),
    "skip_rows": (int,),
    "sheet": (str, int),
    "missing": (list, tuple),
}


def _field_type(name: str, value: object) -> FieldType:
    try:
        return FieldType(str(value))
    except ValueError:
        raise BadInput(
            f"[input] types gives field {name!r} a type that does not exist.",
            f"Types are {', '.join(t.value for t in FieldType)}.",
        ) from None
