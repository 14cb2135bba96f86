"""Refusals and breakages as ``application/problem+json`` (RFC 9457).  The only place that knows HTTP codes.

What a reader would get wrong: a body that cannot be read is answered with the place that is wrong and never with the
value that stood there, which may be a password.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from release.desk.datasets import TooLarge
from release.nouns.errors import BadInput, ReleaseError, Tampered
from release.nouns.refusal import Refusal

MEDIA_TYPE = "application/problem+json"
LOG = logging.getLogger("sluice.web")

STATUS = {
    "missing": 404,
    "workflow.role": 403,
    "workflow.not-yours": 403,
    "workflow.own-work": 403,
    "workflow.conditional": 403,
    "workflow.expired": 403,
    "people.password": 401,
    "people.closed": 403,
    "people.sign-in": 401,
    "people.csrf": 403,
    "request.key-in-url": 400,
    "request.too-large": 413,
    "request.too-often": 429,
}
GROUPS = {"input": 422, "workflow": 409, "people": 409, "ranker": 409}


class Refused(Exception):
    """Carries refusals from anywhere in a request to its answer; only the web uses it."""

    def __init__(
        self, refusals: tuple[Refusal, ...], anonymous: bool = False, headers: Mapping[str, str] | None = None
    ):
        super().__init__(refusals[0].code)
        self.refusals, self.anonymous, self.headers = refusals, anonymous, dict(headers or {})


def status_of(refusals: tuple[Refusal, ...], anonymous: bool = False) -> int:
    """The HTTP code: that of the first refusal; who is not signed in is asked to be, where a role would be needed."""
    code = refusals[0].code
    if anonymous and code in ("workflow.role", "workflow.not-yours", "workflow.own-work"):
        return 401
    return STATUS.get(code) or GROUPS.get(code.partition(".")[0], 409)


def body(status: int, refusals: tuple[Refusal, ...]) -> dict[str, Any]:
    """The members of a problem document."""
    first = refusals[0]
    return {
        "type": f"urn:sluice:problem:{first.code}",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "code": first.code,
        "detail": first.message,
        "remedy": first.remedy,
        "article": first.article,
        "refusals": [
            {"code": r.code, "message": r.message, "article": r.article, "remedy": r.remedy} for r in refusals
        ],
    }


def problem(
    refusals: tuple[Refusal, ...], status: int = 0, headers: Mapping[str, str] | None = None, anonymous: bool = False
) -> JSONResponse:
    """The answer for these refusals."""
    status = status or status_of(refusals, anonymous)
    sent = {"Cache-Control": "no-store", **(headers or {})}
    if status == 401:
        sent["WWW-Authenticate"] = 'Bearer realm="sluice"'
    return JSONResponse(body(status, refusals), status, sent, MEDIA_TYPE)


def answer_with_problems(app: FastAPI) -> None:
    """Makes every error of ``app`` a problem document."""

    @app.exception_handler(Refused)
    def refused(_request: Request, error: Refused) -> JSONResponse:
        return problem(error.refusals, headers=error.headers, anonymous=error.anonymous)

    @app.exception_handler(RequestValidationError)
    def invalid(_request: Request, error: RequestValidationError) -> JSONResponse:
        return problem(tuple(_place(found) for found in error.errors()) or (_unreadable(),), 422)

    @app.exception_handler(HTTPException)
    def plain(_request: Request, error: HTTPException) -> JSONResponse:
        code = "missing" if error.status_code == 404 else f"http.{error.status_code}"
        said = "There is nothing at this address." if error.status_code == 404 else str(error.detail)
        return problem((Refusal(code, said),), error.status_code, error.headers)

    @app.exception_handler(ReleaseError)
    def broken(_request: Request, error: ReleaseError) -> JSONResponse:
        status, code = _kind(error)
        if status >= 500:
            LOG.error("%s: %s", code, error.message)
        return problem((Refusal(code, error.message, remedy=error.remedy),), status)


def _kind(error: ReleaseError) -> tuple[int, str]:
    from release.desk.conflict import is_conflict

    if isinstance(error, TooLarge):
        return 413, "request.too-large"
    if isinstance(error, BadInput):
        return 400, "input.bad"
    if isinstance(error, Tampered):
        return 500, "tampered"
    return (409, "conflict") if is_conflict(error) else (500, "internal")


def _place(found: Mapping[str, Any]) -> Refusal:
    where = ".".join(str(part) for part in found["loc"])
    return Refusal("input.body", f"{where}: {found['type'].replace('_', ' ')}.", remedy="See /api/v1/openapi.json.")


def _unreadable() -> Refusal:
    return Refusal("input.body", "The request cannot be read.")
