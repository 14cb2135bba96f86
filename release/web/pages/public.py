"""The public's pages: search, and a dataset.  Everything shown comes from the released artefact."""

from __future__ import annotations

import json
from typing import Annotated, Any

from fastapi import APIRouter, Depends
from fastapi.responses import Response

from release.desk import catalogue, download
from release.web.pages import evidence, plainly
from release.web.pages.answer import missing, page
from release.web.pages.visitor import Visitor, count, line, visitor
from release.workflow.access import ACCESS

ROUTER = APIRouter(include_in_schema=False)
Asker = Annotated[Visitor, Depends(visitor)]
PAGE = 24
REPORT, EVIDENCE = "report.html", "evidence/public.json"


@ROUTER.get("/")
def home(asker: Asker, q: str = "", openness: str = "", offset: str = "") -> Response:
    """Search box and the newest datasets."""
    wanted = openness if openness in ("unconditional", "conditional") else ""
    found = catalogue.search(asker.desk, line(q), wanted, count(offset), PAGE)
    return page(asker, "home.html", text=line(q), wanted=wanted, found=found)


@ROUTER.get("/datasets/{dataset}")
def dataset(asker: Asker, dataset: str) -> Response:
    """One dataset: what it is, what was changed, how safe it is, what can be had."""
    shelf = catalogue.show(asker.desk, asker.actor, dataset)
    if isinstance(shelf, tuple):
        return missing(asker)
    preview = None
    if any(name.endswith(".parquet") for name in shelf.fetchable):
        seen = catalogue.preview(asker.desk, asker.actor, dataset)
        preview = None if isinstance(seen, tuple) else seen
    proof = _evidence(asker, dataset)
    return page(
        asker,
        "dataset.html",
        shelf=shelf,
        files=sorted(shelf.files, key=lambda file: not file.name.startswith("data/")),
        preview=preview,
        fields=plainly.fields(proof),
        safety=plainly.safety(proof),
        demands=plainly.demands(proof),
        groups=plainly.groups(proof),
        report=REPORT if REPORT in shelf.fetchable else "",
        access_states=ACCESS.states,
        methods=evidence.methods(),
        held=any(view.application.state in ("submitted", "approved", "active") for view in shelf.applications),
    )


def _evidence(asker: Visitor, dataset: str) -> dict[str, Any]:
    """The public evidence of the package, as anybody could download it."""
    found = download.open_file(asker.desk, asker.actor, dataset, EVIDENCE, count=False, held=("*",))
    if isinstance(found, tuple):
        return {}
    document: dict[str, Any] = json.loads(found.path.read_bytes())
    return document
