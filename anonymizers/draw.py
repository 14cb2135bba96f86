"""Pseudorandom draws for perturbation, from the release key: AES-256 in counter mode, one stream a purpose and scope.

What a reader would get wrong: this is not the noise of differential privacy, which is drawn by OpenDP alone.  A
perturbation must come out the same for the same plan, table and key; nobody without the key can subtract it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from anonymizers.cipher import derive, keyed_digests, keystream
from anonymizers.normal import quantile

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

NO_MATTER = ("with", "unfit")  # who else is in the group is told by the columns


@dataclass(frozen=True, slots=True)
class Draw:
    """Draws of one treatment.  Every ``stream`` number gives its own independent numbers, the same ones each time."""

    key: bytes

    def bits(self, count: int, stream: int) -> NDArray[np.uint64]:
        """``count`` words of 64 bits."""
        key = derive(self.key, purpose="draw", scope=str(stream))
        return np.frombuffer(keystream(key, 8 * count), "<u8").astype(np.uint64)

    def uniform(self, count: int, stream: int) -> Floats:
        """Numbers in the open interval (0, 1), multiples of 2⁻⁵³ plus a half of it."""
        return ((self.bits(count, stream) >> np.uint64(11)).astype(np.float64) + 0.5) * 2.0**-53

    def normal(self, count: int, stream: int) -> Floats:
        """Standard normal numbers, by inversion."""
        return quantile(self.uniform(count, stream))

    def order(self, count: int, stream: int) -> Ints:
        """A permutation of 0 … count − 1."""
        return np.argsort(self.bits(count, stream), kind="stable").astype(np.int64)

    def of_values(self, values: Sequence[str]) -> NDArray[np.uint64]:
        """64 bits for every text, the same for the same text wherever it stands."""
        key = derive(self.key, purpose="draw", scope="values")
        digests = keyed_digests(key, "sha256", (value.encode() for value in values), 8)
        return np.frombuffer(digests, "<u8").astype(np.uint64)


def draw(key: bytes, method: str, scope: str) -> Draw:
    """The draws of ``method`` in ``scope``.  Raises AnonymizerError without a key of at least 32 bytes."""
    return Draw(derive(key, purpose=f"perturb/{method}", scope=scope))


def draw_for(key: bytes, method: str, params: Mapping[str, Any], columns: Mapping[str, pa.Array]) -> Draw:
    """The draws of ``method`` for exactly these columns under exactly these parameters (``with`` left out).

    A change in one cell or in one parameter gives unrelated draws: if two releases shared theirs, their difference
    would cancel the noise.  Two releases of one table can still be averaged; that is what releasing twice costs."""
    told = json.dumps({name: params[name] for name in sorted(params) if name not in NO_MATTER}, default=list)
    secret = derive(key, purpose="draw/columns", scope=method)
    content = (part for name in sorted(columns) for part in (name.encode(), _content(columns[name])))
    seen = keyed_digests(secret, "sha256", content, 32)
    return draw(key, method, told + "\x00" + hashlib.sha256(seen).hexdigest())


def _content(column: pa.Array) -> bytes:
    """All cells as one text; a missing cell is a sign that no text in a table holds."""
    texts = pc.fill_null(column.cast(pa.large_string()), "\x00\x01")
    lists = pa.LargeListArray.from_arrays(pa.array([0, len(texts)], pa.int64()), texts)
    return bytes(pc.binary_join(lists, pa.scalar("\x1f", pa.large_string()))[0].as_buffer())
