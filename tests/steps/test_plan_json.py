"""A plan survives JSON, and a document that is not wholly a plan is refused."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policies.pack import found
from release.nouns.errors import BadInput
from release.nouns.openness import Openness
from release.nouns.plan import FieldPlan, Limit, ModelSpec, Plan, PolicyRef, SearchSpec
from release.nouns.plan_json import from_json, to_json
from release.steps.plan import make_plan
from tests.steps.plan_tables import people, stations

words = st.text(max_size=6)
numbers = st.floats(allow_nan=False, allow_infinity=False)
scalars = st.one_of(words, st.booleans(), st.integers(-5, 5), numbers)
params = st.dictionaries(
    words,
    st.recursive(
        scalars,
        lambda inner: st.one_of(st.lists(inner, max_size=3).map(tuple), st.dictionaries(words, inner, max_size=3)),
        max_leaves=6,
    ),
    max_size=3,
)
plans = st.builds(
    Plan,
    policy=st.builds(PolicyRef, words, words, words),
    dataset_digest=words,
    dataset_name=words,
    openness=st.sampled_from(Openness),
    fields=st.lists(
        st.builds(FieldPlan, words, words, words, st.dictionaries(words, words, max_size=2), words, params, words),
        max_size=3,
    ).map(tuple),
    models=st.lists(st.builds(ModelSpec, words, params), max_size=2).map(tuple),
    search=st.builds(SearchSpec, gs_factor=numbers, monotonic=st.booleans(), weights=st.dictionaries(words, numbers)),
    limits=st.lists(st.builds(Limit, words, words, numbers, words), max_size=2).map(tuple),
    obligations=st.lists(words, max_size=2).map(tuple),
    reasons=st.lists(words, max_size=2).map(tuple),
)


@given(plans)
def test_any_plan_comes_back_the_same(plan: Plan) -> None:
    again = from_json(to_json(plan))
    assert again == plan
    assert again.digest() == plan.digest()


@pytest.mark.parametrize("pack", found(), ids=lambda p: p.meta.id)
def test_made_plans_come_back_the_same(tmp_path: Path, pack: Any) -> None:
    for table, findings in (people(tmp_path), stations(tmp_path)):
        plan = make_plan(table, findings, pack)
        assert isinstance(plan, Plan), plan
        assert from_json(to_json(plan)) == plan


def changed(change: Callable[[dict[str, Any]], Any]) -> str:
    plan = Plan(
        PolicyRef("p", "1", "d"),
        "d",
        "n",
        Openness.CONDITIONAL,
        (FieldPlan("f", "c", "r", {"s": "l"}, "keep"),),
        (),
        SearchSpec(),
        (Limit("k", ">=", 5.0),),
    )
    document = json.loads(to_json(plan))
    change(document)
    return json.dumps(document)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda d: d.update(extra=1), "unknown key 'extra'"),
        (lambda d: d["fields"][0].update(methods="keep"), r"fields\[0\] has the unknown key 'methods'"),
        (lambda d: d["fields"][0].pop("method"), r"plan\.fields\[0\] lacks the key 'method'"),
        (lambda d: d.pop("models"), "lacks the key 'models'"),
        (lambda d: d.update(format=2), "another format than 1"),
        (lambda d: d.pop("format"), "another format than 1"),
        (lambda d: d.update(openness="open"), r"plan\.openness must be one of"),
        (lambda d: d.update(fields={}), r"plan\.fields must be a list"),
        (lambda d: d.update(policy=[]), r"plan\.policy must be an object"),
        (lambda d: d["limits"][0].update(value="5"), r"limits\[0\]\.value must be a number"),
        (lambda d: d["limits"][0].update(value=True), r"limits\[0\]\.value must be a number"),
        (lambda d: d["search"].update(monotonic=0), r"search\.monotonic must be true or false"),
        (lambda d: d["fields"][0].update(grade=["l"]), r"grade must be an object"),
        (lambda d: d.update(dataset_name=5), r"dataset_name must be a text"),
    ],
)
def test_what_is_not_wholly_a_plan_is_refused(change: Callable[[dict[str, Any]], Any], words: str) -> None:
    with pytest.raises(BadInput, match=words):
        from_json(changed(change))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("{", "is not JSON"),
        ("[]", "must be an object"),
        ('{"format": 1, "format": 1}', "'format' twice"),
        ('{"format": NaN}', "holds NaN"),
    ],
)
def test_what_is_no_object_is_refused(text: str, words: str) -> None:
    with pytest.raises(BadInput, match=words):
        from_json(text)
