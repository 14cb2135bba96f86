"""/api/3/action/…: the six CKAN read actions that clients and harvesters live on, GET and POST, in CKAN's envelopes.

What a reader would get wrong: a filter that is not understood is refused, never ignored; a harvester that asks for
what changed since yesterday must not be given everything as if it had.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Mapping
from typing import Any

from fastapi import APIRouter, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import JSONResponse

from release.desk.catalogue import Listing
from release.desk.desk import Desk
from release.web.harvest import shelves
from release.web.harvest.feed import clean
from release.web.harvest.package import organisation, organisation_id, package, stamp

ROUTER = APIRouter(include_in_schema=False)
MOST_ROWS = 1000
VERSION = "2.10.0"
FILTER = re.compile(r'\s*([+-]?)(\w+):("[^"]*"|\[[^\]]*\]|\([^)]*\)|\S+)')
RANGE = re.compile(r"\[(\S+) TO (\S+)\]")
SORTS = {"metadata_modified", "metadata_created", "id", "name", "title", "title_string", "score", "relevance"}
FACETS: dict[str, Callable[[Listing], tuple[str, ...]]] = {
    "organization": lambda one: (organisation_id(one.publisher),),
    "owner_org": lambda one: (organisation_id(one.publisher),),
    "tags": lambda one: one.keywords,
    "openness": lambda one: (one.openness,),
}
Given = Mapping[str, Any]


class Invalid(Exception):
    """A parameter that is not understood: its name and what is wrong."""

    def __init__(self, name: str, said: str) -> None:
        super().__init__(name)
        self.name, self.said = name, said


class Absent(Exception):
    """There is no such thing."""


@ROUTER.api_route("/api/3/action/{action}", methods=["GET", "POST"])
@ROUTER.api_route("/api/action/{action}", methods=["GET", "POST"])
async def act(action: str, request: Request) -> JSONResponse:
    """An action with its parameters from the address or a JSON body."""
    known = ACTIONS.get(action)
    help_ = f"{shelves.root(request)}/api/3/action/help_show?name={action if known else 'unknown'}"
    if known is None:
        return JSONResponse("Bad request - Action name not known", 400)
    given = dict(request.query_params)
    if request.method == "POST":
        body = await request.body()
        posted = _posted(body)
        if posted is None:
            return JSONResponse("Bad request - JSON Error: no JSON object in the body", 400)
        given.update(posted)
    try:
        result = await run_in_threadpool(known, request.app.state.desk, shelves.root(request), given)
    except Absent:
        return _error(help_, 404, {"__type": "Not Found Error", "message": "Not found"})
    except Invalid as error:
        return _error(help_, 409, {"__type": "Validation Error", error.name: [error.said]})
    return JSONResponse({"help": help_, "success": True, "result": result}, headers={"Cache-Control": "no-cache"})


def status_show(_desk: Desk, base: str, _given: Given) -> dict[str, Any]:
    """What site this is."""
    return {
        "site_title": "数闸 Sluice",
        "site_description": "",
        "site_url": base,
        "ckan_version": VERSION,
        "error_emails_to": None,
        "locale_default": "zh_Hans_CN",
        "extensions": ["sluice"],
    }


def package_list(desk: Desk, _base: str, given: Given) -> list[str]:
    """Names of all published datasets."""
    start, limit = _whole(given, "offset", 0), _whole(given, "limit", 0)
    names = [one.dataset.lower() for one in shelves.listings(desk)]
    return names[start : start + limit] if limit else names[start:]


def package_show(desk: Desk, base: str, given: Given) -> dict[str, Any]:
    """One dataset."""
    found = shelves.shelf(desk, _name(given))
    if found is None:
        raise Absent
    return package(base, found)


def package_search(desk: Desk, base: str, given: Given) -> dict[str, Any]:
    """Datasets that fit ``q`` and ``fq``, sorted, with facets."""
    text = clean(str(given.get("q", "") or ""))[:200].replace("*:*", "").strip()
    rows, start = min(_whole(given, "rows", 10), MOST_ROWS), _whole(given, "start", 0)
    keeps = _filters(given.get("fq", "")) + [keep for each in _list(given, "fq_list") for keep in _filters(each)]
    found = [one for one in shelves.listings(desk, text) if all(keep(one) for keep in keeps)]
    found = _sorted(found, str(given.get("sort", "") or ""))
    shown = (shelves.shelf(desk, one.dataset) for one in found[start : start + rows])
    facets = {name: _facet(name, found) for name in _list(given, "facet.field")}
    return {
        "count": len(found),
        "sort": given.get("sort") or "score desc, metadata_modified desc",
        "results": [package(base, shelf) for shelf in shown if shelf is not None],
        "facets": facets,
        "search_facets": {name: _items(name, counts, found) for name, counts in facets.items()},
    }


def organization_list(desk: Desk, _base: str, given: Given) -> list[Any]:
    """Names of the organisations that published something, or all about them with ``all_fields``."""
    counts = Counter(one.publisher for one in shelves.listings(desk))
    if str(given.get("all_fields", "")).lower() in ("true", "1"):
        return [organisation(title, counts[title]) for title in sorted(counts)]
    return [organisation_id(title) for title in sorted(counts)]


def organization_show(desk: Desk, base: str, given: Given) -> dict[str, Any]:
    """One organisation, its datasets with ``include_datasets``."""
    wanted = _name(given)
    own = [one for one in shelves.listings(desk) if wanted in (organisation_id(one.publisher), one.publisher)]
    if not own:
        raise Absent
    made = organisation(own[0].publisher, len(own))
    if str(given.get("include_datasets", "")).lower() in ("true", "1"):
        shown = (shelves.shelf(desk, one.dataset) for one in own[:MOST_ROWS])
        made["packages"] = [package(base, shelf) for shelf in shown if shelf is not None]
    return made


ACTIONS: dict[str, Callable[[Desk, str, Given], Any]] = {
    "status_show": status_show,
    "site_read": lambda _desk, _base, _given: True,
    "package_list": package_list,
    "package_show": package_show,
    "package_search": package_search,
    "organization_list": organization_list,
    "organization_show": organization_show,
}


def _filters(said: object) -> list[Callable[[Listing], bool]]:
    """The conditions of an ``fq``: name:value, +name:value, -name:value.  Raises Invalid on anything else."""
    text, place, found = str(said or "").strip(), 0, []
    while place < len(text):
        part = FILTER.match(text, place)
        if part is None:
            raise Invalid("fq", "This filter is not understood.")
        found.append(_filter(part[1] == "-", part[2], part[3]))
        place = part.end()
    return found


def _filter(negated: bool, name: str, value: str) -> Callable[[Listing], bool]:
    span = RANGE.fullmatch(value)
    if name in ("metadata_modified", "metadata_created") and span:
        low, high = (_bound(side) for side in span.groups())
        return lambda one: (
            negated != ((not low or stamp(one.published_at) >= low) and (not high or stamp(one.published_at) <= high))
        )
    wanted = value.strip('"()')
    if name in FACETS and not span:
        return lambda one: negated != (wanted in FACETS[name](one))
    constant = {"private": "false", "capacity": "public", "state": "active", "dataset_type": "dataset"}
    if name in constant:
        return lambda one: negated != (wanted == constant[name])
    raise Invalid("fq", f"There is no filter by {name[:40]}.")


def _bound(side: str) -> str:
    """One end of a range as the store's times sort; empty for ``*``."""
    if side == "*":
        return ""
    if not re.fullmatch(r"\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d+)?)?)?Z?", side):
        raise Invalid("fq", "A range is of times such as 2026-01-31T00:00:00Z, or *.")
    return stamp(side)


