"""The folder a service lives in: database, keys, encrypted objects, packages, scratch.

Raw data are in plain only inside ``scratch/``, in a folder of one job, for as long as that job runs.
"""

from __future__ import annotations

import os
import secrets
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from release.vault.keyring import Keyring
from release.vault.objects import Objects
from release.vault.packages import Packages

STALE_SECONDS = 24 * 3600


@dataclass(frozen=True, slots=True)
class Vault:
    """Everything of a workspace that is not in the database."""

    home: Path

    @property
    def keyring(self) -> Keyring:
        """The keys."""
        return Keyring(self.home / "keys")

    @property
    def objects(self) -> Objects:
        """The encrypted uploads."""
        return Objects(self.home / "objects", self.keyring)

    @property
    def packages(self) -> Packages:
        """The produced packages."""
        return Packages(self.home / "packages")

    @property
    def database(self) -> Path:
        """The SQLite file of a workspace that has no other database."""
        return self.home / "sluice.db"

    @contextmanager
    def scratch(self, owner: str) -> Iterator[Path]:
        """A private folder on the workspace's own disk, gone after the block."""
        folder = self.home / "scratch" / f"{owner}.{secrets.token_hex(4)}"
        folder.mkdir(mode=0o700, parents=True)
        try:
            yield folder
        finally:
            shutil.rmtree(folder, ignore_errors=True)

    def sweep(self, owner: str) -> int:
        """Removes what a killed process of ``owner`` left in scratch; how many folders."""
        left = list((self.home / "scratch").glob(f"{owner}.*"))
        for folder in left:
            shutil.rmtree(folder, ignore_errors=True)
        return len(left)

    def sweep_uploads(self) -> int:
        """Removes uploads that never ended (a process died while it received); how many."""
        limit = time.time() - STALE_SECONDS
        left = [p for p in (self.home / "objects").glob(".*.part") if p.stat().st_mtime < limit]
        for path in left:
            path.unlink(missing_ok=True)
        return len(left)


def open_vault(home: Path) -> Vault:
    """The vault in ``home``, made when it is new, readable by its owner only."""
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    for room in ("keys", "objects", "packages", "scratch"):
        (home / room).mkdir(mode=0o700, exist_ok=True)
    return Vault(home)


def default_home() -> Path:
    """$SLUICE_HOME, or the folder ``.sluice`` of the person who runs this."""
    given = os.environ.get("SLUICE_HOME")
    return Path(given) if given else Path.home() / ".sluice"
