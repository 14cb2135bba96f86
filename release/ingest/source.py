"""The input file as an object on disk: a regular file, small enough, and the same at the end as at the start."""

from __future__ import annotations

import stat
from dataclasses import dataclass
from pathlib import Path

from release.ingest.bounds import Bounds
from release.nouns.errors import BadInput


@dataclass(frozen=True, slots=True)
class Stamp:
    """What changes when a file changes: size in bytes, modification time in nanoseconds, inode."""

    size: int
    modified: int
    inode: int


def stamp(path: Path) -> Stamp:
    """The stamp of ``path`` as it is now."""
    now = path.lstat()
    return Stamp(now.st_size, now.st_mtime_ns, now.st_ino)


def check(path: Path, bounds: Bounds) -> Stamp:
    """The stamp of a file that may be read; BadInput for what is no regular file, is empty or is too large."""
    try:
        mode = path.lstat().st_mode
    except FileNotFoundError:
        raise BadInput("There is no such input file.", "Check the path.") from None
    except (OSError, ValueError):
        raise BadInput("The input path cannot be used.", "Check the path and the rights on its folder.") from None
    if stat.S_ISLNK(mode):
        raise BadInput("The input is a symbolic link.", "Give the path of the file itself.")
    if stat.S_ISDIR(mode):
        raise BadInput("The input is a folder.", "Give one file; a table in several files has to be joined first.")
    if not stat.S_ISREG(mode):
        raise BadInput("The input is a device, pipe or socket, not a file.", "Copy the data to a file first.")
    now = stamp(path)
    if now.size == 0:
        raise BadInput("The input file is empty: it holds not one byte.", "Export it again.")
    if now.size > bounds.file:
        raise BadInput(
            f"The input file has {now.size} bytes, more than the {bounds.file} that are allowed.",
            "Split it, or raise the bound.",
        )
    try:
        path.open("rb").close()
    except OSError:
        raise BadInput("The input file cannot be opened for reading.", "Check the rights on it.") from None
    return now


def check_unchanged(path: Path, before: Stamp) -> None:
    """BadInput when ``path`` is not what it was: its digest would not be that of the rows that were read."""
    try:
        same = stamp(path) == before
    except OSError:
        same = False
    if not same:
        raise BadInput("The input file changed while it was being read.", "Read it again once nobody writes to it.")
