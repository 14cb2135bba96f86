"""Conditions that rows of the workflow tables name.  Each looks at the actor and the facts, nothing else.

A fact that nobody established keeps its default, and every default refuses: unknown is never "yes".
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from release.nouns.refusal import Refusal
from release.workflow.role import Actor

SHORTEST_REASON = 2


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything a guard may look at.  Times are ISO 8601 in UTC, so they compare as text.

    ``hands`` are all persons who ever worked on the release (uploaded, corrected, planned, submitted).
    ``sealed`` is the digest of what was submitted or approved, ``current`` the digest of what lies there now,
    measured from the bytes.  ``decider`` is whose word (a label, a disagreement) the command is about.
    """

    owner: str = ""
    organisation: str = ""
    hands: frozenset[str] = frozenset()
    approver: str = ""
    report_passed: bool = False
    sealed: str = ""
    current: str = ""
    openness: str = "closed"
    release_state: str = ""
    comment: str = ""
    applicant: str = ""
    purpose: str = ""
    terms_accepted: bool = False
    now: str = ""
    ends_at: str = ""
    latest_end: str = ""
    undisputed: bool = False
    within_grade: bool = False
    above_proof: bool = False
    decider: str = ""


Guard = Callable[[Actor, Facts], Refusal | None]


def own_agency(actor: Actor, facts: Facts) -> Refusal | None:
    """The dataset belongs to the actor, or to the actor's organisation."""
    own = actor.id and (actor.id == facts.owner or (actor.organisation and actor.organisation == facts.organisation))
    return None if own else Refusal("workflow.not-yours", "This dataset belongs to another organisation.")


def not_own_work(actor: Actor, facts: Facts) -> Refusal | None:
    """The actor had no hand in the release, in whatever role."""
    if actor.id and actor.id not in facts.hands and actor.id != facts.owner:
        return None
    return Refusal(
        "workflow.own-work",
        "Nobody decides on their own work.",
        remedy="Ask a second person, who had no hand in it, to decide.",
    )


def other_person(actor: Actor, facts: Facts) -> Refusal | None:
    """The actor is not the one who applies."""
    if actor.id and facts.applicant and actor.id != facts.applicant:
        return None
    return Refusal("workflow.own-work", "Nobody decides on their own application.")


def second_person(actor: Actor, facts: Facts) -> Refusal | None:
    """Somebody approved, and that person had no hand in the release."""
    if facts.approver and facts.approver not in facts.hands and facts.approver != facts.owner:
        return None
    return Refusal("workflow.second-person", "No second person approved this release.")


def report_passed(actor: Actor, facts: Facts) -> Refusal | None:
    """Every limit of the plan was measured on the written bytes and holds."""
    if facts.report_passed:
        return None
    return Refusal(
        "workflow.report",
        "The risk report did not pass, or there is none.",
        remedy="Make a stricter plan and treat the dataset again.",
    )


def digest_unchanged(actor: Actor, facts: Facts) -> Refusal | None:
    """What lies there now is, byte for byte, what was submitted or approved."""
    if facts.sealed and facts.sealed == facts.current:
        return None
    return Refusal(
        "workflow.changed",
        "The bytes are not the bytes that were submitted.",
        remedy="Submit the release again, so that it is reviewed as it is now.",
    )


def not_closed(actor: Actor, facts: Facts) -> Refusal | None:
    """The release is meant for somebody: unconditional or conditional."""
    if facts.openness in ("unconditional", "conditional"):
        return None
    return Refusal("workflow.closed", "A closed dataset is not released.", remedy="Plan it for a permitted openness.")


def unconditional(actor: Actor, facts: Facts) -> Refusal | None:
    """The release is open to everyone."""
    if facts.openness == "unconditional":
        return None
    return Refusal("workflow.conditional", "This dataset is open on application only.", remedy="Apply for access.")


def conditional_published(actor: Actor, facts: Facts) -> Refusal | None:
    """There is a published release, and it is open on application."""
    if facts.openness == "conditional" and facts.release_state == "published":
        return None
    return Refusal("workflow.not-on-offer", "This dataset is not on offer for applications.")


def reason_given(actor: Actor, facts: Facts) -> Refusal | None:
    """The actor said why."""
    if len(facts.comment.strip()) >= SHORTEST_REASON:
        return None
    return Refusal("workflow.reason", "This decision needs a reason.", remedy="Write why, in the field comment.")


