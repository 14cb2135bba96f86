"""Puts the pages and their static files into an application."""

from __future__ import annotations

from pathlib import Path

from fastapi import FastAPI
from fastapi.staticfiles import StaticFiles

from release.web.pages import account, overseer, public, requester, steward

STATIC = Path(__file__).parent.parent / "static"


def include_pages(app: FastAPI) -> None:
    """Adds every page; the application's ``state.desk`` is what they ask."""
    for module in (public, account, requester, steward, overseer):
        app.include_router(module.ROUTER)
    app.mount("/static", StaticFiles(directory=STATIC), name="static")
