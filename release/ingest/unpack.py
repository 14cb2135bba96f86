"""ZIP, gzip and Zstandard opened with a hand on the brake: bytes out, ratio and entries are counted while unpacking.

Nothing an archive says about itself is believed, neither sizes nor names; what comes out lies under a name of ours.
"""

from __future__ import annotations

import gzip
import lzma
import stat
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import IO, Final, Protocol

import pyarrow as pa

from release.ingest.bounds import MIB, Bounds
from release.ingest.kind import Kind
from release.nouns.errors import BadInput

_ENCRYPTED: Final = 0x1
_IGNORED: Final = ("__MACOSX/", ".DS_Store")


class _Readable(Protocol):
    def read(self, size: int, /) -> bytes: ...


def decompress(path: Path, target: Path, kind: Kind, bounds: Bounds) -> Path:
    """Unpack a gzip or Zstandard file to ``target``.  BadInput when it is damaged or grows past the bounds."""
    with sound(), gzip.open(path, "rb") if kind is Kind.GZIP else pa.input_stream(str(path), "zstd") as stream:
        _pour(stream, target, path.stat().st_size, bounds)
    return target


def member(path: Path, scratch: Path, bounds: Bounds) -> Path:
    """Unpack the one table of a ZIP archive.  BadInput when there is none, or more, or anything is odd about it."""
    with sound(), zipfile.ZipFile(path) as archive:
        entries = [e for e in checked(archive, bounds) if not e.is_dir() and not e.filename.startswith(_IGNORED)]
        if len(entries) != 1:
            raise BadInput(
                f"The archive holds {len(entries)} files, and exactly one table is wanted.",
                "Pack one table alone, or give the tables one by one.",
            )
        entry = entries[0]
        target = scratch / f"inside{PurePosixPath(entry.filename).suffix[:16]}"
        with archive.open(entry) as stream:
            _pour(stream, target, max(entry.compress_size, 1), bounds)
    return target


def is_workbook(path: Path) -> bool:
    """Whether a ZIP archive is an XLSX workbook (or claims to be); BadInput for an OpenDocument sheet."""
    with sound(), zipfile.ZipFile(path) as archive:
        names = set(archive.namelist())
        if "mimetype" in names and "content.xml" in names:
            raise BadInput("The input is an OpenDocument file.", "Save it as XLSX.")
        return "[Content_Types].xml" in names


def checked(archive: zipfile.ZipFile, bounds: Bounds) -> list[zipfile.ZipInfo]:
    """The entries, when each has an innocent name, is a plain file or folder and is not encrypted."""
    entries = archive.infolist()
    if len(entries) > bounds.archive_entries:
        raise BadInput(
            f"The archive has {len(entries)} entries, more than the {bounds.archive_entries} that are allowed.",
            "Pack one table alone.",
        )
    for number, entry in enumerate(entries, start=1):
        # orig_filename: Python's own reading of a name already cuts it at a NUL and turns its slashes.
        name = PurePosixPath(entry.orig_filename.replace("\\", "/"))
        if name.is_absolute() or ".." in name.parts or ":" in name.parts[:1] or "\0" in entry.orig_filename:
            raise BadInput(f"Entry {number} of the archive has a path that leads out of it.", "Pack the table alone.")
        if stat.S_ISLNK(entry.external_attr >> 16):
            raise BadInput(f"Entry {number} of the archive is a symbolic link.", "Pack the table itself.")
        if entry.flag_bits & _ENCRYPTED:
            raise BadInput("The archive is encrypted with a password.", "Pack it without one.")
    return entries


def pieces(stream: _Readable) -> Iterator[bytes]:
    """``stream`` in pieces of 1 MiB."""
    read: Callable[[int], bytes] = stream.read
    return iter(lambda: read(MIB), b"")


def _pour(stream: _Readable | IO[bytes], target: Path, packed: int, bounds: Bounds) -> None:
    total = 0
    with target.open("wb") as out:
        for piece in pieces(stream):
            total += len(piece)
            must_fit(total, packed, bounds)
            out.write(piece)
    if not total:
        raise BadInput("The archive holds an empty file.", "Pack the table again.")


def must_fit(total: int, packed: int, bounds: Bounds) -> None:
    """BadInput when ``total`` bytes out of ``packed`` are too many, in number or in ratio."""
    if total > bounds.decompressed:
        raise BadInput(
            f"The input unpacks to more than {bounds.decompressed} bytes.", "Split the table, or raise the bound."
        )
    if total > bounds.ratio_floor and total > packed * bounds.ratio:
        raise BadInput(
            f"The input unpacks to more than {bounds.ratio} times its size.",
            "Give the unpacked table, or raise the bound.",
        )


@contextmanager
def sound() -> Iterator[None]:
    """Whatever goes wrong in unpacking says one thing: the archive is damaged.  A full disk is not damage."""
    try:
        yield
    except NotImplementedError:
        raise BadInput("The archive uses a compression that is not read.", "Pack it as plain ZIP or gzip.") from None
    except (zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, OSError, pa.ArrowException, ValueError) as error:
        if isinstance(error, OSError) and error.errno:
            raise
        raise BadInput("The archive is damaged or cut off.", "Fetch or pack it again.") from None
