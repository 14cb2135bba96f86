"""Which encoding a text file is in, judged from the whole file's UTF-8 validity and a sample's characters.

GB18030 and Big5 overlap almost wholly as byte ranges, so both often decode; what tells them apart is which reading
consists of common characters: level 1 of GB 2312 (3,755 hanzi) and the 5,401 frequently used ones of Big5.
"""

from __future__ import annotations

import codecs
from dataclasses import dataclass
from functools import cache
from typing import Final

from release.ingest.survey import ENOUGH, Survey
from release.nouns.errors import BadInput

_BOMS: Final = (
    (codecs.BOM_UTF8, "utf-8", "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32", "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32", "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16", "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16", "utf-16-be"),
)
# What people call it → (name that is reported, codec that reads it).  Each codec reads a superset of its name.
_NAMES: Final = {
    **dict.fromkeys(("utf-8", "utf8", "utf-8-sig", "ascii", "us-ascii"), ("utf-8", "utf-8")),
    **dict.fromkeys(("gb18030", "gbk", "gb2312", "cp936", "936", "ansi"), ("gb18030", "gb18030")),
    **dict.fromkeys(("big5", "big-5", "cp950", "950"), ("big5", "cp950")),
    **dict.fromkeys(("big5-hkscs", "big5hkscs"), ("big5-hkscs", "big5hkscs")),
    **dict.fromkeys(("utf-16-le", "utf-16le"), ("utf-16", "utf-16-le")),
    **dict.fromkeys(("utf-16-be", "utf-16be"), ("utf-16", "utf-16-be")),
    **dict.fromkeys(("windows-1252", "cp1252", "latin-1", "latin1", "iso-8859-1"), ("windows-1252", "cp1252")),
    **dict.fromkeys(("shift-jis", "shift_jis", "sjis", "cp932"), ("shift-jis", "cp932")),
    **dict.fromkeys(("euc-kr", "cp949"), ("euc-kr", "cp949")),
}
_COMMON_ENOUGH: Final = 0.6
_REMEDY: Final = "Save the file as UTF-8, or name its encoding with the option encoding."


@dataclass(frozen=True, slots=True)
class Encoding:
    """``name`` is what is reported, ``codec`` what Python reads it with, ``bom`` the bytes to leave out in front."""

    name: str
    codec: str
    bom: int = 0
    note: str = ""


def choose(survey: Survey, declared: str | None) -> Encoding:
    """The encoding of the surveyed file.  BadInput when it is none, two at once, or not the declared one."""
    for bom, name, codec in _BOMS:
        if survey.head.startswith(bom):
            found = Encoding(name, codec, len(bom))
            if declared is not None and _declared(declared, found).name != name:
                raise BadInput(f"The file begins with the mark of {name}, not {declared}.", "Leave the encoding out.")
            if name == "utf-8":
                _must_be_utf8(survey)
            return found
    if declared is not None:
        return _check_declared(survey, _declared(declared, None))
    if survey.nul_line:
        return _utf16(survey)
    if not survey.bad_line:
        return Encoding("utf-8", "utf-8")
    if survey.wide >= ENOUGH:
        _must_be_utf8(survey)
    return _legacy(survey)


def _declared(name: str, found: Encoding | None) -> Encoding:
    key = name.strip().lower().replace("_", "-")
    if key in ("utf-16", "utf16"):
        return found or Encoding("utf-16", "utf-16-le")
    if key not in _NAMES:
        raise BadInput(
            f"The encoding {name!r} is not known.", f"Known are {', '.join(sorted({n for n, _ in _NAMES.values()}))}."
        )
    return Encoding(*_NAMES[key])


def _check_declared(survey: Survey, declared: Encoding) -> Encoding:
    if declared.name == "utf-8":
        _must_be_utf8(survey)
    elif declared.name != "utf-16":
        _no_nul(survey)
        if not survey.bad_line and not survey.ascii:
            raise BadInput(f"The file is UTF-8, not {declared.name}.", "Leave the encoding out, or name utf-8.")
    return declared


def _must_be_utf8(survey: Survey) -> None:
    _no_nul(survey)
    if survey.bad_line:
        where = f"Line {survey.bad_line} is not UTF-8"
        raise BadInput(f"{where}, though what stands before it is." if survey.wide else f"{where}.", _REMEDY)


