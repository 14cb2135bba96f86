"""Format-preserving encryption FF1 (NIST SP 800-38G, algorithm 7 and 8), for many values of one length at once.

A value is a row of numerals 0 … radix-1.  Domains below one million are refused (SP 800-38G Rev. 1): small
domains can be read back by trying.  Halves must stay below 2^56, so at most 32 decimal digits.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import numpy.typing as npt

from anonymizers.cipher import block_cipher
from anonymizers.errors import AnonymizerError

LEAST_DOMAIN = 1_000_000
ROUNDS = 10
_HALF_LIMIT = 1 << 56

Numerals = npt.NDArray[np.uint8]
Numbers = npt.NDArray[np.uint64]


def fits(radix: int, length: int) -> bool:
    """Whether values of ``length`` numerals can be encrypted: the domain is neither too small nor too large."""
    larger_half = int(radix ** (length - length // 2))
    return int(radix**length) >= LEAST_DOMAIN and larger_half < _HALF_LIMIT


def encrypt(values: Numerals, radix: int, *, key: bytes, tweak: bytes = b"", cipher: str = "aes") -> Numerals:
    """FF1.Encrypt of every row; shape (n, length) in and out.  Raises AnonymizerError when the length does not fit."""
    return _feistel(values, radix, key, tweak, cipher, range(ROUNDS))


def decrypt(values: Numerals, radix: int, *, key: bytes, tweak: bytes = b"", cipher: str = "aes") -> Numerals:
    """FF1.Decrypt: the inverse of ``encrypt`` under the same key, tweak and cipher."""
    return _feistel(values, radix, key, tweak, cipher, range(ROUNDS - 1, -1, -1))


def _feistel(values: Numerals, radix: int, key: bytes, tweak: bytes, cipher: str, rounds: range) -> Numerals:
    count, length = values.shape
    if not fits(radix, length):
        raise AnonymizerError(
            f"Format-preserving encryption of {length} characters in radix {radix} is outside its bounds "
            f"(at least {LEAST_DOMAIN:,} possible values, at most 32 digits or 20 letters): use a pseudonym."
        )
    left = length // 2
    sizes = (left, length - left)
    prf = _round_function(radix, length, key, tweak, cipher)
    a, b = _number(values[:, :left], radix), _number(values[:, left:], radix)
    forward = rounds.step > 0
    for i in rounds:
        size = sizes[i % 2]
        modulus = radix**size
        if forward:
            a, b = b, _add(a, prf(i, b, modulus), modulus)
        else:
            a, b = _add(b, modulus - prf(i, a, modulus), modulus), a
    out = np.empty((count, length), np.uint8)
    _spell(a, radix, out[:, :left])
    _spell(b, radix, out[:, left:])
    return out


def _round_function(
    radix: int, length: int, key: bytes, tweak: bytes, cipher: str
) -> Callable[[int, Numbers, int], Numbers]:
    """Steps 3 to 6.iv: NUM(S) modulo the half's domain.  All blocks but the last are the same for every value."""
    permute = block_cipher(key, cipher)
    left = length // 2
    width = ((radix ** (length - left) - 1).bit_length() + 7) // 8
    taken = 4 * -(-width // 4) + 4
    head = bytes((1, 2, 1)) + radix.to_bytes(3, "big") + bytes((10, left % 256))
    head += length.to_bytes(4, "big") + len(tweak).to_bytes(4, "big")
    head += tweak + bytes((-len(tweak) - width - 1) % 16)
    whole, rest = divmod(len(head), 16)
    state = bytes(16)
    for number in range(whole):
        state = permute(_xor(state, head[16 * number : 16 * number + 16]))
    fixed = _xor(state, head[16 * whole :].ljust(16, b"\0"))

    def prf(i: int, half: Numbers, modulus: int) -> Numbers:
        blocks = np.zeros((len(half), 16), np.uint8)
        blocks[:, rest] = i
        blocks[:, 16 - width :] = half.astype(">u8").view(np.uint8).reshape(-1, 8)[:, 8 - width :]
        blocks ^= np.frombuffer(fixed, np.uint8)
        mac = np.frombuffer(permute(blocks.tobytes()), np.uint8).reshape(-1, 16)
        return _residue(mac[:, :taken], modulus)

    return prf


def _xor(a: bytes, b: bytes) -> bytes:
    return bytes(x ^ y for x, y in zip(a, b, strict=True))


def _residue(digest: Numerals, modulus: int) -> Numbers:
    """The big-endian number in each row, modulo ``modulus``, by Horner's rule in limbs that cannot overflow."""
    step = next(size for size in (4, 2, 1) if modulus.bit_length() + 8 * size <= 64)
    limbs = np.ascontiguousarray(digest).view(f">u{step}").astype(np.uint64)
    result = np.zeros(len(digest), np.uint64)
    for column in range(limbs.shape[1]):
        result = ((result << np.uint64(8 * step)) | limbs[:, column]) % np.uint64(modulus)
    return result


def _add(a: Numbers, b: Numbers, modulus: int) -> Numbers:
    return (a + b) % np.uint64(modulus)


def _number(numerals: Numerals, radix: int) -> Numbers:
    result = np.zeros(len(numerals), np.uint64)
    for column in range(numerals.shape[1]):
        result = result * np.uint64(radix) + numerals[:, column]
    return result


def _spell(numbers: Numbers, radix: int, out: Numerals) -> None:
    rest = numbers.copy()
    for column in range(out.shape[1] - 1, -1, -1):
        rest, digit = np.divmod(rest, np.uint64(radix))
        out[:, column] = digit
