"""The public's pages: search, a dataset, its files.  Everything shown comes from the released artefact."""

from __future__ import annotations

import json
from typing import Annotated, Any

from fastapi import APIRouter, Depends
from fastapi.responses import Response

from release.desk import catalogue, download
from release.web.pages import evidence
from release.web.pages.visitor import Visitor, missing, page, visitor
from release.workflow.access import ACCESS

ROUTER = APIRouter(include_in_schema=False)
Asker = Annotated[Visitor, Depends(visitor)]
PAGE = 24


@ROUTER.get("/")
def home(asker: Asker, q: str = "", openness: str = "", offset: int = 0) -> Response:
    """Search box and the newest datasets."""
    wanted = openness if openness in ("unconditional", "conditional") else ""
    found = catalogue.search(asker.desk, q[:200], wanted, max(0, offset), PAGE)
    return page(asker, "home.html", text=q[:200], wanted=wanted, found=found)


@ROUTER.get("/datasets/{dataset}")
def dataset(asker: Asker, dataset: str) -> Response:
    """One dataset: what it is, what was changed, what can be had."""
    shelf = catalogue.show(asker.desk, asker.actor, dataset)
    if isinstance(shelf, tuple):
        return missing(asker)
    preview = None
    if any(name.endswith(".parquet") for name in shelf.fetchable):
        seen = catalogue.preview(asker.desk, asker.actor, dataset, 20)
        preview = None if isinstance(seen, tuple) else seen
    return page(
        asker,
        "dataset.html",
        shelf=shelf,
        preview=preview,
        plan=_public_plan(asker, dataset),
        access_states=ACCESS.states,
        methods=evidence.methods(),
    )


def _public_plan(asker: Visitor, dataset: str) -> dict[str, Any]:
    """The published plan: the public file of the package, never the one the steward works on."""
    found = download.open_file(asker.desk, asker.actor, dataset, "plan.json", count=False)
    if isinstance(found, tuple):
        return {"fields": []}
    document: dict[str, Any] = json.loads(found.path.read_bytes())
    return document
