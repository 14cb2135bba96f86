"""Replace a value by a keyed pseudonym (HMAC-SM3 or HMAC-SHA-256): the same value gives the same pseudonym, and without
the key nobody can go back, not even by trying every possible identity number.

The key of every field is derived from the release key and the field's name, so equal values in two fields do not meet
unless both name the same ``scope``.  At least 128 bits are kept, so pseudonyms do not collide by chance.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from anonymizers.cipher import DIGEST_BYTES, derive, keyed_digests
from anonymizers.params import Param, Spec
from anonymizers.treatment import Context, Example, Params, Treatment

_BASE32 = np.frombuffer(b"abcdefghijklmnopqrstuvwxyz234567", np.uint8)
_HEX = np.frombuffer(b"0123456789abcdef", np.uint8)
_ALPHABETS = {"base32": (_BASE32, 5), "hex": (_HEX, 4)}

SPEC = Spec(
    (
        Param("algorithm", "text", "keyed digest", default="sm3", choices=("sm3", "sha256")),
        Param("bits", "integer", "length kept, a multiple of 8", default=128, least=128, most=256),
        Param("encoding", "text", "how the bits are written", default="base32", choices=("base32", "hex")),
        Param("scope", "text", "fields that name the same scope get the same pseudonyms", default=""),
    ),
    lambda params: "Parameter 'bits' must be a multiple of 8." if params["bits"] % 8 else "",
)


def spell(digests: bytes, size: int, encoding: str) -> pa.Array:
    """One text per digest of ``size`` bytes, in base32 (RFC 4648, lower case, unpadded) or hexadecimal."""
    alphabet, width = _ALPHABETS[encoding]
    matrix = np.frombuffer(digests, np.uint8).reshape(-1, size)
    bits: npt.NDArray[np.uint8] = np.unpackbits(matrix, axis=1)
    bits = np.pad(bits, ((0, 0), (0, -bits.shape[1] % width)))
    weights = (1 << np.arange(width - 1, -1, -1)).astype(np.uint8)
    letters = alphabet[(bits.reshape(len(matrix), -1, width) * weights).sum(axis=2)]
    offsets = np.arange(len(letters) + 1, dtype=np.int32) * letters.shape[1]
    buffers = [pa.py_buffer(offsets.tobytes()), pa.py_buffer(letters.astype(np.uint8).tobytes())]
    return pa.StringArray.from_buffers(len(letters), *buffers)


def apply(array: pa.Array, params: Params, context: Context) -> pa.Array:
    """Every present value replaced; raises AnonymizerError without a key of at least 32 bytes."""
    given = SPEC.read(params)
    algorithm, size = given["algorithm"], given["bits"] // 8
    scope = given["scope"] or context.field
    key = derive(context.key, purpose="pseudonym", scope=scope, size=DIGEST_BYTES, algorithm=algorithm)
    encoded = array.cast(pa.string()).dictionary_encode()
    if not len(encoded.dictionary):
        return pa.nulls(len(array), pa.string())
    messages = (value.encode() for value in encoded.dictionary.to_pylist())
    return spell(keyed_digests(key, algorithm, messages, size), size, given["encoding"]).take(encoded.indices)


TREATMENT = Treatment(
    name="pseudonym",
    title_zh="假名化",
    title_en="keyed pseudonym",
    apply=apply,
    check=SPEC.check,
    spec=SPEC,
    keyed=True,
    injective=True,
    examples=(
        Example({}, ("110101199001011234", None, "110101199001011234", "张三")),
        Example({"algorithm": "sha256", "encoding": "hex", "bits": 256}, ("a", "b", None)),
        Example({"scope": "person"}, ("a", "")),
    ),
)
