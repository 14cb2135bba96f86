"""How many different values a column has: exact up to a cap, an estimate above it, in bounded memory.

Keeps the ``cap`` smallest 64-bit hashes seen (Bar-Yossef et al., *Counting distinct elements in a data stream*,
2002).  Fewer than ``cap``: that is the count.  More: (cap − 1) / (cap-th smallest as a share of 2^64), whose
relative standard error is 1/√cap, 0.4 % at 65,536.
"""

from __future__ import annotations

import hashlib
from typing import Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa

CAP: Final = 65_536
_LONG: Final = 512  # bytes; longer values are hashed one by one
Hashes = npt.NDArray[np.uint64]
_M1, _M2, _M3 = (np.uint64(m) for m in (0x9E3779B97F4A7C15, 0xBF58476D1CE4E5B9, 0x94D049BB133111EB))


def hashes(values: pa.Array) -> Hashes:
    """A 64-bit hash of every present value's bytes (string array); eight bytes at a time, whole columns at once."""
    values = values.drop_null()
    if not len(values):
        return np.zeros(0, np.uint64)
    _, offset_buffer, data_buffer = values.buffers()
    offsets = np.frombuffer(offset_buffer, np.int32)[values.offset : values.offset + len(values) + 1].astype(np.int64)
    data = np.frombuffer(data_buffer, np.uint8)[offsets[0] : offsets[-1]] if data_buffer else np.zeros(0, np.uint8)
    start, length = offsets[:-1] - offsets[0], np.diff(offsets)
    padded = np.concatenate([data, np.zeros(8, np.uint8)])
    words = np.ndarray(shape=(len(data) + 1,), dtype="<u8", buffer=padded, strides=(1,))
    state = length.astype(np.uint64) * _M1
    for index in np.flatnonzero(length > _LONG):
        piece = data[start[index] : start[index] + length[index]].tobytes()
        state[index] = int.from_bytes(hashlib.blake2b(piece, digest_size=8).digest())
    active, done = np.flatnonzero(length <= _LONG), 0
    while True:
        active = active[length[active] > done]
        if not len(active):
            return _finish(state)
        word = words[start[active] + done]
        left = np.minimum(length[active] - done, 8).astype(np.uint64)
        keep = np.where(left < 8, (np.uint64(1) << (left * np.uint64(8) % np.uint64(64))) - np.uint64(1), ~np.uint64(0))
        state[active] = _mix(state[active] ^ (word & keep))
        done += 8


def _mix(x: Hashes) -> Hashes:
    x = x * _M2
    x = x ^ (x >> np.uint64(29))
    return x * _M1


def _finish(x: Hashes) -> Hashes:
    x = (x ^ (x >> np.uint64(30))) * _M2
    x = (x ^ (x >> np.uint64(27))) * _M3
    return x ^ (x >> np.uint64(31))


def _sorted_once(numbers: Hashes) -> Hashes:
    """What np.unique does; sorting 64-bit integers is several times faster than the hash table it uses."""
    numbers = np.sort(numbers)
    kept: Hashes = numbers[np.concatenate([[True], numbers[1:] != numbers[:-1]])]
    return kept


class Distinct:
    """A running count for one column."""

    def __init__(self, cap: int = CAP) -> None:
        self._cap = cap
        self._smallest: Hashes = np.zeros(0, np.uint64)

    def add(self, values: pa.Array) -> None:
        """Count the present values of a string array."""
        fresh = hashes(values)
        if len(self._smallest) == self._cap:
            fresh = fresh[fresh < self._smallest[-1]]
        if len(fresh):
            self._smallest = _sorted_once(np.concatenate([self._smallest, _sorted_once(fresh)]))[: self._cap]

    def count(self) -> int:
        """Exact below the cap, else the estimate, rounded."""
        if len(self._smallest) < self._cap:
            return len(self._smallest)
        return round((self._cap - 1) * 2.0**64 / float(self._smallest[-1]))
