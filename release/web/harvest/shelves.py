"""Published datasets for exports: as nobody in particular sees them, with absolute addresses.

What a reader would get wrong: a conditional dataset is in every export, with the address where one applies for it; a
harvester drops a dataset that offers nothing.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import quote

from fastapi import Request

from release.desk import catalogue, download
from release.desk.catalogue import Listing, Shelf
from release.desk.desk import Desk
from release.nouns.openness import Openness
from release.workflow.role import ANONYMOUS

PIECE = 200


def root(request: Request) -> str:
    """The address of the service as this client reached it, without a slash at the end."""
    return str(request.base_url).rstrip("/")


def landing(base: str, dataset: str) -> str:
    """The page of a dataset."""
    return f"{base}/datasets/{quote(dataset)}"


def apply_address(base: str, dataset: str) -> str:
    """Where one applies for a conditional dataset."""
    return f"{landing(base, dataset)}/apply"


def file_address(base: str, dataset: str, name: str) -> str:
    """Where a file is downloaded."""
    return f"{landing(base, dataset)}/files/{quote(name)}"


def conditional(listing: Listing) -> bool:
    """Whether one has to apply."""
    return listing.openness == Openness.CONDITIONAL


def listings(desk: Desk, text: str = "", openness: str = "") -> Iterator[Listing]:
    """All published datasets that fit, newest first."""
    offset = 0
    while True:
        found = catalogue.search(desk, text, openness, offset, PIECE)
        yield from found.items
        offset += PIECE
        if offset >= found.total:
            return


def shelf(desk: Desk, dataset: str) -> Shelf | None:
    """A published dataset, None when there is none of that id."""
    found = catalogue.show(desk, ANONYMOUS, dataset)
    return None if isinstance(found, tuple) else found


def described(desk: Desk, dataset: str, name: str) -> Mapping[str, Any]:
    """A public JSON file of a package, empty when it has none; nothing is counted as a download."""
    found = download.open_file(desk, ANONYMOUS, dataset, name, count=False, held=("*",))
    if isinstance(found, tuple):
        return {}
    document: Mapping[str, Any] = json.loads(found.path.read_bytes())
    return document
