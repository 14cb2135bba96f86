"""Who asks for a page: session, actor, language; and whether a posted form may be believed.

What a reader would get wrong: a form without a session (sign in, sign up) has no token to hold, so every POST must also
come from a page of this site, by its Origin header.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import quote, urlsplit

from fastapi import Request
from fastapi.responses import RedirectResponse

from release.desk import people
from release.desk.desk import Desk
from release.web.identity import SESSION_COOKIE
from release.web.pages.language import chosen, translate
from release.workflow.role import Actor

SESSION, LANGUAGE = SESSION_COOKIE, "sluice_language"
FARTHEST = 10**9


class Foreign(Exception):
    """A form that was not sent from a page of this service; ``word`` says how it shows."""

    def __init__(self, word: str) -> None:
        super().__init__(word)
        self.word = word


@dataclass(frozen=True, slots=True)
class Visitor:
    """One request's asker."""

    request: Request
    desk: Desk
    session: people.Session | None
    actor: Actor
    language: str

    def t(self, key: str, **values: object) -> str:
        """The words of ``key`` in the visitor's language."""
        return translate(self.language, key, **values)

    def pick(self, both: Sequence[str]) -> str:
        """The visitor's half of a (zh, en) pair; the other half when theirs is empty."""
        mine, other = (both[0], both[1]) if self.language == "zh" else (both[1], both[0])
        return mine or other


def visitor(request: Request) -> Visitor:
    """The dependency of every page."""
    desk: Desk = request.app.state.desk
    found = people.session(desk, request.cookies.get(SESSION, ""))
    language = chosen(
        request.query_params.get("lang", ""),
        request.cookies.get(LANGUAGE, ""),
        request.headers.get("accept-language", ""),
    )
    return Visitor(request, desk, found, people.actor_or_anonymous(found), language)


async def form(request: Request) -> dict[str, str]:
    """The fields of a posted form, after the checks that it was posted from here.  Raises Foreign otherwise."""
    given = {name: value for name, value in (await request.form()).multi_items() if isinstance(value, str)}
    sent_from_here(request, given)
    return given


def sent_from_here(request: Request, given: Mapping[str, str]) -> None:
    """Raises Foreign unless the form came from a page of this site and holds the session's token."""
    from_here(request)
    found = people.session(request.app.state.desk, request.cookies.get(SESSION, ""))
    if found is not None and not secrets.compare_digest(given.get("csrf", "").encode(), found.csrf.encode()):
        raise Foreign("foreign.expired")


def from_here(request: Request) -> None:
    """Raises Foreign unless a browser says that the request came from a page of this site."""
    origin = request.headers.get("origin") or request.headers.get("referer") or ""
    if urlsplit(origin).netloc != request.url.netloc:
        raise Foreign("foreign.elsewhere")


def required(asker: Visitor) -> RedirectResponse | None:
    """The way to the sign-in page when nobody is signed in."""
    if asker.session is not None:
        return None
    return RedirectResponse(f"/login?next={quote(asker.request.url.path)}", 303)


def count(text: str) -> int:
    """A number from an address, 0 when it is none: an address typed wrongly shows the first page."""
    return min(int(text), FARTHEST) if text.isascii() and text.isdecimal() and len(text) < 12 else 0


def line(text: str, longest: int = 200) -> str:
    """What was typed into a search box, without signs that no database takes."""
    return "".join(sign for sign in text[:longest] if sign.isprintable()).strip()


def inside(path: str) -> str:
    """Only a path of this site: //elsewhere, schemes and what browsers straighten into them lead home."""
    plain = path.isprintable() and "\\" not in path
    return path if plain and path.startswith("/") and not path.startswith("//") else "/"
