"""An encrypted file: AES-256-GCM in pieces, so that a large upload never lies in memory nor in plain on the disk.

Every file has a key of its own that is used for nothing else, so the nonce is the number of the piece; its last byte
marks the last piece, and a file that was cut, lengthened or reordered does not open (the STREAM construction of
Hoang, Reyhanitabar, Rogaway and Vizár, 2015).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from release.nouns.errors import Tampered

MAGIC = b"SLUICE\x00\x01"
PIECE = 1 << 18
TAG = 16


class Writer:
    """Takes plain bytes, writes sealed ones to ``handle``; ``close()`` writes the last piece."""

    def __init__(self, handle: BinaryIO, key: bytes) -> None:
        self._handle, self._cipher = handle, AESGCM(key)
        self._buffer, self._number = bytearray(), 0
        self._plain, self._outer = hashlib.sha256(), hashlib.sha256()
        self.size = 0
        self._put(MAGIC)

    def write(self, data: bytes) -> None:
        """Adds plain bytes."""
        self.size += len(data)
        self._plain.update(data)
        self._buffer += data
        while len(self._buffer) > PIECE:
            self._seal(bytes(self._buffer[:PIECE]), last=False)
            del self._buffer[:PIECE]

    def close(self) -> None:
        """Seals what is left as the last piece; a file without it does not open."""
        self._seal(bytes(self._buffer), last=True)
        self._buffer.clear()

    @property
    def digest(self) -> str:
        """SHA-256 of the plain bytes."""
        return self._plain.hexdigest()

    @property
    def name(self) -> str:
        """SHA-256 of the sealed bytes, which says nothing about the plain ones."""
        return self._outer.hexdigest()

    def _seal(self, piece: bytes, last: bool) -> None:
        self._put(self._cipher.encrypt(_nonce(self._number, last), piece, MAGIC))
        self._number += 1

    def _put(self, data: bytes) -> None:
        self._outer.update(data)
        self._handle.write(data)

    def __enter__(self) -> Writer:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if kind is None:
            self.close()


def pieces(path: Path, key: bytes) -> Iterator[bytes]:
    """The plain bytes of a sealed file, piece by piece.  Raises Tampered when a bit is not as it was written."""
    cipher, number = AESGCM(key), 0
    with path.open("rb") as handle:
        if handle.read(len(MAGIC)) != MAGIC:
            raise Tampered("A stored object has no header of this vault.")
        piece = handle.read(PIECE + TAG)
        while True:
            following = handle.read(PIECE + TAG)
            try:
                yield cipher.decrypt(_nonce(number, last=not following), piece, MAGIC)
            except (InvalidTag, ValueError):
                raise Tampered("A stored object was changed or cut.", "Restore it from a backup.") from None
            if not following:
                return
            piece, number = following, number + 1


def _nonce(number: int, last: bool) -> bytes:
    return number.to_bytes(11, "big") + (b"\x01" if last else b"\x00")
