"""Ed25519 signatures over the manifest, and digests that only the holder of the release key can make.

What a reader would get wrong: a plain SHA-256 of a small input can be found again by trying every input that is
thinkable, so what is published of an input is a keyed digest (:func:`keyed_digest`), never its bare hash.
Sources: RFC 8032 (Ed25519), RFC 5869 (HKDF), RFC 2104 (HMAC).
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
from dataclasses import dataclass, field

from release.nouns.digest import canonical
from release.nouns.errors import BadInput, Tampered

SEED_BYTES = 32
ALGORITHM = "Ed25519"
KEYED = "hmac-sha256"
MAX_SIGNATURE_FILE = 4096


@dataclass(frozen=True, slots=True)
class SigningKey:
    """The 32-byte Ed25519 seed of whoever releases.  Its ``repr`` never shows it.  Raises BadInput on another size."""

    seed: bytes = field(repr=False)

    def __post_init__(self) -> None:
        if len(self.seed) != SEED_BYTES:
            raise BadInput(
                f"The signing key has {len(self.seed)} bytes.", f"Give the {SEED_BYTES} bytes of an Ed25519 seed."
            )

    def public(self) -> bytes:
        """The 32 bytes that others need to check a signature."""
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

        return Ed25519PrivateKey.from_private_bytes(self.seed).public_key().public_bytes_raw()


@dataclass(frozen=True, slots=True)
class Signature:
    """A detached signature with the public key it claims to be made by."""

    public_key: bytes
    value: bytes

    def key_id(self) -> str:
        """The name of the key: see :func:`key_id`."""
        return key_id(self.public_key)

    def to_bytes(self) -> bytes:
        """The content of ``MANIFEST.sig``: one line of canonical JSON."""
        return (
            canonical(
                {
                    "algorithm": ALGORITHM,
                    "key_id": self.key_id(),
                    "public_key": base64.b64encode(self.public_key).decode(),
                    "signature": base64.b64encode(self.value).decode(),
                }
            )
            + b"\n"
        )


def key_id(public_key: bytes) -> str:
    """The first 16 hexadecimal digits of the SHA-256 of a public key: enough to tell keys apart, not to trust one."""
    return hashlib.sha256(public_key).hexdigest()[:16]


def sign(message: bytes, key: SigningKey) -> Signature:
    """Signs ``message``.  Deterministic: the same message and key give the same bytes."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    value = Ed25519PrivateKey.from_private_bytes(key.seed).sign(message)
    return Signature(public_key=key.public(), value=value)


def holds(message: bytes, signature: Signature) -> bool:
    """Whether ``signature`` is its own key's signature of ``message``; says nothing about trust in that key."""
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    try:
        Ed25519PublicKey.from_public_bytes(signature.public_key).verify(signature.value, message)
    except (InvalidSignature, ValueError):
        return False
    return True


def read_signature(content: bytes) -> Signature:
    """Parses ``MANIFEST.sig``.  Raises Tampered when it is not exactly what :meth:`Signature.to_bytes` writes."""
    if len(content) > MAX_SIGNATURE_FILE:
        raise Tampered("MANIFEST.sig is larger than any signature.")
    try:
        document = json.loads(content)
        public_key = base64.b64decode(document["public_key"], validate=True)
        value = base64.b64decode(document["signature"], validate=True)
    except (ValueError, TypeError, KeyError, RecursionError, binascii.Error):
        raise Tampered("MANIFEST.sig is not a signature file.") from None
    signature = Signature(public_key=public_key, value=value)
    if len(public_key) != SEED_BYTES or signature.to_bytes() != content:
        raise Tampered("MANIFEST.sig is not written the way a signature file is.")
    return signature


def keyed_digest(key: SigningKey, purpose: str, content: bytes) -> str:
    """HMAC-SHA-256 of ``content`` under a key derived from the release key for ``purpose``, as ``hmac-sha256:HEX``."""
    from cryptography.hazmat.primitives import hashes, hmac
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF

    derived = HKDF(algorithm=hashes.SHA256(), length=32, salt=None, info=b"sluice/publish/" + purpose.encode())
    mac = hmac.HMAC(derived.derive(key.seed), hashes.SHA256())
    mac.update(content)
    return f"{KEYED}:{mac.finalize().hex()}"
