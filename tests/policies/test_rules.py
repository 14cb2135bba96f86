"""Each effect and each condition of the vocabulary does what its name says, and only when it may."""

from __future__ import annotations

from pathlib import Path

import pytest

from policies.demand import demands
from policies.facts import DatasetFacts, FieldFacts
from policies.grade import grade
from policies.pack import Pack
from tests.policies import small

WHEN = 'when = { category_under = "person.name" }'
THEN = 'then = [{ raise = { scale = "s", by = 1, max = "L2" } }]'
RULE = small.PACK[small.PACK.index('[[rules]]\nid = "names"') : small.PACK.index('[[rules]]\nid = "lowered"')]


def pack(folder: Path, stage: str, when: str, then: str, on: str = "") -> Pack:
    """The small pack with its first rule replaced."""
    rule = RULE.replace('stage = "field"', f'stage = "{stage}"').replace(WHEN, when).replace(THEN, then)
    rule = rule.replace('id = "names"', 'id = "mine"') + (f"on = {on}\n" if on else "")
    text = small.PACK.replace(RULE, rule)
    path = small.write(folder, text[: text.index("[[cases]]")])
    from policies.pack import load_file

    return load_file(path)


def f(name: str, category: str = "thing.x", role: str = "insensitive", **more: object) -> FieldFacts:
    return FieldFacts(name, category, role, more.pop("confidence", 1.0), **more)  # type: ignore[arg-type]


def hit(pack: Pack, *fields: FieldFacts, **about: object) -> list[str]:
    """The fields (or, for a rule about the dataset, the empty name) that the rule fell upon."""
    grading = grade(pack, fields, DatasetFacts(**{"rows": 100, **about}))  # type: ignore[arg-type]
    found = [g.field for g in grading.fields if any(step.rule == "mine" for step in g.steps)]
    return found + ([""] if any(step.rule == "mine" for step in grading.steps) else [])


FLAG = 'then = [{ flag_review = "look" }]'


@pytest.mark.parametrize(
    ("when", "fields", "expected"),
    [
        ('{ category_under = ["thing.x", "person"] }', [f("a"), f("b", "thing.xy"), f("c", "thing.x.y")], ["a", "c"]),
        ('{ role = "sensitive" }', [f("a"), f("b", role="sensitive")], ["b"]),
        ('{ marker = "pi" }', [f("a"), f("b", "person.x")], ["b"]),
        ("{ needs_review = true }", [f("a"), f("b", needs_review=True)], ["b"]),
        ("{ needs_review = true }", [f("b", needs_review=True, overridden=True)], []),
        ("{ confidence_lt = 0.5 }", [f("a"), f("b", confidence=0.49), f("c", confidence=0.5)], ["b"]),
        ("{ treated = true }", [f("a"), f("b", treated="keep")], ["b"]),
        ("{ treated = false }", [f("a"), f("b", treated="keep")], ["a"]),
        ('{ treated = ["mask"] }', [f("a", treated="mask"), f("b", treated="keep")], ["a"]),
        ("{ distinct_ge = 5 }", [f("a", distinct=5), f("b", distinct=4), f("unknown")], ["a", "unknown"]),
        ("{ distinct_share_ge = 0.5 }", [f("a", distinct=50), f("b", distinct=49), f("unknown")], ["a", "unknown"]),
        ("{ top_share_le = 0.5 }", [f("a", top_share=0.5), f("b", top_share=0.51), f("unknown")], ["a", "unknown"]),
        ('{ type = ["date"] }', [f("a", type="date"), f("b", type="text"), f("unknown")], ["a", "unknown"]),
        ('{ level_ge = { scale = "s", level = "L1" } }', [f("a"), f("b", "person.x")], ["b"]),
        ('{ role = "insensitive", category_under = "person" }', [f("a"), f("b", "person.x")], ["b"]),
        ('{ not = { category_under = "person" } }', [f("a"), f("b", "person.x")], ["a"]),
        (
            '{ any = [{ role = "sensitive" }, { marker = "pi" }] }',
            [f("a", role="sensitive"), f("b", "person.x"), f("c")],
            ["a", "b"],
        ),
        ("{ surely = { distinct_ge = 5 } }", [f("a", distinct=5), f("unknown")], ["a"]),
        ('{ surely = { marker = "pi" } }', [f("a", "person.x"), f("b", alternatives=(("person.x", 0.3),))], ["a"]),
        (
            '{ marker = "pi" }',
            [f("b", alternatives=(("person.x", 0.2),)), f("c", alternatives=(("person.x", 0.19),))],
            ["b"],
        ),
        (
            '{ likely = { category_under = "person" } }',
            [
                f("a", "person.x", confidence=0.5),
                f("b", "person.x", confidence=0.49),
                f("c", "person.x", confidence=0.25, alternatives=(("person.y", 0.25), ("thing.x", 0.5))),
                f("d", confidence=0.6, alternatives=(("person.x", 0.4),)),
                f("e", "person.x", confidence=0.1, overridden=True),
            ],
            ["a", "c", "e"],
        ),
        ("{ rows_ge = 100 }", [f("a")], ["a"]),
        ("{ rows_ge = 101 }", [f("a")], []),
    ],
)
def test_conditions_on_a_field(tmp_path: Path, when: str, fields: list[FieldFacts], expected: list[str]) -> None:
    assert hit(pack(tmp_path, "field", f"when = {when}", FLAG), *fields) == expected


