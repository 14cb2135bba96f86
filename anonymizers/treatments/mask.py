"""Hide most characters of an identifier, showing the few that its kind allows.

A value that does not look like its kind is hidden whole, so a name in the telephone column never shows through.
Full-width digits are understood.  A masked value still says something: masking alone does not make a table safe.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from anonymizers.params import Param, Spec
from anonymizers.treatment import Context, Example, Params, Treatment

HIDDEN = "***"
GENERIC = "generic"

_RESIDENT = re.compile(r"[0-9]{17}[0-9Xx]|[0-9]{15}")
_MOBILE = re.compile(r"(?:\+?86|0086)?(1[0-9]{10})")
_LANDLINE = re.compile(r"(?:(010|02[0-9]|0[3-9][0-9]{2}))?([0-9]{7,8})")
_EMAIL = re.compile(r"([^@\s]+)@([^@\s]+)")
_CARD = re.compile(r"[0-9]{12,19}")
_PLATE = re.compile(r"[\u4e00-\u9fff][A-Z][A-Z0-9]{4,6}[挂学警港澳领使]?")
_PASSPORT = re.compile(r"[A-Z]{1,2}[0-9]{6,9}")
_IPV4 = re.compile(r"([0-9]{1,3}\.[0-9]{1,3})\.[0-9]{1,3}\.[0-9]{1,3}")
_GAPS = re.compile(r"[\s()（）·.-]")


def _narrow(text: str) -> str:
    """``text`` with full-width characters made ordinary and no space around it."""
    return (text if text.isascii() else unicodedata.normalize("NFKC", text)).strip()


def _ends(text: str, head: int, tail: int) -> str:
    """``text`` with all but its first ``head`` and last ``tail`` characters starred."""
    return text[:head] + "*" * (len(text) - head - tail) + (text[-tail:] if tail else "")


def _resident(text: str) -> str:
    return _ends(text, 3, 4) if _RESIDENT.fullmatch(text) else HIDDEN


def _mobile(text: str) -> str:
    found = _MOBILE.fullmatch(_GAPS.sub("", text))
    return _ends(found[1], 3, 4) if found else HIDDEN


def _landline(text: str) -> str:
    found = _LANDLINE.fullmatch(_GAPS.sub("", text))
    if not found:
        return HIDDEN
    return (f"{found[1]}-" if found[1] else "") + _ends(found[2], 0, 2)


def _email(text: str) -> str:
    found = _EMAIL.fullmatch(text)
    if not found:
        return HIDDEN
    return (found[1][0] if len(found[1]) > 1 else "") + HIDDEN + "@" + found[2]


def _name(text: str) -> str:
    return text[:1] + "*" if len(text) > 1 else HIDDEN


def _card(text: str) -> str:
    digits = _GAPS.sub("", text)
    return _ends(digits, 0, 4) if _CARD.fullmatch(digits) else HIDDEN


def _plate(text: str) -> str:
    plate = _GAPS.sub("", text).upper()
    return _ends(plate, 2, 1) if _PLATE.fullmatch(plate) else HIDDEN


def _passport(text: str) -> str:
    return _ends(text, 1, 2) if _PASSPORT.fullmatch(text) else HIDDEN


def _ip(text: str) -> str:
    found = _IPV4.fullmatch(text)
    return f"{found[1]}.*.*" if found else HIDDEN


BY_KIND: Mapping[str, Callable[[str], str]] = {
    "resident-id": _resident,
    "mobile": _mobile,
    "landline": _landline,
    "email": _email,
    "name": _name,
    "bank-card": _card,
    "plate": _plate,
    "passport": _passport,
    "ip": _ip,
}


# The commonest shapes, for a whole batch at once; they say what the functions above say (tests hold them to it).
COMMON: Mapping[str, tuple[str, str]] = {
    "resident-id": (r"^([0-9]{3})[0-9]{11}([0-9]{3}[0-9Xx])$", r"\1***********\2"),
    "mobile": (r"^(1[0-9]{2})[0-9]{4}([0-9]{4})$", r"\1****\2"),
    "name": (r"^([\x{4e00}-\x{9fff}])[\x{4e00}-\x{9fff}]+$", r"\1*"),
}


def _rule(params: Mapping[str, Any]) -> str:
    if params["kind"] != GENERIC and (params["head"] or params["tail"]):
        return "Parameters 'head' and 'tail' belong to kind 'generic'; the other kinds know their own."
    return ""


SPEC = Spec(
    (
        Param("kind", "text", "kind of identifier", default=GENERIC, choices=(GENERIC, *BY_KIND)),
        Param("head", "integer", "characters shown at the start (generic)", default=0, least=0, most=8),
        Param("tail", "integer", "characters shown at the end (generic)", default=0, least=0, most=8),
        Param("least_hidden", "integer", "hide all unless so many stay hidden (generic)", default=4, least=1),
    ),
    _rule,
)


def apply(array: pa.Array, params: Params, context: Context) -> pa.Array:
    """Every present value masked after its kind."""
    given = SPEC.read(params)
    kind, head, tail, least = given["kind"], given["head"], given["tail"], given["least_hidden"]

    def generic(text: str) -> str:
        return _ends(text, head, tail) if len(text) - head - tail >= least else HIDDEN

    one = BY_KIND.get(kind, generic)
    encoded = array.cast(pa.string()).dictionary_encode()
    return _masked(encoded.dictionary, COMMON.get(kind), one).take(encoded.indices)


def _masked(values: pa.Array, common: tuple[str, str] | None, one: Callable[[str], str]) -> pa.Array:
    """``values`` masked: the common shape all at once, the others one by one."""
    if common is None:
        return pa.array([one(_narrow(value)) for value in values.to_pylist()], pa.string())
    fits = pc.match_substring_regex(values, common[0])
    others = [one(_narrow(value)) for value in values.filter(pc.invert(fits)).to_pylist()]
    done = pc.replace_substring_regex(values, common[0], common[1])
    return pc.replace_with_mask(done, pc.invert(fits), pa.array(others, pa.string()))


TREATMENT = Treatment(
    name="mask",
    title_zh="遮盖",
    title_en="hide most characters",
    apply=apply,
    check=SPEC.check,
    spec=SPEC,
    examples=(
        Example({"kind": "resident-id"}, ("110101199001011234", None, "11010"), ("110***********1234", None, "***")),
        Example(
            {"kind": "mobile"}, ("13812341234", "+86 138-1234-1234", "张三"), ("138****1234", "138****1234", "***")
        ),
        Example({"kind": "mobile"}, ("１３８１２３４１２３４",), ("138****1234",)),
        Example(
            {"kind": "landline"}, ("021-62341234", "(010) 6234-1234", "1"), ("021-******34", "010-******34", "***")
        ),
        Example(
            {"kind": "email"},
            ("amy@example.org", "a@example.org", "amy"),
            ("a***@example.org", "***@example.org", "***"),
        ),
        Example({"kind": "name"}, ("张三", "欧阳娜娜", "王", "Ann Lee"), ("张*", "欧*", "***", "A*")),
        Example({"kind": "bank-card"}, ("6222 0212 3456 7890 123", "12"), ("***************0123", "***")),
        Example({"kind": "plate"}, ("沪A·12345", "沪AD12345", "无"), ("沪A****5", "沪A*****5", "***")),
        Example({"kind": "passport"}, ("E12345678", "x"), ("E******78", "***")),
        Example({"kind": "ip"}, ("10.20.30.40", "::1"), ("10.20.*.*", "***")),
        Example({"head": 2, "tail": 2}, ("A123456789", "A1234", ""), ("A1******89", "***", "***")),
    ),
)
