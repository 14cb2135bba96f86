"""How a page, a way back and "not here" are answered: templates, headers, and what every template is given.

What a reader would get wrong: pages hold no inline script and no style attribute, and the policy sent with each of
them forbids both; a template that needs one does not work.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from fastapi.responses import HTMLResponse, RedirectResponse, Response
from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from release.nouns.refusal import Refusal
from release.web.pages import spelled
from release.web.pages.language import DEFAULT, LANGUAGES, words
from release.web.pages.phrases import phrases
from release.web.pages.visitor import LANGUAGE, Visitor
from release.workflow.role import Role

TEMPLATES = Path(__file__).parent.parent / "templates"
NAMES = {"zh": "中文", "en": "English"}
STATUS = {"missing": 404, "people.password": 401}
HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
}

NAVIGATION = (
    ("/", "nav.catalogue", (Role.PUBLIC,)),
    ("/applications", "nav.applications", (Role.REQUESTER,)),
    ("/work", "nav.work", (Role.STEWARD, Role.AUTHORITY)),
    ("/review", "nav.review", (Role.REVIEWER, Role.AUTHORITY, Role.STEWARD)),
    ("/words", "nav.words", (Role.STEWARD, Role.REVIEWER, Role.AUTHORITY)),
    ("/regradings", "nav.regradings", (Role.STEWARD, Role.REVIEWER, Role.AUTHORITY)),
    ("/people", "nav.people", (Role.AUTHORITY,)),
    ("/journal", "nav.journal", (Role.AUTHORITY,)),
)


def page(
    asker: Visitor, template: str, *, refusals: Sequence[Refusal] = (), status: int = 200, **values: Any
) -> HTMLResponse:
    """The rendered template."""
    done = f"done.{asker.request.query_params.get('done', '')}"
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
            refusals=[spoken(asker.language, refusal) for refusal in refusals],
            speak=lambda refusal: spoken(asker.language, refusal),
            **phrases(asker),
            done=done if done in words() else "",
            **values,
        )
    )
    if refusals and status == 200:
        status = STATUS.get(refusals[0].code, 409)
    response = HTMLResponse(content, status, HEADERS)
    if asker.request.query_params.get("lang") in LANGUAGES:
        response.set_cookie(LANGUAGE, asker.language, max_age=365 * 86400, samesite="lax")
    return response


def spoken(language: str, refusal: Refusal) -> dict[str, str]:
    """A refusal as a page says it: Chinese where there is a Chinese sentence, the exact English one beneath when it
    holds names and numbers that the sentence does not."""
    said = words().get(f"refusal.{refusal.code}")
    if language != "zh" or said is None:
        return {"said": refusal.message, "detail": "", "article": refusal.article, "remedy": refusal.remedy}
    whole = refusal.code.split(".")[0] in ("workflow", "people", "missing")
    detail = "" if whole else " ".join(filter(None, (refusal.message, refusal.remedy)))
    return {"said": said["zh"], "detail": detail, "article": refusal.article, "remedy": ""}


def missing(asker: Visitor, refusals: Sequence[Refusal] = ()) -> Response:
    """The page for what is not there, or may not be seen: the same page."""
    return page(asker, "missing.html", refusals=refusals, status=404)


def back(path: str, done: str = "") -> RedirectResponse:
    """Post, redirect, get: ``done`` is the key of a notice."""
    return RedirectResponse(f"{path}?{urlencode({'done': done})}" if done else path, 303)


def _other(asker: Visitor) -> dict[str, str]:
    code = "en" if asker.language == DEFAULT else DEFAULT
    kept = {name: said for name, said in asker.request.query_params.items() if name != "done"}
    href = f"{asker.request.url.path}?{urlencode({**kept, 'lang': code})}"
    return {"href": href, "tag": LANGUAGES[code], "name": NAMES[code]}


def _navigation(asker: Visitor) -> list[dict[str, Any]]:
    path = asker.request.url.path
    return [
        {"href": href, "word": word, "current": path == href or (href != "/" and path.startswith(href))}
        for href, word, roles in NAVIGATION
        if any(role is Role.PUBLIC or asker.actor.has(role) for role in roles)
    ]


@cache
def _environment() -> Environment:
    made = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=select_autoescape(default=True),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters.update(spelled.FILTERS)
    return made
