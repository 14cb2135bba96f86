"""What is known of one field, or of the dataset, while the stages run."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from policies.facts import DatasetFacts, FieldFacts
from policies.format.authority import Authority
from policies.format.category import UNKNOWN
from policies.format.scale import Scale
from policies.grading import Block, Instead, Required, Step
from policies.openness import UNCONDITIONAL, strictest
from policies.pack import Pack


@dataclass(slots=True)
class State:
    """Levels and floors by scale, the openness cap so far, and every step that led here."""

    name: str
    levels: dict[str, str] = field(default_factory=dict)
    floors: dict[str, str] = field(default_factory=dict)
    cap: str = UNCONDITIONAL
    steps: list[Step] = field(default_factory=list)


@dataclass(slots=True)
class FieldState(State):
    """``borne`` are the markers of each plausible category; ``sure`` and ``maybe`` those that rules added, with and
    without certainty."""

    facts: FieldFacts = field(default_factory=lambda: FieldFacts("", UNKNOWN, "sensitive", 0.0))
    candidates: tuple[str, ...] = ()
    borne: dict[str, frozenset[str]] = field(default_factory=dict)
    sure: set[str] = field(default_factory=set)
    maybe: set[str] = field(default_factory=set)
    role: str = ""
    review: bool = False
    required: list[Required] = field(default_factory=list)

    def markers(self) -> tuple[str, ...]:
        """Every marker the field may bear, by name."""
        return tuple(sorted({*self.sure, *self.maybe, *(m for borne in self.borne.values() for m in borne)}))


@dataclass(slots=True)
class Scene:
    """Everything a condition or an effect may look at.  ``openness`` is known from the release stage on; ``gone`` are
    the fields of the source that are not in the output."""

    pack: Pack
    dataset: DatasetFacts
    fields: tuple[FieldState, ...]
    gone: tuple[FieldState, ...]
    whole: State
    openness: str = ""
    obligations: list[str] = field(default_factory=list)
    flags: list[str] = field(default_factory=list)
    stops: list[Block] = field(default_factory=list)
    instead: list[Instead] = field(default_factory=list)

    def scale(self, id: str) -> Scale:
        """The scale called ``id``."""
        return self.pack.scales[id]


def candidates(pack: Pack, facts: FieldFacts) -> tuple[str, ...]:
    """The categories that must be reckoned with: the classified one first, then the plausible others by name.

    What a person decided stands alone.  Below the confidence at which a field counts as recognised, the unknown is
    among them; a category that the pack has never heard of is the unknown."""
    assert pack.engine is not None
    first = facts.category if pack.entries(facts.category) else UNKNOWN
    if facts.overridden:
        return (first,)
    said = {category for category, confidence in facts.alternatives if confidence >= pack.engine.plausible}
    others = {category if pack.entries(category) else UNKNOWN for category in said}
    if facts.confidence < pack.engine.recognised:
        others.add(UNKNOWN)
    return (first, *sorted(others - {first}))


def begin(pack: Pack, facts: FieldFacts) -> FieldState:
    """The state of a field before any stage: candidates, markers and role, no level yet."""
    plausible = candidates(pack, facts)
    borne = {c: frozenset(m for entry in pack.entries(c) for m in entry.markers) for c in plausible}
    return FieldState(
        name=facts.name,
        facts=facts,
        candidates=plausible,
        borne=borne,
        role=facts.role,
        review=facts.needs_review and not facts.overridden,
    )


def allowed(pack: Pack, levels: Iterable[tuple[str, str]]) -> tuple[str, Authority | None, str]:
    """The openness that a set of (scale, level) allows, with the authority and the scale that decide it."""
    found = [(*pack.opens(scale, level), scale) for scale, level in levels if level]
    if not found:
        return "closed", None, ""
    openness = strictest(item[0] for item in found)
    return next(item for item in found if item[0] == openness)