@pytest.mark.parametrize(
    ("when", "fields", "about", "holds"),
    [
        ('{ has_any = ["person"] }', [f("a"), f("b", "person.x")], {}, True),
        ('{ has_any = ["person"] }', [f("a")], {}, False),
        ('{ has_any = ["person"] }', [f("b", "person.x", treated="drop"), f("a")], {}, False),
        ('{ source_has = ["person"] }', [f("b", "person.x", treated="drop"), f("a")], {}, True),
        (
            '{ source_count_ge = { n = 2, of = { marker = "pi" } } }',
            [f("a", "person.x", treated="drop"), f("b", alternatives=(("person.y", 0.5),)), f("c")],
            {},
            True,
        ),
        ('{ source_count_ge = { n = 2, of = { marker = "pi" } } }', [f("a", "person.x"), f("b")], {}, False),
        ('{ has_all = ["person", { role = "sensitive" }] }', [f("a", "person.x")], {}, False),
        ('{ has_all = ["person", { role = "sensitive" }] }', [f("a", "person.x", role="sensitive")], {}, True),
        ('{ count_ge = { n = 2, of = { marker = "pi" } } }', [f("a", "person.x"), f("b")], {}, False),
        ('{ count_ge = { n = 2, of = { marker = "pi" } } }', [f("a", "person.x"), f("b", "person.y")], {}, True),
        (
            '{ count_ge = { n = 2, of = { marker = "pi" } } }',
            [f("a", "person.x"), f("b", alternatives=(("person.y", 0.5),))],
            {},
            True,
        ),
        ("{ subjects_ge = 50 }", [f("a")], {"subjects": 49}, False),
        ("{ subjects_ge = 50 }", [f("a")], {"subjects": 50}, True),
        ("{ subjects_ge = 50 }", [f("a")], {"subjects": 0}, True),
        ("{ sources_ge = 2 }", [f("a")], {"sources": 1}, False),
        ("{ sources_ge = 2 }", [f("a")], {"sources": 2}, True),
        ('{ attribute = { name = "origin", value = "shared" } }', [f("a")], {}, False),
        (
            '{ attribute = { name = "origin", value = ["own", "shared"] } }',
            [f("a")],
            {"attributes": {"origin": "own"}},
            True,
        ),
        ('{ metric = { name = "k", op = ">=", value = 5 } }', [f("a")], {"measures": {"k": 5.0}}, True),
        ('{ metric = { name = "k", op = ">", value = 5 } }', [f("a")], {"measures": {"k": 5.0}}, False),
        ('{ metric = { name = "k", op = "<", value = 5 } }', [f("a")], {"measures": {"k": 5.0}}, False),
        ('{ metric = { name = "k", op = "==", value = 5 } }', [f("a")], {"measures": {"k": 5.0}}, True),
        ('{ metric = { name = "k", op = "<=", value = 5 } }', [f("a")], {"measures": {"k": 6.0}}, False),
        ('{ metric = { name = "k", op = "<=", value = 5 } }', [f("a")], {}, True),
        ('{ not = { metric = { name = "k", op = ">=", value = 5 } } }', [f("a")], {}, True),
        ('{ is = "about-persons" }', [f("a", "person.x", treated="drop")], {}, True),
        ('{ level_ge = { scale = "s", level = "L1" } }', [f("a", "person.x")], {}, True),
        ('{ level_ge = { scale = "s", level = "L1" } }', [f("a")], {}, False),
        ('{ openness = "closed" }', [f("a")], {}, True),
    ],
)
def test_conditions_on_the_dataset(
    tmp_path: Path, when: str, fields: list[FieldFacts], about: dict[str, object], holds: bool
) -> None:
    """What cannot be decided (a metric that was not measured, the openness before the release stage) counts as holding
    for a rule that restricts."""
    assert (hit(pack(tmp_path, "dataset", f"when = {when}", FLAG), *fields, **about) == [""]) is holds


