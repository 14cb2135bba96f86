"""Several packs at once: the most restrictive wins."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from policies.combine import demands_of_all, strictest_openness
from policies.demand import demands
from policies.facts import DatasetFacts, FieldFacts
from policies.grade import grade
from policies.openness import ORDER
from policies.pack import found, load
from policies.strictness import weaker
from tests.policies.test_grading import tables

PAIRS = list(itertools.permutations(found(), 2))


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(PAIRS), tables, st.sampled_from(["unconditional", "conditional"]))
def test_the_most_restrictive_wins(pair: tuple[object, object], fields: tuple[FieldFacts, ...], openness: str) -> None:
    packs = list(pair)
    about = DatasetFacts(rows=1000)
    gradings = [grade(pack, fields, about) for pack in packs]  # type: ignore[arg-type]
    together = demands_of_all(packs, gradings, fields, openness)  # type: ignore[arg-type]
    assert strictest_openness(gradings) == max((g.openness for g in gradings), key=ORDER.__getitem__)
    for pack, grading in zip(packs, gradings, strict=True):
        alone = demands(pack, grading, fields, openness)  # type: ignore[arg-type]
        for one, all_ in zip(alone.asks, together.asks, strict=True):
            assert one.field == all_.field
            assert not weaker(all_.method, one.method)
        released = {ask.field for ask in together.asks if ask.method != "drop"}
        if released and not [r for r in together.refusals if r[0] == "plan.nothing-left"]:
            chosen = {ask.field: ask for ask in together.asks}
            again = demands(pack, grading, fields, openness, chosen)  # type: ignore[arg-type]
            assert [ask.method for ask in again.asks] == [ask.method for ask in together.asks]


def test_limits_and_models_of_both() -> None:
    packs = [load("us-hipaa-safe-harbor"), load("cn-shanghai-open-data")]
    fields = [
        FieldFacts("age", "person.basic.age", "quasi-identifier", 1.0, distinct=80, type="integer"),
        FieldFacts("birth", "person.basic.birth-date", "quasi-identifier", 1.0, distinct=800, type="date"),
        FieldFacts("name", "person.name", "direct-identifier", 1.0, distinct=800),
    ]
    gradings = [grade(pack, fields, DatasetFacts(rows=1000)) for pack in packs]
    asked = demands_of_all(packs, gradings, fields, "unconditional")
    assert [ask.method for ask in asked.asks] == ["drop", "year-only", "drop"]
    assert asked.suppression_limit == 0.0
    assert {limit.metric for limit in asked.acceptance} >= {"residual-identifiers", "k", "max-risk"}
    assert {"no-actual-knowledge", "pi-impact-assessment"} <= set(asked.obligation_ids)
    assert asked.refusals == ()


def test_no_pack_is_no_answer(tmp_path: Path) -> None:
    assert strictest_openness([]) == "closed"
    with pytest.raises(ValueError, match="at least one"):
        demands_of_all([], [], [], "conditional")
