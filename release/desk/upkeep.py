"""What the service does for itself from time to time: ends grants, seals the journal, drops what nothing points at, and
asks for a look at the catalogue when a pack is another than the one that graded."""

from __future__ import annotations

import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from release.desk.access import expire_grants
from release.desk.audit import seal_journal
from release.desk.desk import Desk
from release.desk.gradings import queue, stale
from release.store import releases
from release.vault.objects import Gone

GRACE_SECONDS = 24 * 3600


@dataclass(frozen=True, slots=True)
class Upkeep:
    """How much was done."""

    expired: int
    seal: int
    objects: int
    packages: int


def keep_up(desk: Desk, grace: float = GRACE_SECONDS) -> Upkeep:
    """One round.  Objects and packages without a release are dropped once they are older than ``grace`` seconds."""
    expired = expire_grants(desk)
    if stale(desk):
        with desk.store.write() as work:
            queue(desk, work)
    objects, packages = _sweep(desk, time.time() - grace)
    desk.vault.sweep_uploads()
    return Upkeep(expired, seal_journal(desk), objects, packages)


def _sweep(desk: Desk, limit: float) -> tuple[int, int]:
    held = [n for n in desk.vault.objects.names() if _changed(desk.vault.objects.path(n)) < limit]
    kept = [n for n in desk.vault.packages.names() if _changed(desk.vault.packages.path(n)) < limit]
    with desk.store.read() as work:
        objects, packages = releases.referenced(work)
    orphans = [name for name in held if name not in objects]
    for name in orphans:
        with suppress(Gone):
            desk.vault.objects.shred(name)
    leftovers = [name for name in kept if name not in packages]
    for name in leftovers:
        desk.vault.packages.drop(name)
    return len(orphans), len(leftovers)


def _changed(path: Path) -> float:
    with suppress(FileNotFoundError):
        return path.stat().st_ctime
    return time.time()
