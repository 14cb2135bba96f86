"""What stands before every request: no keys in addresses, no endless bodies, the headers that browsers obey, and the
last guard against an exception whose text nobody should read."""

from __future__ import annotations

import logging
import traceback
from pathlib import Path
from urllib.parse import parse_qsl

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from release.nouns.refusal import Refusal
from release.web.problem import problem

SECRETS = frozenset(
    {"key", "api_key", "apikey", "api-key", "token", "access_token", "authorization", "password", "secret"}
)
LOG = logging.getLogger("sluice.web")
MOST_BODY = 1 << 20
STREAMED = ("/file", "/versions")
HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
        "font-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
KEY_IN_URL = Refusal(
    "request.key-in-url",
    "A secret does not belong into an address, where logs and browsers keep it.",
    remedy="Revoke that key, and send keys in the header Authorization: Bearer …",
)
BROKEN = Refusal("internal", "Something broke on our side.", remedy="Try again; tell the operator if it repeats.")
TOO_LARGE = Refusal("request.too-large", f"The body is larger than {MOST_BODY} bytes.", remedy="Send less at once.")


class Shield:
    """ASGI middleware.  Bodies of uploads are counted where they are received (``intake``), all others here."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Refuses, or passes on with headers."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        guarded = _Sender(send)
        try:
            await self._pass(scope, receive, guarded)
        except Exception as error:  # noqa: BLE001 - a library's message may quote a cell, and the server would log it
            where = traceback.extract_tb(error.__traceback__)[-1]
            LOG.error("%s at %s:%s", type(error).__name__, Path(where.filename).name, where.lineno)
            if not guarded.started:
                await problem((BROKEN,), 500)(scope, receive, guarded)

    async def _pass(self, scope: Scope, receive: Receive, guarded: Send) -> None:
        names = {name.lower() for name, _ in parse_qsl(scope["query_string"].decode("latin-1"), keep_blank_values=True)}
        if names & SECRETS:
            await problem((KEY_IN_URL,))(scope, receive, guarded)
        elif _is_upload(scope):
            await self.app(scope, receive, guarded)
        elif _announced(scope) > MOST_BODY:
            await problem((TOO_LARGE,))(scope, receive, guarded)
        else:
            await self.app(scope, _counted(receive), guarded)


def _is_upload(scope: Scope) -> bool:
    path = scope["path"]
    if scope["method"] not in ("POST", "PUT"):
        return False
    return path in ("/api/v1/datasets", "/work/new") or path.endswith(STREAMED)


def _announced(scope: Scope) -> int:
    for name, value in scope["headers"]:
        if name == b"content-length":
            return int(value) if value.isdigit() else MOST_BODY + 1
    return 0


def _counted(receive: Receive) -> Receive:
    total = 0

    async def counting() -> Message:
        nonlocal total
        message = await receive()
        total += len(message.get("body", b""))
        if total > MOST_BODY:
            return {"type": "http.disconnect"}
        return message

    return counting


class _Sender:
    """Adds the headers, and knows whether an answer has begun."""

    def __init__(self, send: Send) -> None:
        self._send, self.started = send, False

    async def __call__(self, message: Message) -> None:
        """Sends a part of the answer."""
        if message["type"] == "http.response.start":
            self.started = True
            headers = MutableHeaders(scope=message)
            for name, value in HEADERS.items():
                headers.setdefault(name, value)
        await self._send(message)
