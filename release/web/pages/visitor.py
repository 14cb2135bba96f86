"""Who asks for a page: session, actor, language; and how a page or a way back is answered.

What a reader would get wrong: a form without a session (sign in, sign up) has no token to hold, so every POST must also
come from a page of this site, by its Origin header.
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode, urlsplit

from fastapi import HTTPException, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from release.desk import people
from release.desk.desk import Desk
from release.nouns.refusal import Refusal
from release.web.pages import spelled
from release.web.pages.language import DEFAULT, LANGUAGES, chosen, translate
from release.workflow.role import Actor, Role

SESSION, LANGUAGE = "sluice_session", "sluice_language"
TEMPLATES = Path(__file__).parent.parent / "templates"
NAMES = {"zh": "中文", "en": "English"}
STATUS = {"missing": 404, "people.password": 401}

NAVIGATION = (
    ("/", "nav.catalogue", Role.PUBLIC),
    ("/applications", "nav.applications", Role.REQUESTER),
    ("/work", "nav.work", Role.STEWARD),
    ("/review", "nav.review", Role.REVIEWER),
    ("/people", "nav.people", Role.AUTHORITY),
    ("/journal", "nav.journal", Role.AUTHORITY),
)


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
        """The visitor's half of a (zh, en) pair."""
        return both[0 if self.language == "zh" else 1]


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
    """The fields of a posted form, after the checks that it was posted from here.  Raises 403 otherwise."""
    own = request.url.netloc
    origin = request.headers.get("origin") or request.headers.get("referer") or ""
    if urlsplit(origin).netloc != own:
        raise HTTPException(403, "This form was not sent from a page of this service.")
    given = {name: value for name, value in (await request.form()).multi_items() if isinstance(value, str)}
    found = people.session(request.app.state.desk, request.cookies.get(SESSION, ""))
    if found is not None and not secrets.compare_digest(given.get("csrf", ""), found.csrf):
        raise HTTPException(403, "This form has expired: load the page again.")
    return given


def required(asker: Visitor) -> RedirectResponse | None:
    """The way to the sign-in page when nobody is signed in."""
    if asker.session is not None:
        return None
    return RedirectResponse(f"/login?next={quote(asker.request.url.path)}", 303)


def page(
    asker: Visitor, template: str, *, refusals: Sequence[Refusal] = (), status: int = 200, **values: Any
) -> HTMLResponse:
    """The rendered template."""
    content = (
        _environment()
        .get_template(template)
        .render(
            t=asker.t,
            pick=asker.pick,
            language=asker.language,
            lang_tag=LANGUAGES[asker.language],
            other_language=_other(asker),
            navigation=_navigation(asker),
            person=asker.session.person if asker.session else None,
            actor=asker.actor,
            csrf=asker.session.csrf if asker.session else "",
            refusals=refusals,
            done=asker.request.query_params.get("done", ""),
            **values,
        )
    )
    if refusals and status == 200:
        status = STATUS.get(refusals[0].code, 409)
    response = HTMLResponse(content, status)
    if asker.request.query_params.get("lang") in LANGUAGES:
        response.set_cookie(LANGUAGE, asker.language, max_age=365 * 86400, samesite="lax")
    response.headers["Cache-Control"] = "no-store"
    return response


def missing(asker: Visitor, refusals: Sequence[Refusal] = ()) -> Response:
    """The page for what is not there, or may not be seen: the same page."""
    return page(asker, "missing.html", refusals=refusals, status=404)


def back(path: str, done: str = "") -> RedirectResponse:
    """Post, redirect, get: ``done`` is the key of a notice."""
    return RedirectResponse(f"{path}?{urlencode({'done': done})}" if done else path, 303)


def _other(asker: Visitor) -> dict[str, str]:
    code = "en" if asker.language == DEFAULT else DEFAULT
    query = {**asker.request.query_params, "lang": code}
    return {"href": f"{asker.request.url.path}?{urlencode(query)}", "tag": LANGUAGES[code], "name": NAMES[code]}


def _navigation(asker: Visitor) -> list[dict[str, Any]]:
    path = asker.request.url.path
    return [
        {"href": href, "word": word, "current": path == href or (href != "/" and path.startswith(href))}
        for href, word, role in NAVIGATION
        if role is Role.PUBLIC or asker.actor.has(role)
    ]


def _environment() -> Environment:
    if not hasattr(_environment, "made"):
        made = Environment(
            loader=FileSystemLoader(TEMPLATES), autoescape=select_autoescape(default=True), undefined=StrictUndefined,
            trim_blocks=True, lstrip_blocks=True,
        )  # fmt: skip
        made.filters.update(spelled.FILTERS)
        _environment.made = made  # type: ignore[attr-defined]
    return _environment.made  # type: ignore[attr-defined,no-any-return]
