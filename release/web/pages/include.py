"""Puts the pages, their static files, and the feeds and exports they link to into an application."""

from __future__ import annotations

import inspect
from pathlib import Path

from fastapi import FastAPI, Request
from fastapi.responses import Response
from fastapi.staticfiles import StaticFiles
from starlette.exceptions import HTTPException

from release.web.harvest.include import include_harvest
from release.web.pages import account, fields, files, overseer, public, requester, revision, steward
from release.web.pages.answer import missing, page
from release.web.pages.visitor import Foreign, visitor

STATIC = Path(__file__).parent.parent / "static"
ROOMS = (public, files, account, requester, overseer, revision, fields, steward)


def include_pages(app: FastAPI) -> None:
    """Adds every page; the application's ``state.desk`` is what they ask."""
    for room in ROOMS:
        app.include_router(room.ROUTER)
    include_harvest(app)
    app.add_exception_handler(Foreign, _foreign)
    plain = app.exception_handlers.get(HTTPException)

    async def nowhere(request: Request, error: Exception) -> Response:
        """A page for a browser that came to an address where nothing is; the application's own answer otherwise."""
        status = error.status_code if isinstance(error, HTTPException) else 500
        reads = "text/html" in request.headers.get("accept", "") and not request.url.path.startswith("/api/")
        if plain is None or (status == 404 and reads):
            return missing(visitor(request)) if status == 404 else Response(status_code=status)
        answer = plain(request, error)
        return await answer if inspect.isawaitable(answer) else answer

    app.add_exception_handler(HTTPException, nowhere)
    app.mount("/static", StaticFiles(directory=STATIC), name="static")


def _foreign(request: Request, error: Exception) -> Response:
    """The page for a form that came from elsewhere or is too old."""
    word = error.word if isinstance(error, Foreign) else "foreign.elsewhere"
    return page(visitor(request), "foreign.html", status=403, word=word)
