"""Encrypted uploads, each under the SHA-256 of its sealed bytes, with a wrapped key of its own beside it.

Destroying an object is destroying its key: without it the sealed bytes are noise, wherever a backup keeps them.
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from release.nouns.digest import file_digest
from release.nouns.errors import ReleaseError, Tampered
from release.vault.disk import create_once, destroy, flush_folder
from release.vault.keyring import Keyring
from release.vault.sealed import Writer, pieces

HEX = frozenset("0123456789abcdef")


class Gone(ReleaseError):
    """The object was destroyed, or was never here."""


@dataclass(frozen=True, slots=True)
class Stored:
    """A kept object: its name, the SHA-256 of its plain bytes and their number."""

    name: str
    digest: str
    size: int


class Upload:
    """Bytes on their way in.  After the block of :meth:`Objects.take`, ``stored`` says what was kept."""

    def __init__(self, writer: Writer) -> None:
        self._writer = writer
        self.stored: Stored | None = None

    @property
    def size(self) -> int:
        """Plain bytes so far."""
        return self._writer.size

    def write(self, data: bytes) -> None:
        """Adds plain bytes."""
        self._writer.write(data)


@dataclass(frozen=True, slots=True)
class Objects:
    """The encrypted objects in ``folder``, their keys wrapped by ``keyring``."""

    folder: Path
    keyring: Keyring

    @contextmanager
    def take(self) -> Iterator[Upload]:
        """Takes an upload piece by piece; nothing is kept when the block raises."""
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        partial = self.folder / f".{secrets.token_hex(8)}.part"
        key = AESGCM.generate_key(bit_length=256)
        try:
            with os.fdopen(os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as handle:
                with Writer(handle, key) as writer:
                    upload = Upload(writer)
                    yield upload
                handle.flush()
                os.fsync(handle.fileno())
            self._keep(partial, writer.name, key)
        except BaseException:
            with suppress(FileNotFoundError):
                partial.unlink()
            raise
        upload.stored = Stored(writer.name, writer.digest, writer.size)

    def keep(self, source: Path) -> Stored:
        """Takes a whole file."""
        with self.take() as upload, source.open("rb") as handle:
            while piece := handle.read(1 << 20):
                upload.write(piece)
        if upload.stored is None:
            raise Tampered("An object was not kept.")
        return upload.stored

    def fetch(self, name: str, target: Path) -> None:
        """Writes the plain bytes of an object to ``target``, a new file only its owner may read."""
        path, key = self.path(name), self._key(name)
        with os.fdopen(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as handle:
            for piece in pieces(path, key):
                handle.write(piece)

    def holds(self, name: str) -> bool:
        """Whether the object and its key are here."""
        return self.path(name).exists() and self._key_path(name).exists()

    def intact(self, name: str) -> bool:
        """Whether the sealed bytes are what they were; needs no key."""
        path = self.path(name)
        return path.exists() and file_digest(path) == name

    def names(self) -> tuple[str, ...]:
        """Every object there is."""
        return tuple(p.name for p in self.folder.glob("??/*") if len(p.name) == 64)

    def shred(self, name: str) -> None:
        """Destroys the key, then drops the sealed bytes.  Raises Gone when there is no such object."""
        key = self._key_path(name)
        if not key.exists():
            raise Gone("There is no such object in the vault.")
        destroy(key)
        with suppress(FileNotFoundError):
            self.path(name).unlink()

    def _keep(self, partial: Path, name: str, key: bytes) -> None:
        path = self.path(name)
        path.parent.mkdir(mode=0o700, exist_ok=True)
        create_once(self._key_path(name), self.keyring.wrap(key, f"object:{name}"))
        partial.replace(path)
        flush_folder(path.parent)

    def _key(self, name: str) -> bytes:
        try:
            return self.keyring.unwrap(self._key_path(name).read_bytes(), f"object:{name}")
        except FileNotFoundError:
            raise Gone("The object was destroyed, or was never in this vault.") from None

    def path(self, name: str) -> Path:
        """Where the sealed bytes lie.  Raises Gone for what cannot be a name."""
        if len(name) != 64 or set(name) - HEX:
            raise Gone("There is no such object in the vault.")
        return self.folder / name[:2] / name

    def _key_path(self, name: str) -> Path:
        return self.path(name).with_suffix(".key")
