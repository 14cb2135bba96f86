"""Writing that survives a crash: under another name first, flushed to the disk, then renamed in one step."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO


def flush_folder(folder: Path) -> None:
    """Makes renames inside ``folder`` durable."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@contextmanager
def staged(path: Path, mode: int = 0o600) -> Iterator[BinaryIO]:
    """A handle whose bytes appear as ``path`` when the block ends, and leave nothing when it raises."""
    partial = path.with_name(f".{path.name}.{secrets.token_hex(4)}.part")
    try:
        with os.fdopen(os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode), "wb") as handle:
            yield handle
            handle.flush()
            os.fsync(handle.fileno())
        partial.replace(path)
        flush_folder(path.parent)
    except BaseException:
        with suppress(FileNotFoundError):
            partial.unlink()
        raise


def create_once(path: Path, content: bytes) -> bytes:
    """Writes a secret file (0600) unless it is there; gives what is there, even when two processes race."""
    partial = path.with_name(f".{path.name}.{secrets.token_hex(4)}.part")
    with os.fdopen(os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as handle:
        handle.write(content)
        handle.flush()
        os.fsync(handle.fileno())
    try:
        os.link(partial, path)
        flush_folder(path.parent)
    except FileExistsError:
        return path.read_bytes()
    finally:
        partial.unlink()
    return content


def destroy(path: Path) -> None:
    """Overwrites a small file, flushes, and unlinks it.  Journalling disks may keep a copy: see the certificate."""
    with path.open("r+b") as handle:
        handle.write(secrets.token_bytes(path.stat().st_size))
        handle.flush()
        os.fsync(handle.fileno())
    path.unlink()
    flush_folder(path.parent)
