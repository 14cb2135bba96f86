"""Format-preserving encryption: another number of the same shape, its check character recomputed (FF1, SP 800-38G).

Only for systems that insist on the shape: whoever holds the key can go back, and the result looks like a real
number though it is nobody's.  Where the shape need not survive, ``pseudonym`` is the better choice.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from anonymizers import checkdigit, ff1
from anonymizers.cipher import cipher_key
from anonymizers.distinct import UNFIT, UNFIT_PARAM, Changed, over_fitting
from anonymizers.params import Param, Spec
from anonymizers.treatment import Context, Example, Params, Treatment

DIGITS = "0123456789"
LETTERS = DIGITS + "ABCDEFGHIJKLMNOPQRSTUVWXYZ"

Numerals = npt.NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class Shape:
    """Values of one kind: their alphabet, their lengths (None: any) and how the last character follows from the rest.

    ``check`` gives positions in ``check_alphabet``; without it every character is encrypted."""

    wanted: str
    alphabet: str
    lengths: tuple[int, ...] | None
    check: Callable[[Numerals], Numerals] | None = None
    check_alphabet: str = ""


SHAPES: Mapping[str, Shape] = {
    "resident-id": Shape(
        "18-digit resident identity numbers with a right check digit",
        DIGITS,
        (18,),
        checkdigit.resident,
        checkdigit.RESIDENT_CHECK,
    ),
    "uscc": Shape(
        "unified social credit codes with a right check character",
        checkdigit.USCC_ALPHABET,
        (18,),
        checkdigit.uscc,
        checkdigit.USCC_ALPHABET,
    ),
    "card": Shape(
        "card numbers of 12 to 19 digits with a right Luhn digit", DIGITS, tuple(range(12, 20)), checkdigit.luhn, DIGITS
    ),
    "digits": Shape("numbers of 6 to 32 digits", DIGITS, None),
    "alphanumeric": Shape("codes of 4 to 20 digits and capital letters", LETTERS, None),
}

SPEC = Spec(
    (
        Param("kind", "text", "shape that survives", choices=tuple(SHAPES)),
        Param("cipher", "text", "block cipher inside FF1", default="aes", choices=("aes", "sm4")),
        Param("scope", "text", "fields that name the same scope get the same numbers", default=""),
        UNFIT_PARAM,
    )
)


def _table(alphabet: str) -> Numerals:
    table = np.full(256, 255, np.uint8)
    table[np.frombuffer(alphabet.encode(), np.uint8)] = np.arange(len(alphabet), dtype=np.uint8)
    return table


def _turn(texts: Sequence[str], shape: Shape, key: bytes, tweak: bytes, cipher: str) -> list[Changed]:
    """Texts of one length in ASCII, encrypted; those that are not of the shape come back UNFIT."""
    length = len(texts[0])
    characters = np.frombuffer("".join(texts).encode(), np.uint8).reshape(-1, length)
    body = characters if shape.check is None else characters[:, :-1]
    radix = len(shape.alphabet)
    if not ff1.fits(radix, body.shape[1]):
        return [UNFIT] * len(texts)
    numerals = _table(shape.alphabet)[body]
    right = (numerals != 255).all(axis=1)
    if shape.check is not None:
        last = _table(shape.check_alphabet)[characters[:, -1]]
        right[right] &= shape.check(numerals[right]) == last[right]
    result: list[Changed] = [UNFIT] * len(texts)
    if not right.any():
        return result
    secret = ff1.encrypt(numerals[right], radix, key=key, tweak=tweak, cipher=cipher)
    spelled = np.frombuffer(shape.alphabet.encode(), np.uint8)[secret]
    if shape.check is not None:
        check = np.frombuffer(shape.check_alphabet.encode(), np.uint8)[shape.check(secret)]
        spelled = np.column_stack((spelled, check))
    joined = spelled.tobytes().decode("ascii")
    for number, position in enumerate(np.flatnonzero(right)):
        result[position] = joined[number * length : (number + 1) * length]
    return result


def apply(array: pa.Array, params: Params, context: Context) -> pa.Array:
    """Every present value encrypted under the field's key; raises AnonymizerError without a key."""
    given = SPEC.read(params)
    shape, cipher = SHAPES[given["kind"]], given["cipher"]
    key = cipher_key(context.key, cipher, purpose="fpe", scope=given["scope"] or context.field)
    tweak = given["kind"].encode()

    def change(values: list[str]) -> list[Changed]:
        result: list[Changed] = [UNFIT] * len(values)
        groups: dict[int, list[int]] = {}
        for position, value in enumerate(values):
            if value.isascii() and (len(value) in shape.lengths if shape.lengths else 1 < len(value) <= 32):
                groups.setdefault(len(value), []).append(position)
        for positions in groups.values():
            texts = [values[position].upper() if shape.check else values[position] for position in positions]
            for position, text in zip(positions, _turn(texts, shape, key, tweak, cipher), strict=True):
                result[position] = text
        return result

    return over_fitting(array, change, field=context.field, wanted=shape.wanted, unfit=given["unfit"])


TREATMENT = Treatment(
    name="fpe",
    title_zh="保形加密",
    title_en="format-preserving encryption",
    apply=apply,
    check=SPEC.check,
    spec=SPEC,
    keyed=True,
    injective=True,
    truthful=False,
    partial=True,
    examples=(
        Example({"kind": "resident-id"}, ("11010519491231002X", "440524188001010014", None)),
        Example({"kind": "uscc", "cipher": "sm4"}, ("91350100M000100Y43", None)),
        Example({"kind": "card"}, ("4111111111111111", "378282246310005")),
        Example({"kind": "digits"}, ("000123", "13812341234", None)),
        Example({"kind": "alphanumeric"}, ("AB12", "ZZZZ999999")),
        Example({"kind": "digits", "unfit": "suppress"}, ("12", "１２３４５６"), (None, None)),
    ),
)
