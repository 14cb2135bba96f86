"""Uploads as they stream in: straight into the vault, encrypted, never in plain on the disk.

What a reader would get wrong: the framework's own form reader spools files to the system's temporary folder, in plain.
Both a raw body and ``multipart/form-data`` (the browser's form, with one file) are read here instead, piece by piece.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any

from fastapi import Request
from python_multipart.exceptions import MultipartParseError
from python_multipart.multipart import MultipartParser, parse_options_header
from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect

from release.desk.datasets import Inlet, receive
from release.desk.desk import Desk
from release.nouns.errors import BadInput

BATCH = 1 << 20
MOST_FIELDS = 40
LONGEST_FIELD = 1 << 16


@dataclass(frozen=True, slots=True)
class Taken:
    """A received upload: what the vault kept, the name it came with, and the form's other fields."""

    stored: Any
    filename: str
    fields: dict[str, str]


async def take(request: Request, desk: Desk) -> Taken:
    """Receives the body.  Raises TooLarge, or BadInput when it is no upload; nothing is kept then."""
    kind, options = parse_options_header(request.headers.get("content-type"))
    with receive(desk) as inlet:
        if kind == b"multipart/form-data":
            boundary = options.get(b"boundary", b"")
            if not boundary:
                raise BadInput("The form has no boundary.", "Send multipart/form-data as browsers do.")
            name, fields = await _form(request, inlet, boundary)
        else:
            name, fields = request.query_params.get("filename", ""), {}
            async for batch in _batches(request):
                await run_in_threadpool(inlet.write, batch)
        if not name:
            raise BadInput("The upload has no file name.", "Add a file to the form, or ?filename= to the address.")
    return Taken(inlet.stored, name, fields)


async def _batches(request: Request) -> AsyncIterator[bytes]:
    buffer = bytearray()
    try:
        async for chunk in request.stream():
            buffer += chunk
            if len(buffer) >= BATCH:
                yield bytes(buffer)
                buffer.clear()
    except ClientDisconnect:
        raise BadInput("The upload broke off.", "Send it again.") from None
    if buffer:
        yield bytes(buffer)


async def _form(request: Request, inlet: Inlet, boundary: bytes) -> tuple[str, dict[str, str]]:
    parts = _Parts(inlet)
    parser = MultipartParser(
        boundary,
        {
            "on_part_begin": parts.begin,
            "on_header_field": parts.header_name,
            "on_header_value": parts.header_value,
            "on_header_end": parts.header_end,
            "on_headers_finished": parts.headers_finished,
            "on_part_data": parts.data,
            "on_part_end": parts.end,
            "on_end": parts.finish,
        },
    )
    try:
        async for batch in _batches(request):
            await run_in_threadpool(parser.write, batch)
        parser.finalize()
    except MultipartParseError:
        raise BadInput("The form cannot be read.", "Send multipart/form-data as browsers do.") from None
    if not parts.finished:
        raise BadInput("The form breaks off before its end.", "Send it again.")
    return parts.filename, parts.fields


@dataclass(slots=True)
class _Parts:
    """Takes the parser's callbacks: the first file goes to the inlet, short fields are kept."""

    inlet: Inlet
    filename: str = ""
    fields: dict[str, str] = field(default_factory=dict)
    finished: bool = False
    _headers: dict[bytes, bytes] = field(default_factory=dict)
    _name: bytes = b""
    _value: bytes = b""
    _field: str = ""
    _text: bytearray = field(default_factory=bytearray)
    _is_file: bool = False

    def begin(self) -> None:
        self._headers, self._field, self._is_file = {}, "", False
        self._text.clear()

    def header_name(self, data: bytes, start: int, end: int) -> None:
        self._name += data[start:end]

    def header_value(self, data: bytes, start: int, end: int) -> None:
        self._value += data[start:end]

    def header_end(self) -> None:
        self._headers[self._name.lower()] = self._value
        self._name, self._value = b"", b""

    def headers_finished(self) -> None:
        _, options = parse_options_header(self._headers.get(b"content-disposition", b""))
        self._field = options.get(b"name", b"").decode("utf-8", "replace")
        if b"filename" in options:
            if self.filename:
                raise BadInput("The form holds more than one file.", "Upload one file at a time.")
            self._is_file = True
            self.filename = options[b"filename"].decode("utf-8", "replace")

    def data(self, data: bytes, start: int, end: int) -> None:
        if self._is_file:
            self.inlet.write(data[start:end])
            return
        self._text += data[start:end]
        if len(self._text) > LONGEST_FIELD:
            raise BadInput(f"A field of the form is longer than {LONGEST_FIELD} bytes.")

    def end(self) -> None:
        if not self._is_file and self._field:
            self.fields[self._field] = self._text.decode("utf-8", "replace")
            if len(self.fields) > MOST_FIELDS:
                raise BadInput(f"The form has more than {MOST_FIELDS} fields.")

    def finish(self) -> None:
        self.finished = True
