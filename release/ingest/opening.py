"""From a file to its reader: wrappers are opened once, into the scratch folder, then the bytes inside decide.

A wrapper inside a wrapper is refused: nobody sends a table that way by accident, and a bomb is built that way.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Final

from release.ingest import columnar, delimited, records, unpack, workbook
from release.ingest.bounds import Bounds
from release.ingest.incoming import Incoming
from release.ingest.kind import Kind, kind
from release.ingest.settings import InputSettings
from release.nouns.digest import file_digest
from release.nouns.errors import BadInput

_HEAD: Final = 4_096
_WRAPPED: Final = (".zip", ".gz", ".zst")


def open_file(path: Path, scratch: Path, settings: InputSettings, bounds: Bounds) -> Incoming:
    """The table in ``path``, its digest and its name.  BadInput for what cannot be opened or read."""
    found = _kind(path)
    if found in (Kind.GZIP, Kind.ZSTD):
        inside = unpack.decompress(path, scratch / f"inside{_inner_suffix(path)}", found, bounds)
    elif found is Kind.ZIP:
        inside = unpack.member(path, scratch, bounds)
    else:
        return _named(_read(path, found, settings, bounds), path)
    found = _kind(inside)
    if found in (Kind.GZIP, Kind.ZSTD, Kind.ZIP):
        raise BadInput("The archive holds another archive.", "Pack the table itself, once.")
    incoming = _read(inside, found, settings, bounds)
    return _named(replace(incoming, digest=[file_digest(path)]), path)


def _kind(path: Path) -> Kind:
    with path.open("rb") as handle:
        found = kind(handle.read(_HEAD), path.suffix)
    if found is Kind.ZIP and unpack.is_workbook(path):
        return Kind.WORKBOOK
    return found


def _inner_suffix(path: Path) -> str:
    return Path(path.stem).suffix[:16]


def _read(path: Path, found: Kind, settings: InputSettings, bounds: Bounds) -> Incoming:
    match found:
        case Kind.PARQUET:
            incoming = columnar.read(path, bounds)
        case Kind.JSON:
            incoming = records.read(path, settings, bounds)
        case Kind.WORKBOOK | Kind.OLE:
            incoming = workbook.read(path, found, settings, bounds)
        case _:
            return delimited.read(path, settings, bounds)
    return incoming if incoming.digest else replace(incoming, digest=[file_digest(path)])


def _named(incoming: Incoming, path: Path) -> Incoming:
    name = path.name
    for suffix in _WRAPPED:
        name = name.removesuffix(suffix)
    return replace(incoming, name=Path(name).stem, source=path.name)