def test_openness_is_known_at_the_release_stage(tmp_path: Path) -> None:
    made = pack(tmp_path, "release", 'when = { openness = "closed" }', FLAG)
    assert hit(made, f("a")) == []
    assert hit(made, f("a", "person.name"), f("b", "unknown")) == [""]


def test_a_loosening_effect_needs_certainty(tmp_path: Path) -> None:
    lower = 'then = [{ lower = { scale = "s", by = 1, min = "L0" } }]'
    metric = '{ metric = { name = "l:{field}", op = ">=", value = 2 } }'
    made = pack(
        tmp_path,
        "derived",
        "when = { rows_ge = 1 }",
        lower,
        on=f'{{ all = [{metric}, {{ category_under = "text" }}] }}',
    )
    text = [f("a", "unknown.x"), f("b", "text.x")]
    assert hit(made, *text, measures={"l:b": 2.0}) == []

    unknown = pack(tmp_path, "derived", f"when = {metric.replace('{field}', 'all')}", lower, on='{ marker = "pi" }')
    assert hit(unknown, f("a", "person.x")) == []
    assert hit(unknown, f("a", "person.x"), measures={"k": 9.0}) == []
    assert hit(unknown, f("a", "person.x"), measures={"l:all": 2.0}) == ["a"]


def test_lower_by_steps_stops_at_the_floor_and_without_measures(tmp_path: Path) -> None:
    made = pack(
        tmp_path,
        "derived",
        'when = { not = { metric = { name = "k", op = "<", value = 2 } } }',
        'then = [{ lower = { scale = "s", by = 2 } }]',
        on='{ category_under = ["person", "unknown"] }',
    )
    fields = [f("a", "person.x"), f("u", "unknown")]
    assert [g.levels["s"] for g in grade(made, fields, DatasetFacts(rows=1)).fields] == ["L1", "L2"]
    measured = DatasetFacts(rows=1, measures={"k": 2.0})
    assert [g.levels["s"] for g in grade(made, fields, measured).fields] == ["L1", "L0"]


def test_exempt_by_a_declared_fact(tmp_path: Path) -> None:
    when = 'when = { attribute = { name = "origin", value = "own" }, category_under = ["unknown", "person"] }'
    made = pack(tmp_path, "field", when, 'then = [{ exempt = { s = "L0" } }]')
    own = DatasetFacts(rows=1, attributes={"origin": "own"})
    graded = grade(made, [f("u", "unknown"), f("p", "person.x")], own)
    assert [g.levels["s"] for g in graded.fields] == ["L0", "L1"]
    doubted = grade(made, [f("u", "unknown", alternatives=(("thing.x", 0.5),))], own)
    assert doubted.openness == "closed"


@pytest.mark.parametrize(
    ("role", "to", "certain", "expected"),
    [
        ("insensitive", "quasi-identifier", False, "quasi-identifier"),
        ("quasi-identifier", "insensitive", True, "insensitive"),
        ("quasi-identifier", "insensitive", False, "quasi-identifier"),
        ("direct-identifier", "quasi-identifier", False, "direct-identifier"),
        ("direct-identifier", "quasi-identifier", True, "quasi-identifier"),
    ],
)
def test_a_role_is_taken_away_only_with_certainty(
    tmp_path: Path, role: str, to: str, certain: bool, expected: str
) -> None:
    made = pack(tmp_path, "field", 'when = { category_under = "thing.x" }', f'then = [{{ set_role = "{to}" }}]')
    doubt = () if certain else (("thing.y", 0.5),)
    assert grade(made, [f("a", role=role, alternatives=doubt)], DatasetFacts(rows=1)).fields[0].role == expected


def test_a_cap_closes_a_field_and_its_dataset(tmp_path: Path) -> None:
    made = pack(tmp_path, "field", 'when = { category_under = "thing.x" }', 'then = [{ cap_openness = "conditional" }]')
    grading = grade(made, [f("a"), f("b", "thing.y")], DatasetFacts(rows=1))
    assert [g.openness for g in grading.fields] == ["conditional", "unconditional"]
    assert grading.openness == "conditional"
    assert grading.fields[0].steps[-1].scale == "openness"


def test_a_closed_openness_raises_the_level(tmp_path: Path) -> None:
    made = pack(tmp_path, "dataset", "when = { rows_ge = 1 }", 'then = [{ cap_openness = "closed" }]')
    grading = grade(made, [f("a")], DatasetFacts(rows=1))
    assert grading.levels == {"s": "L2"}
    assert grading.steps[-1].rule == "floor:closed"