def _no_nul(survey: Survey) -> None:
    if survey.nul_line:
        raise BadInput(
            f"Line {survey.nul_line} holds a NUL byte, so this is no text table.",
            "Export the table again as CSV, XLSX or Parquet.",
        )


def _utf16(survey: Survey) -> Encoding:
    """UTF-16 without a mark, when every second byte of many is NUL and the rest reads as lines of text."""
    for codec, offset in (("utf-16-le", 1), ("utf-16-be", 0)):
        head = survey.head[: len(survey.head) // 2 * 2]
        high, low = head[offset::2], head[1 - offset :: 2]
        if low.count(0) or high.count(0) * 20 < len(high):
            continue
        text = head.decode(codec, "ignore")
        if "\n" in text and sum(_control(character) for character in text) == 0:
            return Encoding("utf-16", codec, note="the encoding was judged to be UTF-16 from its zero bytes")
    _no_nul(survey)
    raise AssertionError("unreachable: _utf16 is asked only when there is a NUL")


def _control(character: str) -> bool:
    return character < " " and character not in "\t\r\n\f\x01\x1a"


def _legacy(survey: Survey) -> Encoding:
    scores = {codec: _score(survey.sample, codec) for codec in ("gb18030", "cp950", "big5hkscs")}
    codec = max(scores, key=lambda name: scores[name])
    if scores[codec] >= _COMMON_ENOUGH:
        name = {"gb18030": "gb18030", "cp950": "big5", "big5hkscs": "big5-hkscs"}[codec]
        return Encoding(name, codec, note=f"the encoding was judged to be {name} from the characters it gives")
    if _western(survey.sample):
        return Encoding("windows-1252", "cp1252", note="the encoding was judged to be windows-1252: lone letters only")
    raise BadInput(
        f"Line {survey.bad_line} is in no encoding that could be recognised (UTF-8, UTF-16, GB18030, Big5).", _REMEDY
    )


def _score(sample: bytes, codec: str) -> float:
    """Share of common hanzi among the hanzi that ``codec`` sees; 0 when it cannot read the sample.

    A sample may be cut in the middle of a character, so its last line is left out when there is more than one.
    """
    whole = sample[: sample.rfind(b"\n") + 1] or sample
    try:
        text = codecs.getincrementaldecoder(codec)("strict").decode(whole)
    except UnicodeDecodeError as error:
        # One broken place in a long text must not make it another encoding; the strict reading will name the line.
        text = whole[: error.start].decode(codec, "ignore")
        if error.start * 2 < len(whole) or error.start < SURE_BYTES:
            return 0.0
    common = _common(codec)
    hanzi = [character for character in text if character >= "\u3400" and not "\uff00" <= character <= "\uffef"]
    if not hanzi:
        return 0.0
    return sum(character in common for character in hanzi) / len(hanzi)


SURE_BYTES: Final = 4_096


@cache
def _common(codec: str) -> frozenset[str]:
    """The frequently used hanzi that an encoding may hold: of Big5 its own, of GB18030 those of both scripts."""
    trails = (*range(0x40, 0x7F), *range(0xA1, 0xFF))
    pairs = (bytes((lead, trail)) for lead in range(0xA4, 0xC7) for trail in trails)
    traditional = frozenset(pair.decode("big5", "ignore") for pair in pairs) - {""}
    if codec != "gb18030":
        return traditional
    pairs = (bytes((lead, trail)) for lead in range(0xB0, 0xD8) for trail in range(0xA1, 0xFF))
    return traditional | (frozenset(pair.decode("gb2312", "ignore") for pair in pairs) - {""})


def _western(sample: bytes) -> bool:
    """Whether bytes above 7F stand alone between ASCII, as accented letters do, and no control character is near."""
    if any(byte < 0x20 and byte not in b"\t\r\n\f\x1a" for byte in sample):
        return False
    high = [i for i, byte in enumerate(sample) if byte >= 0x80]
    alone = sum((i == 0 or sample[i - 1] < 0x80) and (i + 1 >= len(sample) or sample[i + 1] < 0x80) for i in high)
    try:
        sample.decode("cp1252")
    except UnicodeDecodeError:
        return False
    return bool(high) and alone * 10 >= len(high) * 9 and len(high) * 5 <= len(sample)