def _sorted(found: list[Listing], wish: str) -> list[Listing]:
    """Sorted as asked, the first wish counting most; newest first when nothing is asked."""
    for part in reversed([part.split() for part in wish.split(",") if part.strip()]):
        name, way = part[0], part[1].lower() if len(part) > 1 else "asc"
        if name not in SORTS or way not in ("asc", "desc") or len(part) > 2:
            raise Invalid("sort", "That is no field to sort by.")
        if name in ("score", "relevance"):
            continue
        found = sorted(found, key=lambda one, name=name: _key(one, name), reverse=way == "desc")  # type: ignore[misc]
    return found


def _key(one: Listing, name: str) -> str:
    return one.dataset if name in ("id", "name") else one.title if name.startswith("title") else one.published_at


def _facet(name: str, found: list[Listing]) -> dict[str, int]:
    if name not in FACETS:
        return {}
    return dict(Counter(value for one in found for value in FACETS[name](one)))


def _items(name: str, counts: Mapping[str, int], found: list[Listing]) -> dict[str, Any]:
    titles = {organisation_id(one.publisher): one.publisher for one in found}
    items = [{"name": value, "display_name": titles.get(value, value), "count": n} for value, n in counts.items()]
    return {"title": name, "items": sorted(items, key=lambda item: (-counts[str(item["name"])], str(item["name"])))}


def _list(given: Given, name: str) -> list[str]:
    """A list parameter: a JSON list, or one as text."""
    value = given.get(name, [])
    if isinstance(value, str) and value:
        try:
            value = json.loads(value)
        except ValueError:
            value = [value]
    return [str(item) for item in value] if isinstance(value, list) else [str(value)] if value else []


def _name(given: Given) -> str:
    name = given.get("id") or given.get("name_or_id") or ""
    if not isinstance(name, str) or not name:
        raise Invalid("id", "Missing value")
    return clean(name)[:200]


def _whole(given: Given, name: str, default: int) -> int:
    value = str(given.get(name, default) if given.get(name) not in (None, "") else default)
    if not (value.isascii() and value.isdecimal() and len(value) < 10):
        raise Invalid(name, "Must be a natural number")
    return int(value)


def _posted(body: bytes) -> dict[str, Any] | None:
    if not body.strip():
        return {}
    try:
        found = json.loads(body)
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None


def _error(help_: str, status: int, error: Mapping[str, Any]) -> JSONResponse:
    return JSONResponse({"help": help_, "success": False, "error": error}, status)
