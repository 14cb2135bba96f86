"""A published dataset as a CKAN package, an organisation as a CKAN organisation.

What a reader would get wrong: CKAN's ``private`` hides a dataset; a conditional one is not private, only its files are,
and it carries a resource that says where to apply.
"""

from __future__ import annotations

import uuid
from hashlib import sha256
from typing import Any

from release.desk.catalogue import Listing, Shelf
from release.web.harvest import shelves

FORMATS = {
    "text/csv": "CSV",
    "application/json": "JSON",
    "application/ld+json": "JSON-LD",
    "application/vnd.apache.parquet": "PARQUET",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "XLSX",
    "text/html": "HTML",
    "text/plain": "TXT",
}
OPEN_LICENCES = ("CC0-1.0", "CC-BY-4.0", "CC-BY-SA-4.0", "ODbL-1.0", "PDDL-1.0")


def package(base: str, shelf: Shelf) -> dict[str, Any]:
    """The dataset with its resources, as ``package_show`` gives it."""
    one = shelf.listing
    licence = (shelf.descriptor.get("licenses") or [{}])[0]
    resources = [_applying(base, one)] if shelves.conditional(one) else []
    resources += [_resource(base, one, file) for file in shelf.files if file.name in shelf.fetchable]
    for position, resource in enumerate(resources):
        resource["position"] = position
    return {
        "id": one.dataset,
        "name": one.dataset.lower(),
        "title": one.title,
        "notes": one.description,
        "url": shelves.landing(base, one.dataset),
        "version": str(one.version),
        "type": "dataset",
        "state": "active",
        "private": False,
        "isopen": not shelves.conditional(one) and licence.get("name") in OPEN_LICENCES,
        "license_id": licence.get("name", ""),
        "license_title": licence.get("title", ""),
        "license_url": licence.get("path", ""),
        "author": one.publisher,
        "author_email": "",
        "maintainer": one.publisher,
        "maintainer_email": "",
        "metadata_created": stamp(one.published_at),
        "metadata_modified": stamp(one.published_at),
        "owner_org": organisation_id(one.publisher),
        "organization": organisation(one.publisher),
        "groups": [],
        "tags": [_tag(word) for word in one.keywords],
        "num_tags": len(one.keywords),
        "extras": [
            {"key": "openness", "value": one.openness},
            {"key": "policy", "value": shelf.policy},
            {"key": "rows", "value": str(one.rows)},
        ],
        "resources": resources,
        "num_resources": len(resources),
        "relationships_as_subject": [],
        "relationships_as_object": [],
    }


def organisation(title: str, packages: int | None = None) -> dict[str, Any]:
    """An organisation; ``packages`` counts its datasets where that was asked."""
    made: dict[str, Any] = {
        "id": organisation_id(title),
        "name": organisation_id(title),
        "title": title or "not stated",
        "display_name": title or "not stated",
        "description": "",
        "image_url": "",
        "is_organization": True,
        "type": "organization",
        "approval_status": "approved",
        "state": "active",
    }
    return made if packages is None else {**made, "package_count": packages}


def organisation_id(title: str) -> str:
    """A name that CKAN takes for an organisation of any name: letters and digits from its digest."""
    return f"org-{sha256(title.strip().encode()).hexdigest()[:16]}"


def stamp(at: str) -> str:
    """The time as CKAN writes it: UTC without a zone."""
    return at.removesuffix("Z")


def _resource(base: str, one: Listing, file: Any) -> dict[str, Any]:
    return {
        **_common(one, file.name),
        "name": file.name,
        "url": shelves.file_address(base, one.dataset, file.name),
        "format": FORMATS.get(file.media_type, ""),
        "mimetype": file.media_type,
        "size": file.size,
        "hash": f"sha256:{file.sha256}",
        "resource_type": "file" if file.name.startswith("data/") else "documentation",
        "description": "",
    }


def _applying(base: str, one: Listing) -> dict[str, Any]:
    return {
        **_common(one, "apply"),
        "name": "申请使用 / Apply for access",
        "url": shelves.apply_address(base, one.dataset),
        "format": "HTML",
        "mimetype": "text/html",
        "size": None,
        "hash": "",
        "resource_type": "documentation",
        "description": "有条件开放：说明用途后申请。 / Open on application: say what you need it for.",
    }


def _common(one: Listing, name: str) -> dict[str, Any]:
    return {
        "id": str(uuid.uuid5(uuid.NAMESPACE_URL, f"urn:sluice:{one.dataset}:{name}")),
        "package_id": one.dataset,
        "created": stamp(one.published_at),
        "last_modified": stamp(one.published_at),
        "metadata_modified": stamp(one.published_at),
        "state": "active",
    }


def _tag(word: str) -> dict[str, Any]:
    made = str(uuid.uuid5(uuid.NAMESPACE_URL, f"urn:sluice:tag:{word}"))
    return {"id": made, "name": word, "display_name": word, "state": "active", "vocabulary_id": None}
