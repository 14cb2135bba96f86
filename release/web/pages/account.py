"""Signing in, signing up, signing out."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Request
from fastapi.responses import Response

from release.desk import people
from release.web.pages.visitor import SESSION, Visitor, back, form, page, visitor

ROUTER = APIRouter(include_in_schema=False)
Asker = Annotated[Visitor, Depends(visitor)]
Form = Annotated[dict[str, str], Depends(form)]


@ROUTER.get("/login")
def login_page(asker: Asker, next: str = "/") -> Response:
    """The two forms."""
    return page(asker, "login.html", next=next, filled={"login": ""})


@ROUTER.post("/login")
def log_in(asker: Asker, given: Form, request: Request) -> Response:
    """A session cookie, and on to where the visitor was going."""
    found = people.log_in(asker.desk, given.get("login", ""), given.get("password", ""))
    if isinstance(found, tuple):
        return page(
            asker, "login.html", refusals=found, next=given.get("next", "/"), filled={"login": given.get("login", "")}
        )
    response = back(_inside(given.get("next", "/")))
    response.set_cookie(
        SESSION,
        found.token,
        max_age=asker.desk.rules.session_hours * 3600,
        httponly=True,
        samesite="lax",
        secure=request.url.scheme == "https",
    )
    return response


@ROUTER.post("/signup")
def sign_up(asker: Asker, given: Form, request: Request) -> Response:
    """A new account that may apply for data, signed in at once."""
    made = people.sign_up(
        asker.desk,
        given.get("login", ""),
        given.get("password", ""),
        given.get("name", ""),
        given.get("organisation", ""),
    )
    if isinstance(made, tuple):
        return page(asker, "login.html", refusals=made, next="/", filled={"login": given.get("login", "")})
    return log_in(asker, given, request)


@ROUTER.post("/logout")
def log_out(asker: Asker, given: Form) -> Response:
    """Ends the session."""
    people.log_out(asker.desk, asker.request.cookies.get(SESSION, ""))
    response = back("/")
    response.delete_cookie(SESSION)
    return response


def _inside(path: str) -> str:
    """Only a path of this site: //elsewhere and schemes lead home."""
    return path if path.startswith("/") and not path.startswith(("//", "/\\")) else "/"
