"""Password hashes (Argon2id with its library's defaults) and hashes of random secrets (SHA-256)."""

from __future__ import annotations

import hashlib
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pwdlib import PasswordHash


@cache
def _hasher() -> PasswordHash:
    from pwdlib import PasswordHash
    from pwdlib.hashers.argon2 import Argon2Hasher

    return PasswordHash((Argon2Hasher(),))


@cache
def _nobodys() -> str:
    return _hasher().hash("a password that opens nothing")


def hash_password(password: str) -> str:
    """An Argon2id hash with its salt and parameters."""
    return _hasher().hash(password)


def check_password(password: str, stored: str) -> bool:
    """Whether ``password`` is the one; takes as long when there is no account (``stored`` empty)."""
    right = _hasher().verify(password, stored or _nobodys())
    return right and bool(stored)


def hash_secret(secret: str) -> str:
    """SHA-256 of a random secret of 256 bit, which needs no slow hash."""
    return hashlib.sha256(secret.encode()).hexdigest()
