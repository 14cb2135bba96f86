"""What everyone may ask: published datasets, their files, the policies, the workflow, the signing key."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response

from release.desk import catalogue, download
from release.nouns.openness import Openness
from release.web.api.shapes import DatasetOut, ListingPage, dataset_out
from release.web.identity import AnyDesk, Anyone, given
from release.web.send import begins, held, send
from release.workflow.access import ACCESS
from release.workflow.releasing import RELEASE

ROUTER = APIRouter(prefix="/api/v1", tags=["catalogue"])
Offset = Annotated[int, Query(ge=0, le=10_000_000)]
Limit = Annotated[int, Query(ge=1, le=1000)]


@dataclass(frozen=True, slots=True)
class PublicKey:
    """The Ed25519 key that signs this service's packages, hexadecimal."""

    algorithm: str
    public_key: str


@dataclass(frozen=True, slots=True)
class PreviewOut:
    """The first rows of a released table."""

    fields: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    total: int


@ROUTER.get("/datasets", operation_id="search_datasets")
def search_datasets(
    desk: AnyDesk,
    q: Annotated[str, Query(max_length=200)] = "",
    openness: Openness | None = None,
    offset: Offset = 0,
    limit: Limit = 20,
) -> ListingPage:
    """Published datasets whose title or description holds every word of ``q``, newest first."""
    found = catalogue.search(desk, q, openness.value if openness else "", offset, limit)
    return ListingPage(found.items, found.total, found.offset, found.limit)


@ROUTER.get("/datasets/{dataset}", operation_id="show_dataset")
def show_dataset(dataset: str, desk: AnyDesk, actor: Anyone) -> DatasetOut:
    """A published dataset with its files."""
    return dataset_out(given(catalogue.show(desk, actor, dataset), actor))


@ROUTER.get("/datasets/{dataset}/preview", operation_id="preview_dataset")
def preview_dataset(
    dataset: str, desk: AnyDesk, actor: Anyone, response: Response, rows: Annotated[int, Query(ge=1, le=1000)] = 20
) -> PreviewOut:
    """The first rows as they were released, for whoever may download them."""
    shown = given(catalogue.preview(desk, actor, dataset, rows), actor)
    response.headers["Cache-Control"] = "no-store"
    return PreviewOut(shown.fields, shown.rows, shown.total)


@ROUTER.head("/datasets/{dataset}/files/{name:path}", include_in_schema=False)
@ROUTER.get(
    "/datasets/{dataset}/files/{name:path}",
    operation_id="download_file",
    response_class=Response,
    responses={200: {"content": {"application/octet-stream": {}}}, 206: {"description": "Part of the file"}},
)
def download_file(dataset: str, name: str, request: Request, desk: AnyDesk, actor: Anyone) -> Response:
    """A file of the release on the shelf.  Strong ETag (SHA-256), Range, If-Range, If-None-Match."""
    found = download.open_file(desk, actor, dataset, name, begins(request), held(request))
    return send(request, given(found, actor))


@ROUTER.get("/policies", operation_id="list_policies")
def list_policies(desk: AnyDesk) -> tuple[str, ...]:
    """Ids of the policies, the default first."""
    return desk.road.policies()


@ROUTER.get("/workflow", operation_id="show_workflow")
def show_workflow() -> dict[str, Any]:
    """The tables that decide who may do what when: the very ones the service asks."""
    return {
        machine.name: {
            "states": {state: {"zh": zh, "en": en} for state, (zh, en) in machine.states.items()},
            "commands": {command: {"zh": zh, "en": en} for command, (zh, en) in machine.commands.items()},
            "rows": [
                {"from": r.state, "command": r.command, "role": r.role.value, "guards": r.guards, "to": r.to}
                for r in machine.rows
            ],
        }
        for machine in (RELEASE, ACCESS)
    }


@ROUTER.get("/key", operation_id="show_key")
def show_key(desk: AnyDesk) -> PublicKey:
    """The key to check signatures with."""
    return PublicKey("Ed25519", catalogue.public_key(desk))


@ROUTER.get("/health", operation_id="health")
def health(desk: AnyDesk) -> dict[str, str]:
    """Whether the database answers."""
    catalogue.search(desk, limit=1)
    return {"status": "ok"}
