"""Puts the pages, their static files, and the feeds and exports they link to into an application."""

from __future__ import annotations

from pathlib import Path

from fastapi import FastAPI, Request
from fastapi.responses import Response
from fastapi.staticfiles import StaticFiles

from release.web.harvest.include import include_harvest
from release.web.pages import account, files, overseer, public, requester, revision, steward
from release.web.pages.answer import page
from release.web.pages.visitor import Foreign, visitor

STATIC = Path(__file__).parent.parent / "static"
ROOMS = (public, files, account, requester, overseer, revision, steward)


def include_pages(app: FastAPI) -> None:
    """Adds every page; the application's ``state.desk`` is what they ask."""
    for room in ROOMS:
        app.include_router(room.ROUTER)
    include_harvest(app)
    app.add_exception_handler(Foreign, _foreign)
    app.mount("/static", StaticFiles(directory=STATIC), name="static")


def _foreign(request: Request, error: Exception) -> Response:
    """The page for a form that came from elsewhere or is too old."""
    word = error.word if isinstance(error, Foreign) else "foreign.elsewhere"
    return page(visitor(request), "foreign.html", status=403, word=word)
