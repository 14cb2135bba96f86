"""Who may see a file of a package.  Order matters: whoever may see a stricter file may see the looser ones.

What a reader would get wrong: the data of a conditional release is for grantees, and so is the report that draws
its distributions; only descriptions of it are public.
"""

from __future__ import annotations

from enum import StrEnum

from release.nouns.openness import Openness


class Audience(StrEnum):
    """everyone; applicants whose application was granted; the people who review."""

    PUBLIC = "public"
    GRANTEE = "grantee"
    REVIEWER = "reviewer"


RANK = {Audience.PUBLIC: 0, Audience.GRANTEE: 1, Audience.REVIEWER: 2}


def of_data(openness: Openness) -> Audience:
    """The audience of the rows themselves, and of everything drawn from them."""
    if openness is Openness.UNCONDITIONAL:
        return Audience.PUBLIC
    if openness is Openness.CONDITIONAL:
        return Audience.GRANTEE
    return Audience.REVIEWER


def may_see(viewer: Audience, file: Audience) -> bool:
    """Whether a file for ``file`` may be handed to ``viewer``."""
    return RANK[file] <= RANK[viewer]
