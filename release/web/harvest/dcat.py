"""/catalog.jsonld: every published dataset as DCAT-AP 3, page by page, from the packages' own descriptions.

What a reader would get wrong: a package does not know where it will stand, so its description names files beside it;
here they become addresses of this service.  Paging is Hydra's, as DCAT harvesters expect it.
"""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from fastapi.responses import JSONResponse

from release.desk import catalogue
from release.desk.catalogue import Listing
from release.desk.desk import Desk
from release.web.harvest import shelves
from release.web.identity import AnyDesk

ROUTER = APIRouter(include_in_schema=False)
PAGE = 100
MEDIA_TYPE = "application/ld+json"
ACCESS = "http://publications.europa.eu/resource/authority/access-right/"
CONTEXT = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "hydra": "http://www.w3.org/ns/hydra/core#",
    "odrl": "http://www.w3.org/ns/odrl/2/",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "spdx": "http://spdx.org/rdf/terms#",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}


@ROUTER.get("/catalog.jsonld")
def catalog(request: Request, desk: AnyDesk, page: Annotated[int, Query(ge=1, le=1_000_000)] = 1) -> JSONResponse:
    """One page of the catalogue."""
    found = catalogue.search(desk, offset=(page - 1) * PAGE, limit=PAGE)
    base = shelves.root(request)
    document = {
        "@context": CONTEXT,
        "@id": f"{base}/catalog.jsonld",
        "@type": "dcat:Catalog",
        "dct:title": [_text("数闸数据目录", "zh"), _text("Catalogue of Sluice", "en")],
        "dct:description": [
            _text("经过分级、脱敏、验证和双人审核的公共数据。", "zh"),
            _text("Public data, graded, made safe, measured and reviewed by a second person.", "en"),
        ],
        "dct:publisher": {"@id": f"{base}/", "@type": "foaf:Agent", "foaf:name": _text("Sluice", "en")},
        "foaf:homepage": {"@id": f"{base}/", "@type": "foaf:Document"},
        "dcat:dataset": [dataset(desk, base, one) for one in found.items],
        "hydra:view": _view(base, page, found.total),
    }
    return JSONResponse(document, media_type=MEDIA_TYPE, headers={"Cache-Control": "public, no-cache"})


def dataset(desk: Desk, base: str, one: Listing) -> dict[str, Any]:
    """One dataset; its package's description with addresses, or a short one when the package has none."""
    address = shelves.landing(base, one.dataset)
    said = shelves.described(desk, one.dataset, "dcat.jsonld")
    kept: dict[str, Any] = _renamed(dict(said), str(said.get("@id", "")), address) if said else _short(one, address)
    kept.pop("@context", None)
    kept["@id"] = address
    kept["dct:identifier"] = one.dataset
    kept["dct:issued"] = {"@type": "xsd:dateTime", "@value": one.published_at}
    kept["dcat:landingPage"] = {"@id": address, "@type": "foaf:Document"}
    offered = kept.get("dcat:distribution") or [{"@type": "dcat:Distribution"}]
    kept["dcat:distribution"] = [_distribution(base, one, number, entry) for number, entry in enumerate(offered, 1)]
    return kept


def _distribution(base: str, one: Listing, number: int, entry: dict[str, Any]) -> dict[str, Any]:
    address = shelves.landing(base, one.dataset)
    name = entry.get("dcat:downloadURL", entry.get("dcat:accessURL", {})).get("@id", "")
    made = {**entry, "@id": f"{address}#file-{number}"}
    if shelves.conditional(one) or not name:
        made.pop("dcat:downloadURL", None)
        access = shelves.apply_address(base, one.dataset) if shelves.conditional(one) else address
    else:
        access = shelves.file_address(base, one.dataset, name)
        made["dcat:downloadURL"] = {"@id": access, "@type": "rdfs:Resource"}
    made["dcat:accessURL"] = {"@id": access, "@type": "rdfs:Resource"}
    return made


def _renamed(value: Any, old: str, new: str) -> Any:
    """Every ``@id`` that begins with the package's own name, under the address of the dataset."""
    if isinstance(value, dict):
        return {
            key: new + item[len(old) :].replace(":", "#", 1)
            if key == "@id" and old and isinstance(item, str) and (item == old or item.startswith(f"{old}:"))
            else _renamed(item, old, new)
            for key, item in value.items()
        }
    return [_renamed(item, old, new) for item in value] if isinstance(value, list) else value


def _short(one: Listing, address: str) -> dict[str, Any]:
    right = "RESTRICTED" if shelves.conditional(one) else "PUBLIC"
    return {
        "@id": address,
        "@type": "dcat:Dataset",
        "dct:title": _text(one.title, "zh"),
        "dct:description": _text(one.description or one.title, "zh"),
        "dct:publisher": {"@type": "foaf:Agent", "foaf:name": _text(one.publisher or "Sluice", "zh")},
        "dct:accessRights": {"@id": ACCESS + right, "@type": "dct:RightsStatement"},
        "dcat:version": str(one.version),
        "dcat:keyword": [_text(word, "zh") for word in one.keywords or (one.title,)],
    }


def _view(base: str, page: int, total: int) -> dict[str, Any]:
    last = max(1, -(-total // PAGE))
    view: dict[str, Any] = {
        "@id": f"{base}/catalog.jsonld?page={page}",
        "@type": "hydra:PartialCollectionView",
        "hydra:totalItems": total,
    }
    pages = {"first": 1, "last": last, "previous": page - 1, "next": page + 1}
    for name, number in pages.items():
        if 1 <= number <= last:
            view[f"hydra:{name}"] = {"@id": f"{base}/catalog.jsonld?page={number}"}
    return view


def _text(value: str, language: str) -> dict[str, str]:
    return {"@language": language, "@value": value}