def own_application(actor: Actor, facts: Facts) -> Refusal | None:
    """The application is the actor's own."""
    if actor.id and actor.id == facts.applicant:
        return None
    return Refusal("workflow.not-yours", "This application belongs to somebody else.")


def purpose_given(actor: Actor, facts: Facts) -> Refusal | None:
    """The application says what the data are for."""
    if len(facts.purpose.strip()) >= SHORTEST_REASON:
        return None
    return Refusal("workflow.purpose", "The application names no purpose.", remedy="Say what the data are for.")


def terms_accepted(actor: Actor, facts: Facts) -> Refusal | None:
    """The applicant accepted the terms of use."""
    if facts.terms_accepted:
        return None
    return Refusal("workflow.terms", "The terms of use are not accepted.", remedy="Read and accept the terms.")


def end_ahead(actor: Actor, facts: Facts) -> Refusal | None:
    """The grant ends, and it ends in the future and not beyond the longest term the service allows."""
    if facts.now and facts.now < facts.ends_at <= facts.latest_end:
        return None
    return Refusal("workflow.term", "The grant needs an end in the future and within the longest permitted term.")


def grant_live(actor: Actor, facts: Facts) -> Refusal | None:
    """The grant has not ended yet."""
    if facts.now and facts.now < facts.ends_at:
        return None
    return Refusal("workflow.expired", "The grant has ended.", remedy="Apply again.")


def past_end(actor: Actor, facts: Facts) -> Refusal | None:
    """The grant's end has passed."""
    if facts.ends_at and facts.ends_at <= facts.now:
        return None
    return Refusal("workflow.term", "The grant has not ended yet.")


def undisputed(actor: Actor, facts: Facts) -> Refusal | None:
    """No disagreement between steward and reviewer about a field is open."""
    if facts.undisputed:
        return None
    return Refusal(
        "workflow.disputed",
        "Steward and reviewer disagree about a field.",
        remedy="Correct the field as the reviewer says, or have the disagreement retracted or overruled.",
    )


def within_grade(actor: Actor, facts: Facts) -> Refusal | None:
    """Under its policy as it stands now the released table is still as open as it is offered."""
    if facts.within_grade:
        return None
    return Refusal(
        "workflow.outgrown",
        "Under its policy as it stands now this release may no longer be this open.",
        remedy="Release a new version under the policy as it is now.",
    )


def above_proof(actor: Actor, facts: Facts) -> Refusal | None:
    """The category is not less than what a checksum proves."""
    if facts.above_proof:
        return None
    return Refusal(
        "workflow.below-proof",
        "A checksum proves something graver than this category.",
        remedy="A second person must confirm the decision before it takes effect.",
    )


def other_decider(actor: Actor, facts: Facts) -> Refusal | None:
    """The actor is not the one whose word it is."""
    if actor.id and facts.decider and actor.id != facts.decider:
        return None
    return Refusal("workflow.own-work", "Nobody decides on their own word.", remedy="Ask a second person.")


def own_dissent(actor: Actor, facts: Facts) -> Refusal | None:
    """The disagreement is the actor's own."""
    if actor.id and actor.id == facts.decider:
        return None
    return Refusal("workflow.not-yours", "This disagreement is somebody else's.")


def under_review(actor: Actor, facts: Facts) -> Refusal | None:
    """The release was submitted and is not published yet."""
    if facts.release_state in ("submitted", "approved", "returned"):
        return None
    return Refusal("workflow.state", "The release is not under review.", remedy="Suspend a published release instead.")


GUARDS: dict[str, Guard] = {
    "own-agency": own_agency,
    "not-own-work": not_own_work,
    "other-person": other_person,
    "second-person": second_person,
    "report-passed": report_passed,
    "digest-unchanged": digest_unchanged,
    "not-closed": not_closed,
    "unconditional": unconditional,
    "conditional-published": conditional_published,
    "reason-given": reason_given,
    "own-application": own_application,
    "purpose-given": purpose_given,
    "terms-accepted": terms_accepted,
    "end-ahead": end_ahead,
    "grant-live": grant_live,
    "past-end": past_end,
    "undisputed": undisputed,
    "within-grade": within_grade,
    "above-proof": above_proof,
    "other-decider": other_decider,
    "own-dissent": own_dissent,
    "under-review": under_review,
}
