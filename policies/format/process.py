"""The procedure around a release: steps with their deadlines, and what an objection sets off."""

from __future__ import annotations

from dataclasses import dataclass

from policies.format.authority import Authority, Words, read_authority, read_words
from policies.source.section import Section

ON_TIMEOUT = ("escalate", "close", "note")
OBJECTIONS = ("rights", "quality")
ON_RECEIPT = ("suspend-if-needed", "suspend", "mark-disputed", "confirm-then-mark")
OUTCOMES = ("withdraw", "restore", "treat-and-reopen", "correct")


@dataclass(frozen=True, slots=True)
class ProcessStep:
    """``working_days`` is None where no text gives a number: then it is a setting of the operator."""

    id: str
    words: Words
    working_days: int | None
    on_timeout: str
    authority: Authority


@dataclass(frozen=True, slots=True)
class Objection:
    """What happens when somebody objects on grounds of rights or of quality."""

    kind: str
    on_receipt: str
    outcomes: tuple[str, ...]
    authority: Authority


@dataclass(frozen=True, slots=True)
class Process:
    """Every step and objection the guideline names."""

    steps: tuple[ProcessStep, ...]
    objections: tuple[Objection, ...]


def read_process(root: Section) -> Process:
    """The ``[process]`` table; an absent one is empty."""
    section = root.section("process")
    steps: list[ProcessStep] = []
    for inner in section.sections("steps"):
        step = ProcessStep(
            id=inner.text("id"),
            words=read_words(inner),
            working_days=inner.integer("working_days", least=1) if inner.has("working_days") else None,
            on_timeout=inner.choice("on_timeout", ON_TIMEOUT, "escalate"),
            authority=read_authority(inner),
        )
        if step.id in {other.id for other in steps}:
            inner.fail(f"repeats the step '{step.id}'", "id")
        inner.close()
        steps.append(step)
    objections: list[Objection] = []
    for kind, inner in section.named("objections"):
        section.member(kind, OBJECTIONS, "objections")
        outcomes = inner.texts("outcomes")
        for outcome in outcomes:
            inner.member(outcome, OUTCOMES, "outcomes")
        objections.append(Objection(kind, inner.choice("on_receipt", ON_RECEIPT), outcomes, read_authority(inner)))
        inner.close()
    section.close()
    return Process(tuple(steps), tuple(objections))