def test_a_rule_may_insist_on_a_treatment(tmp_path: Path) -> None:
    then = 'then = [{ require_treatment = { method = "mask", params = { kind = "email" }, openness = "conditional" } }]'
    made = pack(tmp_path, "field", 'when = { category_under = "thing.x" }', then)
    fields = [f("a"), f("n", "person.name")]
    grading = grade(made, fields, DatasetFacts(rows=1))
    conditional = demands(made, grading, fields, "conditional")
    assert [(ask.method, ask.entry) for ask in conditional.asks] == [("mask", "mine"), ("drop", "names")]
    assert conditional.asks[0].params == {"kind": "email"}
    unconditional = demands(made, grading, fields, "unconditional")
    assert [(ask.method, ask.entry) for ask in unconditional.asks] == [("keep", "rest"), ("drop", "names")]


def test_the_stricter_of_two_asks_wins(tmp_path: Path) -> None:
    then = 'then = [{ require_treatment = { method = "round", params = { base = 10 } } }]'
    made = pack(tmp_path, "field", 'when = { category_under = "person.name" }', then)
    fields = [f("n", "person.name"), f("a")]
    asked = demands(made, grade(made, fields, DatasetFacts(rows=1)), fields, "conditional")
    assert [ask.method for ask in asked.asks] == ["drop", "keep"]


def test_differential_privacy_in_place_of_microdata(tmp_path: Path) -> None:
    asks = 'kind = "differential-privacy", params = { epsilon = 1.0 }, openness = "unconditional"'
    then = f"then = [{{ require_release = {{ {asks} }} }}]"
    made = pack(tmp_path, "dataset", 'when = { has_any = ["thing"] }', then)
    fields = [f("a")]
    grading = grade(made, fields, DatasetFacts(rows=1))
    assert [instead.kind for instead in grading.instead] == ["differential-privacy"]
    asked = demands(made, grading, fields, "unconditional")
    assert (asked.release, dict(asked.release_params)) == ("differential-privacy", {"epsilon": 1.0})
    assert [refusal[0] for refusal in asked.refusals] == ["release.differential-privacy"]
    assert demands(made, grading, fields, "conditional").release == "microdata"


def test_a_block_refuses_whatever_is_done(tmp_path: Path) -> None:
    then = 'then = [{ block = { code = "grade.stop", zh = "停", en = "Stop it." } }, { add_obligation = "agreement" }]'
    made = pack(tmp_path, "field", 'when = { category_under = "person.name" }', then)
    fields = [f("n", "person.name"), f("a")]
    grading = grade(made, fields, DatasetFacts(rows=1))
    assert grading.blocks == ("grade.stop",)
    assert grading.obligations == ("agreement",)
    asked = demands(made, grading, fields, "unconditional")
    assert asked.refusals[0] == ("grade.stop", "names", "a", "Stop it.")
    assert asked.obligations == ("协议 / agreement",)


def test_a_review_flag_drops_the_field_from_what_is_open_to_all(tmp_path: Path) -> None:
    made = pack(tmp_path, "field", 'when = { category_under = "thing.x" }', FLAG)
    fields = [f("a"), f("b", "thing.y")]
    grading = grade(made, fields, DatasetFacts(rows=1))
    assert grading.flags == ("look",)
    assert [g.needs_review for g in grading.fields] == [True, False]
    assert [ask.entry for ask in demands(made, grading, fields, "unconditional").asks] == ["review", "rest"]
    assert [ask.entry for ask in demands(made, grading, fields, "conditional").asks] == ["rest", "rest"]


def test_a_field_nobody_names_a_treatment_for_is_dropped(tmp_path: Path) -> None:
    made = small.load(tmp_path)
    fields = [f("s", role="sensitive"), f("a")]
    asked = demands(made, grade(made, fields, DatasetFacts(rows=1)), fields, "conditional")
    assert [ask.entry for ask in asked.asks] == ["not-named", "rest"]


def test_a_field_still_too_grave_is_dropped(tmp_path: Path) -> None:
    made = small.load(tmp_path)
    fields = [f("p", "person.x"), f("a")]
    asked = demands(made, grade(made, fields, DatasetFacts(rows=1)), fields, "unconditional")
    assert [(ask.method, ask.entry) for ask in asked.asks] == [("drop", "too-grave"), ("keep", "rest")]


def test_a_closed_release_cannot_be_asked_for(tmp_path: Path) -> None:
    made = small.load(tmp_path)
    with pytest.raises(ValueError, match="unconditional or conditional"):
        demands(made, grade(made, [f("a")], DatasetFacts(rows=1)), [f("a")], "closed")
