"""What several guidelines in force at once ask for: the most restrictive wins, field by field and limit by limit.

Packs of one family say so themselves (``extends``).  This is for packs that know nothing of each other: each grades
on its own scales, and what is released must satisfy all of them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from policies.demand import demands, stricter
from policies.facts import FieldFacts
from policies.grade import grade
from policies.grading import Grading
from policies.openness import strictest
from policies.pack import Pack
from policies.strictness import merged, weaker
from policies.together import known_to, together
from policies.treatment import Acceptance, Ask, Demands, Model


def strictest_openness(gradings: Sequence[Grading]) -> str:
    """The openness that all gradings allow; no grading means closed."""
    return strictest(grading.openness for grading in gradings)


def demands_of_parts(
    pack: Pack,
    grading: Grading,
    fields: Sequence[FieldFacts],
    openness: str,
    chosen: Mapping[str, Ask] | None = None,
) -> Demands:
    """What a composed ``pack`` asks for; ``grading`` is its grading of ``fields``, ``chosen`` is settled already."""
    gradings = [grade(part, fields, known_to(part, grading.dataset)) for part in pack.parts]
    asked, wanted = _settled(pack.parts, gradings, fields, openness, chosen or {})
    planned = [one.planned for one in asked if one.planned is not None]
    return replace(_joined(asked, wanted), planned=together(pack, planned, planned[-1].dataset))


def demands_of_all(
    packs: Sequence[Pack], gradings: Sequence[Grading], fields: Sequence[FieldFacts], openness: str
) -> Demands:
    """What all ``packs`` together ask for; ``gradings`` are theirs, of the same ``fields``, in the same order.

    ``planned`` is the last pack's.  Raises ValueError when there is no pack, or one grading too few."""
    if not packs:
        raise ValueError("No pack was given: choose at least one.")
    return _joined(*_settled(packs, gradings, fields, openness, {}))


def _settled(
    packs: Sequence[Pack],
    gradings: Sequence[Grading],
    fields: Sequence[FieldFacts],
    openness: str,
    chosen: Mapping[str, Ask],
) -> tuple[list[Demands], dict[str, Ask]]:
    """The strictest ask of each field is put to every pack again until none asks for more.  Ends because asks only
    ever grow stricter."""
    while True:
        asked = [demands(p, g, fields, openness, chosen) for p, g in zip(packs, gradings, strict=True)]
        wanted = _strictest_asks(asked)
        if {name: ask.method for name, ask in wanted.items()} == {name: ask.method for name, ask in chosen.items()}:
            return asked, wanted
        chosen = wanted


def _strictest_asks(asked: Sequence[Demands]) -> dict[str, Ask]:
    found: dict[str, Ask] = {}
    for one in asked:
        for ask in one.asks:
            if ask.field not in found or weaker(found[ask.field].method, ask.method):
                found[ask.field] = ask
    return found


def _joined(asked: Sequence[Demands], asks: Mapping[str, Ask]) -> Demands:
    instead = next((one for one in asked if one.release != "microdata"), asked[0])
    return replace(
        asked[-1],
        asks=tuple(asks.values()),
        models=_models(asked),
        acceptance=_limits(asked),
        suppression_limit=min(one.suppression_limit for one in asked),
        obligations=tuple(dict.fromkeys(duty for one in asked for duty in one.obligations)),
        obligation_ids=tuple(dict.fromkeys(duty for one in asked for duty in one.obligation_ids)),
        refusals=tuple(dict.fromkeys(refusal for one in asked for refusal in one.refusals)),
        release=instead.release,
        release_params=instead.release_params,
    )


def _models(asked: Sequence[Demands]) -> tuple[Model, ...]:
    found: dict[tuple[str, str], Model] = {}
    for model in (model for one in asked for model in one.models):
        key = model.name, str(model.params.get("field", ""))
        found[key] = replace(found[key], params=merged(found[key].params, model.params)) if key in found else model
    return tuple(found.values())


def _limits(asked: Sequence[Demands]) -> tuple[Acceptance, ...]:
    found: dict[tuple[str, str], Acceptance] = {}
    for limit in (limit for one in asked for limit in one.acceptance):
        found[limit.metric, limit.op] = stricter(limit, found.get((limit.metric, limit.op)))
    return tuple(found.values())
