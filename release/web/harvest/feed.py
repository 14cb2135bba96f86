"""/feed.atom: the newest published datasets, or those that a search finds (RFC 4287)."""

from __future__ import annotations

from typing import Annotated
from urllib.parse import urlencode
from xml.sax.saxutils import escape, quoteattr

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response

from release.desk import catalogue
from release.desk.catalogue import Listing
from release.web.harvest.shelves import landing, root
from release.web.identity import AnyDesk

ROUTER = APIRouter(include_in_schema=False)
ENTRIES = 50
NEVER = "1970-01-01T00:00:00Z"
TITLE = "数闸 · Sluice"


@ROUTER.get("/feed.atom")
def feed(request: Request, desk: AnyDesk, q: Annotated[str, Query(max_length=200)] = "") -> Response:
    """Entries newest first; ``q`` narrows them as the search page does."""
    found = catalogue.search(desk, clean(q), limit=ENTRIES)
    base = root(request)
    own = f"{base}/feed.atom" + (f"?{urlencode({'q': q})}" if q else "")
    updated = max((one.published_at for one in found.items), default=NEVER)
    lines = [
        '<?xml version="1.0" encoding="utf-8"?>',
        '<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="zh-CN">',
        f"<id>{_text(own)}</id><title>{_text(TITLE)}</title><updated>{updated}</updated>",
        f'<link rel="self" type="application/atom+xml" href={quoteattr(own)}/>',
        f'<link rel="alternate" type="text/html" href={quoteattr(base + "/")}/>',
        *(_entry(base, one) for one in found.items),
        "</feed>",
    ]
    return Response("\n".join(lines), media_type="application/atom+xml", headers={"Cache-Control": "public, no-cache"})


def _entry(base: str, one: Listing) -> str:
    address = landing(base, one.dataset)
    return (
        f"<entry><id>{_text(address)}</id><title>{_text(one.title)}</title>"
        f"<updated>{one.published_at}</updated>"
        f"<author><name>{_text(one.publisher or 'Sluice')}</name></author>"
        f'<link rel="alternate" type="text/html" href={quoteattr(address)}/>'
        f"<category term={quoteattr(one.openness)}/>"
        + "".join(f"<category term={quoteattr(clean(word))}/>" for word in one.keywords)
        + f"<summary>{_text(one.description or one.title)}</summary></entry>"
    )


def _text(said: str) -> str:
    return escape(clean(said))


def clean(said: str) -> str:
    """Without the signs that XML 1.0 cannot hold and databases do not take."""
    return "".join(sign for sign in said if sign in "\t\n\r" or (sign >= " " and sign not in "\ufffe\uffff"))
