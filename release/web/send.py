"""A file as an answer: strong ETag from its SHA-256, ranges, 304, a file name in any script."""

from __future__ import annotations

import base64

from fastapi import Request
from fastapi.responses import FileResponse, Response

from release.desk.download import Download

SANDBOX = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox"


def send(request: Request, download: Download) -> Response:
    """The file, a part of it, or 304 when the asker has it already.

    Public files may be kept but must be asked for again every time, so that a suspension counts at once; others are
    not kept at all.
    """
    etag = f'"{download.file.sha256}"'
    digest = base64.b64encode(bytes.fromhex(download.file.sha256)).decode()
    headers = {
        "ETag": etag,
        "Repr-Digest": f"sha-256=:{digest}:",
        "Cache-Control": "public, no-cache" if download.public else "no-store",
        "Content-Security-Policy": SANDBOX,
    }
    if download.file.sha256 in held(request) or (request.method == "GET" and "*" in held(request)):
        return Response(status_code=304, headers=headers)
    return FileResponse(download.path, headers=headers, media_type=download.file.media_type, filename=download.shown_as)


def begins(request: Request) -> bool:
    """Whether this request begins a download, rather than continuing one."""
    asked = request.headers.get("range", "").replace(" ", "")
    return not asked or asked.startswith("bytes=0-")


def held(request: Request) -> frozenset[str]:
    """The SHA-256 digests that the asker holds already; ``*`` when no bytes will be sent whatever they are."""
    tags = request.headers.get("if-none-match", "").split(",")
    known = {tag.strip().removeprefix("W/").strip('"') for tag in tags if tag.strip()}
    return frozenset(known | ({"*"} if request.method == "HEAD" else set()))
