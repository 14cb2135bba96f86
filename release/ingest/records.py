"""JSON: an array of objects, or one object a line.  Numbers keep the digits they were written with.

A list of plain values becomes one text; an object inside an object is refused, because flattening it is a choice
that changes what the table says.
"""

from __future__ import annotations

import codecs
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import pyarrow as pa

from release.ingest import encoding as encodings
from release.ingest.bounds import MIB, Bounds
from release.ingest.columnar import LIST_JOIN
from release.ingest.incoming import Incoming, batch
from release.ingest.settings import InputSettings
from release.ingest.survey import survey
from release.ingest.text import Utf8
from release.nouns.errors import BadInput

_ROWS: Final = 16_384
_REMEDY: Final = "Give an array of flat objects, or one flat object a line."


def read(path: Path, settings: InputSettings, bounds: Bounds) -> Incoming:
    """The table in a JSON or NDJSON file.  BadInput names the record (from 1) that is broken or nested."""
    seen = survey(path, Bounds(line=bounds.decompressed, file=bounds.file))
    encoding = encodings.choose(seen, settings.encoding)
    header: list[str] = []
    notes: list[str] = []
    return Incoming(
        header,
        _batches(_Values(Utf8(path, encoding), bounds), header, notes, bounds),
        encoding=encoding.name,
        notes=notes,
        digest=[seen.digest],
    )


def _batches(values: _Values, header: list[str], notes: list[str], bounds: Bounds) -> Iterator[pa.RecordBatch]:
    done, joined, keys = 0, 0, dict[str, None]()
    for piece in _pieces(values, done):
        for record in piece:
            keys.update(dict.fromkeys(record))
        if len(keys) > bounds.columns:
            raise BadInput(f"The records have more than {bounds.columns} different keys.", _REMEDY)
        header += list(keys)[len(header) :]
        columns = []
        for name in header:
            column, lists = _column([record.get(name) for record in piece], done)
            columns.append(column)
            joined += lists
        yield batch(columns)
        done += len(piece)
    if joined:
        notes.append(f"{joined} lists of values were joined into one text each with '{LIST_JOIN}'")
    if not done:
        raise BadInput("The JSON holds no records.", _REMEDY)


def _pieces(values: _Values, done: int) -> Iterator[list[dict[str, Any]]]:
    piece: list[dict[str, Any]] = []
    for number, value in enumerate(values, start=done + 1):
        if not isinstance(value, dict):
            raise BadInput(f"Record {number} of the JSON is not an object.", _REMEDY)
        piece.append(value)
        if len(piece) == _ROWS:
            yield piece
            piece = []
    if piece:
        yield piece


def _column(values: list[Any], done: int) -> tuple[pa.Array, int]:
    """The values of one key as text, and how many of them were lists."""
    try:
        return pa.array(values, pa.string()), 0
    except (pa.ArrowException, TypeError):
        texts = [_text(value, done + i) for i, value in enumerate(values, start=1)]
        return pa.array(texts, pa.string()), sum(isinstance(value, list) for value in values)


def _text(value: Any, number: int) -> str | None:
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list) and not any(isinstance(inner, (list, dict)) for inner in value):
        return LIST_JOIN.join(_text(inner, number) or "" for inner in value)
    raise BadInput(f"Record {number} holds an object or a nested list inside a value.", _REMEDY)


class _Twice(ValueError):
    """A key stands twice in one object."""


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    record = dict(pairs)
    if len(record) != len(pairs):
        raise _Twice
    return record


class _Values:
    """The elements of a JSON array, or JSON values one after the other, parsed as they are read."""

    def __init__(self, stream: Utf8, bounds: Bounds) -> None:
        self._stream, self._limit = stream, bounds.whole_json
        self._decoder = json.JSONDecoder(
            object_pairs_hook=_once, parse_float=str, parse_int=str, parse_constant=lambda _: None
        )
        self._pieces = codecs.getincrementaldecoder("utf-8")()
        self._text, self._at, self._ended = "", 0, False

    def __iter__(self) -> Iterator[Any]:
        with self._stream:
            number = 0
            array = self._peek() == "["
            self._at += array
            while (sign := self._peek()) and not (array and sign == "]"):
                number += 1
                yield self._value(number)
                if array:
                    self._comma(number)
            if array:
                self._end(sign, number)

    def _value(self, number: int) -> Any:
        while True:
            try:
                value, end = self._decoder.raw_decode(self._text, self._at)
            except _Twice:
                raise BadInput(f"Record {number} of the JSON has the same key twice.", "Rename one of them.") from None
            except RecursionError:
                raise BadInput(f"Record {number} of the JSON is nested too deeply.", _REMEDY) from None
            except json.JSONDecodeError:
                self._must_grow(number)
            else:
                if end < len(self._text) or self._ended:
                    self._at = end
                    return value
                self._must_grow(number)  # a number may go on in the next piece

    def _must_grow(self, number: int) -> None:
        if len(self._text) - self._at > self._limit:
            raise BadInput(
                f"Record {number} of the JSON is broken, or longer than {self._limit} characters.",
                "Check it from that record on, or raise the bound.",
            )
        if not self._more():
            raise BadInput(f"Record {number} of the JSON is broken or cut off.", "Check it from that record on.")

    def _more(self) -> bool:
        """Read on; False when the file was already at its end."""
        if self._ended:
            return False
        piece = self._stream.read(MIB)
        self._ended = not piece
        self._text = self._text[self._at :] + self._pieces.decode(piece, final=self._ended)
        self._at = 0
        return True

    def _peek(self) -> str:
        """The next character that is not white space; empty at the end."""
        while True:
            while self._at < len(self._text) and self._text[self._at] in " \t\r\n":
                self._at += 1
            if self._at < len(self._text):
                return self._text[self._at]
            if not self._more():
                return ""

    def _comma(self, number: int) -> None:
        sign = self._peek()
        if sign == ",":
            self._at += 1
            if self._peek() != "]":
                return
        elif sign == "]":
            return
        raise BadInput(f"The JSON is broken or cut off behind record {number}.", "Check it from that record on.")

    def _end(self, sign: str, number: int) -> None:
        self._at += 1
        if sign != "]" or self._peek():
            raise BadInput(f"The JSON array does not end behind record {number}.", "Check it from that record on.")
