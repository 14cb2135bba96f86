"""Released packages: folders under the digest of everything in them, renamed into place whole or not at all."""

from __future__ import annotations

import os
import shutil
from dataclasses import dataclass
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


def _flush(folder: Path) -> None:
    for path in (*folder.rglob("*"), folder):
        handle = os.open(path, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
