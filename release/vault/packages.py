"""Released packages: folders under the digest of everything in them, renamed into place whole or not at all."""

from __future__ import annotations

import os
import shutil
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from release.nouns.digest import digest, file_digest
from release.nouns.errors import Tampered
from release.vault.disk import flush_folder

HEX = frozenset("0123456789abcdef")


@dataclass(frozen=True, slots=True)
class Packages:
    """The packages in ``folder``."""

    folder: Path

    def keep(self, staged: Path) -> str:
        """Moves a finished folder in and gives its digest; a package that is there already is not written again."""
        name = tree_digest(staged)
        target = self.path(name)
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        _flush(staged)
        if target.exists():
            shutil.rmtree(staged)
        else:
            staged.rename(target)
            flush_folder(self.folder)
        return name

    def path(self, name: str) -> Path:
        """Where the package ``name`` lies, whether or not it does."""
        if len(name) != 64 or set(name) - HEX:
            raise Tampered("A release names a package that cannot exist.")
        return self.folder / name

    def measured(self, name: str) -> str:
        """The digest of the package's bytes as they are now; empty when it is gone."""
        path = self.path(name) if name else None
        return tree_digest(path) if path is not None and path.is_dir() else ""

    def glanced(self, name: str) -> str:
        """Like :meth:`measured`, but bytes are read again only when size, change time or inode of a file changed.

        For every request of a download: it sees a file replaced or rewritten, not a disk that rots in place.
        """
        path = self.path(name) if name else None
        if path is None or not path.is_dir():
            return ""
        return _remembered(path, _look(path))

    def names(self) -> tuple[str, ...]:
        """Every package there is."""
        return tuple(p.name for p in self.folder.iterdir() if p.is_dir()) if self.folder.exists() else ()

    def drop(self, name: str) -> None:
        """Removes a package that was never released."""
        if name and self.path(name).exists():
            shutil.rmtree(self.path(name))


def tree_digest(folder: Path) -> str:
    """SHA-256 over the sorted (path, SHA-256 of the bytes) of every file.  A link in it is an offence."""
    found = []
    for path in sorted(folder.rglob("*")):
        if path.is_symlink():
            raise Tampered("A package holds a link.")
        if path.is_file():
            found.append((path.relative_to(folder).as_posix(), file_digest(path)))
    return digest(found)


Look = tuple[tuple[str, int, int, int], ...]


def _look(folder: Path) -> Look:
    found = []
    for path in sorted(folder.rglob("*")):
        about = path.lstat()
        found.append((str(path), about.st_size, about.st_ctime_ns, about.st_ino))
    return tuple(found)


@lru_cache(maxsize=256)
def _remembered(folder: Path, look: Look) -> str:
    return tree_digest(folder)


def _flush(folder: Path) -> None:
    for path in (*folder.rglob("*"), folder):
        handle = os.open(path, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
