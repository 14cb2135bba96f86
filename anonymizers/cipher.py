"""Every use of cryptography in this library: key separation, keyed digests, block ciphers, a keyed order of rows.

Nothing here is an algorithm of our own; the primitives are those of the ``cryptography`` package.  SM3 and SM4
(GB/T 32905, GB/T 32907) stand beside SHA-256 and AES.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers import Cipher, CipherContext, algorithms, modes
from cryptography.hazmat.primitives.hmac import HMAC
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from anonymizers.errors import AnonymizerError

LEAST_KEY_BYTES = 32
DIGEST_BYTES = 32

_HASHES: dict[str, Callable[[], hashes.HashAlgorithm]] = {"sm3": hashes.SM3, "sha256": hashes.SHA256}
_KEY_BYTES = {"aes": 32, "sm4": 16}


def derive(key: bytes, *, purpose: str, scope: str, size: int = 32, algorithm: str = "sha256") -> bytes:
    """A key of ``size`` bytes for one purpose and scope, by HKDF (RFC 5869) from the release key.

    Different purposes or scopes give unrelated keys.  Raises AnonymizerError when ``key`` is shorter than 32 bytes."""
    if len(key) < LEAST_KEY_BYTES:
        raise AnonymizerError(
            f"The release key has {len(key)} bytes; a keyed treatment needs at least {LEAST_KEY_BYTES}: "
            "make one with a secure random generator and keep it away from the data."
        )
    info = b"sluice/1\x00" + purpose.encode() + b"\x00" + scope.encode()
    return HKDF(algorithm=_HASHES[algorithm](), length=size, salt=None, info=info).derive(key)


def keyed_digests(key: bytes, algorithm: str, messages: Iterable[bytes], size: int) -> bytes:
    """HMAC (RFC 2104) of every message, each cut to its first ``size`` bytes, one after another."""
    start = HMAC(key, _HASHES[algorithm]())
    digests = []
    for message in messages:
        mac = start.copy()
        mac.update(message)
        digests.append(mac.finalize()[:size])
    return b"".join(digests)


def block_cipher(key: bytes, cipher: str) -> Callable[[bytes], bytes]:
    """The bare permutation of 16-byte blocks (ECB), to build modes from; never used on data directly."""
    algorithm = algorithms.SM4(key) if cipher == "sm4" else algorithms.AES(key)
    context: CipherContext = Cipher(algorithm, modes.ECB()).encryptor()  # noqa: S305  a PRF inside FF1, not a mode for data
    return context.update


def cipher_key(key: bytes, cipher: str, *, purpose: str, scope: str) -> bytes:
    """A derived key of the size that ``cipher`` ("aes" 256 bit, "sm4" 128 bit) takes."""
    algorithm = "sm3" if cipher == "sm4" else "sha256"
    return derive(key, purpose=purpose, scope=scope, size=_KEY_BYTES[cipher], algorithm=algorithm)


def keystream(key: bytes, size: int, *, offset: int = 0) -> bytes:
    """``size`` pseudorandom bytes (AES-256 in counter mode), the same for the same key.

    ``offset`` skips bytes and must be a multiple of 16."""
    counter = (offset // 16).to_bytes(16, "big")
    context = Cipher(algorithms.AES(key), modes.CTR(counter)).encryptor()
    return context.update(bytes(size))
