"""What must hold of grading whatever the table: properties over all packs, and the engine's finer points."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from classifiers.category import tree
from policies.demand import demands
from policies.errors import FactsError
from policies.explain import explain
from policies.facts import DatasetFacts, FieldFacts, ReleasedBefore
from policies.grade import grade, regrade
from policies.grading import Grading
from policies.openness import ORDER
from policies.pack import Pack, found, load, load_file
from tests.policies import small

CATEGORIES = [*tree(), "never.heard.of"]
ROLES = ("direct-identifier", "quasi-identifier", "sensitive", "insensitive")
PACKS = st.sampled_from(found())

categories = st.sampled_from(CATEGORIES)
shares = st.sampled_from([0.0, 0.05, 0.14, 0.2, 0.34, 0.4, 0.5, 0.9, 1.0])
facts = st.builds(
    FieldFacts,
    name=st.just(""),
    category=categories,
    role=st.sampled_from(ROLES),
    confidence=shares,
    distinct=st.sampled_from([0, 1, 3, 50, 900]),
    alternatives=st.lists(st.tuples(categories, shares), max_size=2).map(tuple),
    needs_review=st.booleans(),
    top_share=shares,
    type=st.sampled_from(["", "integer", "text", "date"]),
    precision=st.sampled_from(["", "second", "month", "year", "street", "city"]),
    least=st.sampled_from([None, 3.0, 18.0]),
)
tables = st.lists(facts, min_size=1, max_size=6).map(
    lambda fields: tuple(replace(one, name=f"f{number}") for number, one in enumerate(fields))
)
measures = st.dictionaries(
    st.sampled_from(["max-risk", "k", "residual-identifiers", "min-cell", "l:f0", "l:f1"]),
    st.sampled_from([0.0, 0.04, 0.2, 1.0, 3.0, 20.0]),
    max_size=4,
)
datasets = st.builds(
    DatasetFacts,
    rows=st.sampled_from([0, 10, 1000, 20_000_000]),
    subjects=st.sampled_from([0, 5, 10_000_000]),
    sources=st.integers(1, 2),
    measures=measures,
    released=st.lists(
        st.builds(ReleasedBefore, id=st.just("earlier"), categories=st.lists(categories, max_size=4).map(tuple)),
        max_size=2,
    ).map(tuple),
)


def graver_or_equal(pack: Pack, one: Grading, other: Grading) -> bool:
    """Whether ``one`` is at least as grave as ``other`` on every scale and in openness."""
    return ORDER[one.openness] >= ORDER[other.openness] and all(
        pack.scales[scale].rank(one.levels.get(scale, "")) >= pack.scales[scale].rank(level)
        for scale, level in other.levels.items()
    )


@settings(max_examples=150, deadline=None)
@given(PACKS, tables, datasets, st.randoms(use_true_random=False))
def test_the_order_of_fields_changes_nothing(
    pack: Pack, fields: tuple[FieldFacts, ...], about: DatasetFacts, random: object
) -> None:
    shuffled = list(fields)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    one, other = grade(pack, fields, about), grade(pack, shuffled, about)
    assert {g.field: g for g in one.fields} == {g.field: g for g in other.fields}
    assert replace(one, fields=()) == replace(other, fields=())


@settings(max_examples=200, deadline=None)
@given(PACKS, tables, facts, st.sampled_from([10, 1000, 20_000_000]))
def test_another_field_never_lowers_the_dataset(
    pack: Pack, fields: tuple[FieldFacts, ...], more: FieldFacts, rows: int
) -> None:
    about = DatasetFacts(rows=rows)
    before = grade(pack, fields, about)
    after = grade(pack, (*fields, replace(more, name="more")), about)
    assert graver_or_equal(pack, after, before)


@settings(max_examples=100, deadline=None)
@given(PACKS, tables, categories)
def test_another_plausible_category_never_lowers_a_field(
    pack: Pack, fields: tuple[FieldFacts, ...], category: str
) -> None:
    about = DatasetFacts(rows=1000)
    before = grade(pack, fields, about).fields[0]
    doubted = replace(fields[0], alternatives=(*fields[0].alternatives, (category, 0.5)))
    after = grade(pack, (doubted, *fields[1:]), about).fields[0]
    assert ORDER[after.openness] >= ORDER[before.openness]
    for scale, level in before.levels.items():
        assert pack.scales[scale].rank(after.levels[scale]) >= pack.scales[scale].rank(level)


@settings(max_examples=150, deadline=None)
@given(PACKS, tables, measures)
def test_a_measure_that_is_taken_away_never_opens_anything(
    pack: Pack, fields: tuple[FieldFacts, ...], measured: dict[str, float]
) -> None:
    done = {facts.name: "generalize" for facts in fields}
    about = DatasetFacts(rows=1000)
    with_all = regrade(pack, fields, about, done, measured)
    for name in measured:
        fewer = {key: value for key, value in measured.items() if key != name}
        assert graver_or_equal(pack, regrade(pack, fields, about, done, fewer), with_all)


@settings(max_examples=100, deadline=None)
@given(PACKS, tables, datasets)
def test_every_level_has_a_step_with_an_article(
    pack: Pack, fields: tuple[FieldFacts, ...], about: DatasetFacts
) -> None:
    grading = grade(pack, fields, about)
    for graded in grading.fields:
        assert graded.levels
        assert graded.article
        for scale, level in graded.levels.items():
            last = [step for step in graded.steps if step.scale == scale][-1]
            assert last.after == level
            assert last.article
            assert last.evidence in ("verified", "secondary", "recalled")
        for lang in ("zh", "en"):
            assert explain(grading, graded.field, lang)
    for scale, level in grading.levels.items():
        assert [step for step in grading.steps if step.scale == scale][-1].after == level


@settings(max_examples=100, deadline=None)
@given(PACKS, tables, st.lists(categories, min_size=1, max_size=4).map(tuple))
def test_another_table_that_is_out_never_lowers_anything(
    pack: Pack, fields: tuple[FieldFacts, ...], out: tuple[str, ...]
) -> None:
    about = DatasetFacts(rows=1000)
    more = replace(about, released=(ReleasedBefore("earlier", out),))
    assert graver_or_equal(pack, grade(pack, fields, more), grade(pack, fields, about))


@settings(max_examples=100, deadline=None)
@given(PACKS, tables, st.sampled_from(["unconditional", "conditional"]))
def test_what_is_asked_for_is_enough_or_refused(pack: Pack, fields: tuple[FieldFacts, ...], openness: str) -> None:
    grading = grade(pack, fields, DatasetFacts(rows=1000))
    asked = demands(pack, grading, fields, openness)
    assert [ask.field for ask in asked.asks] == [one.name for one in fields]
    assert asked.planned is not None
    assert all(ORDER[g.openness] <= ORDER[openness] for g in asked.planned.fields)
    if not asked.refusals:
        assert ORDER[asked.planned.openness] <= ORDER[openness]
        assert asked.planned.fields
    for one, ask in zip(fields, asked.asks, strict=True):
        if openness == "unconditional" and one.needs_review:
            assert ask.method == "drop"


@cache
def pack() -> Pack:
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        return small.load(Path(folder))


def field(
    name: str, category: str, role: str = "quasi-identifier", confidence: float = 1.0, **more: object
) -> FieldFacts:
    return FieldFacts(name, category, role, confidence, **more)  # type: ignore[arg-type]


def test_a_floor_is_never_gone_below() -> None:
    measured = DatasetFacts(rows=9, measures={"max-risk": 0.05})
    graded = grade(pack(), [field("a", "person.age"), field("b", "thing.count")], measured)
    assert [g.levels["s"] for g in graded.fields] == ["L1", "L0"]
    assert graded.fields[0].steps[-1].rule == "lowered"


def test_rank_alone_orders_a_scale(tmp_path: Path) -> None:
    text = small.PACK.replace("rank = 0", "rank = 7").replace("rank = 1", "rank = 3").replace("rank = 2", "rank = -1")
    text = text.replace(
        'L0 = "unconditional", L1 = "conditional", L2 = "closed"',
        'L2 = "unconditional", L1 = "conditional", L0 = "closed"',
    )
    text = text.replace('base = { s = "L2" }', 'base = { s = "L0" }').replace(
        'floor = { s = "L1" }', 'floor = { s = "L2" }'
    )
    text = text.replace('openness = "closed"\nlevels = { s = "L2" }', 'openness = "closed"\nlevels = { s = "L0" }')
    from policies.pack import load_file

    down = load_file(small.write(tmp_path, text.replace('base = { s = "L0" }', 'base = { s = "L0" }')))
    assert down.scales["s"].lowest() == "L2"
    graded = grade(down, [field("a", "thing.x"), field("b", "person.x")], DatasetFacts(rows=1))
    assert graded.levels == {"s": "L0"}


def test_a_raise_stops_at_its_bound_and_at_the_top() -> None:
    graded = grade(pack(), [field("n", "person.name")], DatasetFacts(rows=1))
    assert graded.levels == {"s": "L2"}


def test_what_a_person_decided_is_not_doubted() -> None:
    doubt = field("a", "thing.x", "insensitive", 0.1, alternatives=(("person.name", 0.9),))
    assert grade(pack(), [doubt], DatasetFacts(rows=1)).openness == "closed"
    assert grade(pack(), [replace(doubt, overridden=True)], DatasetFacts(rows=1)).openness == "unconditional"


def test_declared_harm_raises_the_dataset() -> None:
    harmed = grade(pack(), [field("a", "thing.x")], DatasetFacts(rows=1, attributes={"impact.state": "much"}))
    assert harmed.levels == {"s": "L2"}
    assert harmed.openness == "closed"


@pytest.mark.parametrize(
    ("attributes", "words"),
    [
        ({"orign": "own"}, "knows no attribute 'orign'"),
        ({"origin": "stolen"}, "must be one of own, shared"),
        ({"impact.moon": "much"}, "knows no attribute 'impact.moon'"),
        ({"impact.state": "some"}, "must be one of none, much"),
    ],
)
def test_facts_that_are_not_known_are_refused(attributes: dict[str, str], words: str) -> None:
    with pytest.raises(FactsError, match=words):
        grade(pack(), [field("a", "thing.x")], DatasetFacts(rows=1, attributes=attributes))


def test_a_field_named_twice_is_refused() -> None:
    with pytest.raises(FactsError, match="named twice"):
        grade(pack(), [field("a", "thing.x"), field("a", "thing.y")], DatasetFacts(rows=1))


def test_no_field_at_all_is_closed() -> None:
    assert grade(pack(), [], DatasetFacts(rows=1)).openness == "closed"


def test_explain_says_every_step_in_both_languages() -> None:
    shanghai = load("cn-shanghai-open-data")
    fields = [field("姓名", "person.name", "direct-identifier"), field("日期", "thing.date", "insensitive")]
    grading = grade(shanghai, fields, DatasetFacts(rows=9))
    zh, en = explain(grading, "日期", "zh"), explain(grading, "日期", "en")
    assert len(zh) == len(en)
    assert any("时间和地点" in line and "times-and-places" in line for line in zh)
    assert any("times and places" in line and "[recalled]" in line for line in en)
    for words in ("类别的基准级别与底线:", "字段组合规则:", "依测量结果的规则: 无", "字段结论: ", "数据集结论: "):
        assert any(line.startswith(words) for line in zh), words
    assert any(line.endswith("[凭记忆，未核]") for line in zh)
    with pytest.raises(KeyError):
        explain(grading, "没有")


def test_explain_shows_the_base_and_the_floor_under_it(tmp_path: Path) -> None:
    text = small.PACK.replace('floor = { s = "L1" }', 'floor = { s = "L2" }')
    lines = explain(grade(load_file(small.write(tmp_path, text)), [field("a", "person.age")], DatasetFacts(9)), "a")
    at = lines.index("base and floor of the category:")
    assert lines[at + 1].startswith("  s L1 · person: middle · category:person · a [recalled]")
    assert lines[at + 2] == "  s L1 → L2 · person: at least high · floor:person · a [recalled]"
