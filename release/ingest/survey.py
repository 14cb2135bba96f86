"""One pass over the bytes of a text file before anything is parsed: digest, encoding evidence, line lengths.

It sees the whole file, so that a file which is plain ASCII for its first megabyte and something else behind it
is not taken for UTF-8.
"""

from __future__ import annotations

import codecs
import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from release.ingest.bounds import MIB, Bounds
from release.nouns.errors import BadInput

HEAD: Final = MIB
SAMPLE: Final = 256 * 1024
ENOUGH: Final = 1_000  # so many valid UTF-8 characters are no accident; counting stops


@dataclass(frozen=True, slots=True)
class Survey:
    """``bad_line``/``nul_line`` (from 1, 0 for none) are where UTF-8 first fails and where a NUL first stands.

    ``wide`` counts characters beyond ASCII that were valid UTF-8 before that; ``sample`` holds bytes from the
    first line that is not ASCII on; ``ascii`` says there was no such line.
    """

    digest: str
    size: int
    head: bytes
    sample: bytes
    ascii: bool
    bad_line: int
    wide: int
    nul_line: int


def survey(path: Path, bounds: Bounds) -> Survey:
    """Read ``path`` once.  BadInput for a line longer than ``bounds.line`` bytes."""
    sha, decoder = hashlib.sha256(), codecs.getincrementaldecoder("utf-8")("strict")
    head = sample = b""
    size = lines = since = wide = bad_line = nul_line = 0
    is_ascii = True
    with path.open("rb") as handle:
        while piece := handle.read(min(MIB, bounds.line)):
            sha.update(piece)
            size += len(piece)
            if len(head) < HEAD:
                head += piece[: HEAD - len(head)]
            if not nul_line and (at := piece.find(0)) >= 0:
                nul_line = lines + piece.count(b"\n", 0, at) + 1
            if not piece.isascii() and len(sample) < SAMPLE:
                sample += _from_first_wide_line(piece)[: SAMPLE - len(sample)] if is_ascii else piece[:SAMPLE]
                is_ascii = False
            if not bad_line:
                try:
                    text = decoder.decode(piece)
                    if wide < ENOUGH and not text.isascii():
                        wide += len(text) - len(text.encode("ascii", "ignore"))
                except UnicodeDecodeError as error:
                    good = error.object[: error.start]
                    wide += sum(byte >= 0xC0 for byte in good)
                    bad_line = lines + good.count(b"\n") + 1
            since = _open_line(piece, since, lines, bounds)
            lines += piece.count(b"\n")
    if not bad_line:
        try:
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            bad_line = lines + 1
    return Survey(sha.hexdigest(), size, head, sample, is_ascii, bad_line, wide, nul_line)


def _from_first_wide_line(piece: bytes) -> bytes:
    first = next(i for i in range(0, len(piece), 4096) if not piece[i : i + 4096].isascii())
    return piece[piece.rfind(b"\n", 0, first) + 1 :]


def _open_line(piece: bytes, since: int, lines: int, bounds: Bounds) -> int:
    """Bytes of the line that is still open after ``piece``.  A piece is never longer than the bound."""
    end = b"\n" if b"\n" in piece else b"\r"
    first = piece.find(end)
    longest = since + (len(piece) if first < 0 else first)
    if longest > bounds.line:
        raise BadInput(
            f"Line {lines + 1} is longer than {bounds.line} bytes.",
            "Check that the file is a table and its line ends are whole, or raise the bound.",
        )
    return longest if first < 0 else len(piece) - piece.rfind(end) - 1
