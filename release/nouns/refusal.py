"""A "no" as a value: the path stops here, on purpose, and says under which article."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why the path stops.

    ``code`` is stable and machine-readable (``grade.closed``, ``verify.breach`` …), ``article`` the place in
    the policy that decides (empty where none does), ``remedy`` what a person can do next.  No text here may
    hold a cell of the table.
    """

    code: str
    message: str
    article: str = ""
    remedy: str = ""
