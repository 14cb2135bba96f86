"""Puts the feeds and exports into an application."""

from __future__ import annotations

from fastapi import FastAPI

from release.web.harvest import ckan, dcat, feed


def include_harvest(app: FastAPI) -> None:
    """Adds /feed.atom, /catalog.jsonld and /api/3/action; the application's ``state.desk`` is what they ask."""
    for room in (feed, dcat, ckan):
        app.include_router(room.ROUTER)
