"""The workspace's keys: one that wraps all others, the signing seed, one release key per line of datasets.

Files of mode 0600 in ``keys/``, made on first use.  The release key of a line makes the pseudonyms of all its
versions alike; it never lies beside the data and never leaves the machine.
"""

from __future__ import annotations

import base64
import os
import secrets
import stat
from dataclasses import dataclass
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from release.nouns.errors import ReleaseError, Tampered
from release.vault.disk import create_once

KEY_BYTES = 32
NONCE = 12


@dataclass(frozen=True, slots=True)
class Keyring:
    """The keys in ``folder``.  Two processes may use it at once; a key is made once."""

    folder: Path

    def wrap(self, key: bytes, purpose: str) -> bytes:
        """``key`` encrypted under the workspace key, bound to ``purpose``."""
        nonce = secrets.token_bytes(NONCE)
        return nonce + AESGCM(self._workspace()).encrypt(nonce, key, purpose.encode())

    def unwrap(self, wrapped: bytes, purpose: str) -> bytes:
        """The key again.  Raises Tampered under another workspace key, purpose or a changed byte."""
        try:
            return AESGCM(self._workspace()).decrypt(wrapped[:NONCE], wrapped[NONCE:], purpose.encode())
        except (InvalidTag, ValueError):
            raise Tampered("A wrapped key does not open with this workspace's key.") from None

    def release_key(self, dataset: str) -> bytes:
        """32 secret bytes for a line of datasets: pseudonyms and keyed digests of all its versions."""
        path = self.folder / "lines" / f"{dataset}.key"
        purpose = f"line:{dataset}"
        if not path.exists():
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            return self.unwrap(create_once(path, self.wrap(secrets.token_bytes(KEY_BYTES), purpose)), purpose)
        return self.unwrap(_secret(path), purpose)

    def signing_seed(self) -> bytes:
        """The 32-byte Ed25519 seed that signs packages, certificates and seals."""
        return self._signing().private_bytes_raw()

    def public_key(self) -> bytes:
        """The 32 bytes others need to check a signature."""
        return self._signing().public_key().public_bytes_raw()

    def sign(self, message: bytes) -> str:
        """An Ed25519 signature, base64."""
        return base64.b64encode(self._signing().sign(message)).decode()

    def verify(self, message: bytes, signature: str) -> bool:
        """Whether this workspace made ``signature`` over ``message``."""
        from cryptography.exceptions import InvalidSignature

        try:
            key = Ed25519PublicKey.from_public_bytes(self.public_key())
            key.verify(base64.b64decode(signature, validate=True), message)
        except (InvalidSignature, ValueError):
            return False
        return True

    def _signing(self) -> Ed25519PrivateKey:
        path = self.folder / "signing.pem"
        if not path.exists():
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            fresh = Ed25519PrivateKey.generate().private_bytes(
                serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
            )
            create_once(path, fresh)
        try:
            key = serialization.load_pem_private_key(_secret(path), password=None)
        except ValueError:
            raise ReleaseError("The signing key in keys/signing.pem cannot be read.") from None
        if not isinstance(key, Ed25519PrivateKey):
            raise ReleaseError("The signing key in keys/signing.pem is not an Ed25519 key.")
        return key

    def _workspace(self) -> bytes:
        path = self.folder / "workspace.key"
        if not path.exists():
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            create_once(path, secrets.token_bytes(KEY_BYTES))
        key = _secret(path)
        if len(key) != KEY_BYTES:
            raise ReleaseError("The workspace key in keys/workspace.key does not have 32 bytes.")
        return key


def _secret(path: Path) -> bytes:
    """The content of a key file, refused when others than its owner may read it."""
    if os.name == "posix" and stat.S_IMODE(path.stat().st_mode) & 0o077:
        raise ReleaseError(f"Others may read keys/{path.name}.", "Run chmod 600 on it, and replace the key.")
    return path.read_bytes()
