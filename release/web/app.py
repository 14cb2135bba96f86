"""The application: the JSON interface and the pages over one desk, behind one shield."""

from __future__ import annotations

from collections.abc import Callable
from importlib.metadata import PackageNotFoundError, version

from fastapi import FastAPI

from release.desk.desk import Desk
from release.web.api import account, applications, catalogue, fields, releases
from release.web.api.schema import finish_schema
from release.web.problem import answer_with_problems
from release.web.rate import Buckets
from release.web.shield import Shield

OPENAPI = "/api/v1/openapi.json"


def create_app(desk: Desk, *faces: Callable[[FastAPI], None], buckets: Buckets | None = None) -> FastAPI:
    """The application over ``desk``; each of ``faces`` (the pages, other interfaces) adds itself to it.

    No page of this application loads anything from elsewhere, so there are no hosted API explorers either.
    """
    app = FastAPI(title="Sluice 数闸", version=_version(), docs_url=None, redoc_url=None, openapi_url=OPENAPI)
    app.state.desk, app.state.buckets = desk, buckets or Buckets()
    app.add_middleware(Shield)
    answer_with_problems(app)
    for module in (catalogue, account, releases, fields, applications):
        app.include_router(module.ROUTER)
    for face in faces:
        face(app)
    finish_schema(app)
    return app


def _version() -> str:
    try:
        return version("sluice")
    except PackageNotFoundError:
        return "0"
