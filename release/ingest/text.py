"""A text file as UTF-8, in pieces: strict, the mark in front left out, leading blank lines and title rows skipped.

A byte that is not in the encoding stops the reading with its line, never with a replacement character.
"""

from __future__ import annotations

import codecs
import io
from pathlib import Path
from typing import Final

from release.ingest.bounds import MIB
from release.ingest.encoding import Encoding
from release.nouns.errors import BadInput

_PIECE: Final = MIB


class Utf8(io.RawIOBase):
    """Readable, not seekable.  ``read`` gives UTF-8 bytes; a BadInput raised inside is kept in ``error``."""

    def __init__(self, path: Path, encoding: Encoding, skip_lines: int = 0, ending: bytes = b"") -> None:
        """``ending`` is a line of our own that is read behind the last one."""
        super().__init__()
        self._ending = ending
        self._last = b"\n"
        self._handle = path.open("rb")
        self._handle.seek(encoding.bom)
        self._encoding = encoding
        self._decoder = None if encoding.codec == "utf-8" else codecs.getincrementaldecoder(encoding.codec)("strict")
        self._lines = 0
        self._ended = False
        self._rest = b""
        self.error: BadInput | None = None
        self._skip(skip_lines)

    def readable(self) -> bool:
        """True."""
        return True

    def close(self) -> None:
        """Close the file underneath."""
        self._handle.close()
        super().close()

    def readinto(self, buffer: memoryview | bytearray) -> int:  # type: ignore[override]
        """Fill ``buffer``; 0 at the end."""
        piece = self.read(len(buffer))
        buffer[: len(piece)] = piece
        return len(piece)

    def read(self, size: int = -1, /) -> bytes:
        """``size`` bytes, fewer only at the end of the file.  BadInput names an unreadable line."""
        parts, have = [self._rest], len(self._rest)
        while (size < 0 or have < size) and (piece := self._more()):
            parts.append(piece)
            have += len(piece)
        whole = b"".join(parts)
        cut = len(whole) if size < 0 else size
        self._rest = whole[cut:]
        return whole[:cut]

    def _more(self) -> bytes:
        piece = self._decoded()
        if piece:
            self._last = piece[-1:]
        elif self._ending:
            piece, self._ending = self._ending + b"\n", b""
            return piece if self._last in b"\r\n" else b"\n" + piece
        return piece

    def _decoded(self) -> bytes:
        while not self._ended:
            raw = self._handle.read(_PIECE)
            self._ended = not raw
            if self._decoder is None:
                return raw
            try:
                text = self._decoder.decode(raw, final=self._ended)
            except UnicodeDecodeError as error:
                self.error = self._unreadable(error)
                raise self.error from None
            if text:
                self._lines += text.count("\n")
                return text.encode()
        return b""

    def _unreadable(self, error: UnicodeDecodeError) -> BadInput:
        good = error.object[: error.start].decode(self._encoding.codec, "ignore")
        return BadInput(
            f"Line {self._lines + good.count(chr(10)) + 1} cannot be read as {self._encoding.name}.",
            "Save the whole file in one encoding, or name its encoding with the option encoding.",
        )

    def _skip(self, lines: int) -> None:
        """Leave out ``lines`` lines, then blank ones."""
        while self._fill():
            end = _line_end(self._rest)
            if lines:
                lines -= 1
            elif self._rest[:end].strip(b"\r\n \t"):
                return
            self._rest = self._rest[end:]

    def _fill(self) -> bool:
        """Have a whole line at hand; False at the end of the file."""
        while not self._ended and b"\n" not in self._rest and b"\r" not in self._rest[:-1]:
            self._rest += self._more()
        return bool(self._rest)


def _line_end(data: bytes) -> int:
    """Where the first line of ``data`` ends, its line end included: LF, CRLF or a lone CR."""
    feed, carriage = data.find(b"\n"), data.find(b"\r")
    if carriage >= 0 and (feed < 0 or carriage < feed - 1):
        return carriage + 1
    return feed + 1 if feed >= 0 else len(data)


def lines(stream: Utf8) -> io.TextIOWrapper:
    """``stream`` as lines of text with their ends kept; CR, LF and CRLF all end a line."""
    return io.TextIOWrapper(io.BufferedReader(stream, _PIECE), "utf-8", newline="")
