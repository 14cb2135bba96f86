"""Files of packages, from the public's page and from a release's sheet.

What a reader would get wrong: ``report.html`` is shown and not saved, so it comes into an origin of its own: the
policy that every file is sent with is a sandbox, without scripts, forms or the visitor's session.
"""

from __future__ import annotations

import dataclasses
from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Depends, Request
from fastapi.responses import Response

from release.desk import download
from release.desk.download import Download
from release.web.pages.answer import missing, page
from release.web.pages.visitor import Visitor, visitor
from release.web.send import begins, held, send

ROUTER = APIRouter(include_in_schema=False)
Asker = Annotated[Visitor, Depends(visitor)]
SHOWN = "text/html"


@ROUTER.api_route("/datasets/{dataset}/files/{name:path}", methods=["GET", "HEAD"])
def released(asker: Asker, dataset: str, name: str, request: Request) -> Response:
    """A file of the release on the shelf, for whoever may have it now."""
    found = download.open_file(asker.desk, asker.actor, dataset, name, begins(request), held(request))
    if isinstance(found, Download):
        return _sent(request, found)
    if found[0].code == "missing":
        return missing(asker)
    return page(asker, "refused.html", refusals=found, status=403, home=f"/datasets/{quote(dataset)}")


@ROUTER.api_route("/work/{release}/files/{name:path}", methods=["GET", "HEAD"])
def evidence(asker: Asker, release: str, name: str, request: Request) -> Response:
    """Any file of a package, for those who may see the release; no cache keeps it."""
    found = download.open_evidence(asker.desk, asker.actor, release, name)
    if not isinstance(found, Download):
        return missing(asker)
    return _sent(request, dataclasses.replace(found, public=False))


def _sent(request: Request, found: Download) -> Response:
    response = send(request, found)
    if found.file.media_type == SHOWN and response.status_code != 304:
        saved = response.headers["content-disposition"]
        response.headers["content-disposition"] = saved.replace("attachment", "inline", 1)
    return response
