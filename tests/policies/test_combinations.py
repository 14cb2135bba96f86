"""What fields, rows and earlier releases say together: the combinations a guideline can ask about, one rule each."""

from __future__ import annotations

from pathlib import Path

import pytest

from policies.demand import demands
from policies.facts import DatasetFacts, FieldFacts, ReleasedBefore
from policies.grade import grade
from tests.policies.test_rules import FLAG, f, hit, pack

RAISE = 'then = [{ raise = { scale = "s", to = "L2" } }]'


def before(*categories: str, id: str = "earlier") -> dict[str, object]:
    return {"released": (ReleasedBefore(id, categories),)}


@pytest.mark.parametrize(
    ("when", "fields", "expected"),
    [
        (
            '{ finer_than = "month" }',
            [f("a", precision="day"), f("b", precision="month"), f("c", precision="year")],
            ["a"],
        ),
        (
            '{ finer_than = "month" }',
            [f("a", type="date"), f("b", type="datetime"), f("c", precision="district")],
            ["a", "b"],
        ),
        (
            '{ finer_than = "month" }',
            [f("a", type="date", precision="quarter"), f("untold"), f("n", type="integer")],
            ["untold", "n"],
        ),
        ('{ finer_than = "second" }', [f("a", type="datetime")], []),
        (
            '{ finer_than = "city" }',
            [f("a", precision="district"), f("b", precision="city"), f("c", precision="day")],
            ["a"],
        ),
        ('{ surely = { finer_than = "city" } }', [f("untold"), f("a", precision="point")], ["a"]),
        ("{ least_lt = 14 }", [f("a", least=13.0), f("b", least=14.0), f("untold")], ["a", "untold"]),
        ("{ surely = { least_lt = 14 } }", [f("a", least=13.0), f("b", least=14.0), f("untold")], ["a"]),
    ],
)
def test_how_fine_and_how_small(tmp_path: Path, when: str, fields: list[FieldFacts], expected: list[str]) -> None:
    assert hit(pack(tmp_path, "field", f"when = {when}", FLAG), *fields) == expected


SEX, AGE, PAY = (
    f("s", "person.sex", "quasi-identifier"),
    f("a", "person.age", "direct-identifier"),
    f("p", "person.pay"),
)
DOUBTED = f("d", "thing.x", "quasi-identifier", alternatives=(("person.age", 0.3),))


@pytest.mark.parametrize(
    ("when", "fields", "about", "holds"),
    [
        ("{ released_ge = 1 }", [SEX], {}, False),
        ("{ released_ge = 1 }", [SEX], before("thing.x"), True),
        ("{ released_ge = 2 }", [SEX], before("thing.x"), False),
        ('{ released_has = ["person"] }', [SEX], before("person.pay"), True),
        ('{ released_has = ["person.p"] }', [SEX], before("person.pay"), False),
        ('{ released_has = ["person"] }', [SEX], {}, False),
        ("{ released_shares_ge = 2 }", [SEX, AGE, PAY], before("person.sex", "person.age"), True),
        ("{ released_shares_ge = 2 }", [SEX, AGE, PAY], before("person.sex", "person.pay"), False),
        ("{ released_shares_ge = 2 }", [SEX, PAY], before("person.sex", "person.age", "person.pay"), False),
        ("{ released_shares_ge = 2 }", [SEX, DOUBTED], before("person.sex", "person.age"), True),
        ("{ surely = { released_shares_ge = 2 } }", [SEX, DOUBTED], before("person.sex", "person.age"), False),
        (
            "{ released_shares_ge = 2 }",
            [SEX, AGE],
            {"released": (ReleasedBefore("one", ("person.sex",)), ReleasedBefore("other", ("person.age",)))},
            False,
        ),
    ],
)
def test_what_is_out_already(
    tmp_path: Path, when: str, fields: list[FieldFacts], about: dict[str, object], holds: bool
) -> None:
    assert (hit(pack(tmp_path, "dataset", f"when = {when}", FLAG), *fields, **about) == [""]) is holds


def test_a_name_beside_an_identity_number(tmp_path: Path) -> None:
    when = 'when = { has_all = ["person.name", "person.identity"] }'
    made = pack(tmp_path, "combination", when, RAISE, on='{ category_under = ["person.name", "person.identity"] }')
    name, number, other = f("n", "person.name"), f("i", "person.identity"), f("x", "person.x")
    assert hit(made, name, number, other) == ["n", "i"]
    assert hit(made, name, other) == []


def test_three_quasi_identifiers_in_rows_about_persons(tmp_path: Path) -> None:
    when = 'when = { is = "about-persons", count_ge = { n = 3, of = { role = "quasi-identifier" } } }'
    made = pack(tmp_path, "combination", when, RAISE, on='{ role = "quasi-identifier" }')
    some = [f(f"q{n}", f"thing.q{n}", "quasi-identifier") for n in range(3)]
    assert hit(made, *some, f("n", "person.name")) == ["q0", "q1", "q2"]
    assert hit(made, *some[:2], f("n", "person.name")) == []
    assert hit(made, *some) == []


def test_a_fine_time_beside_a_fine_place(tmp_path: Path) -> None:
    fine = '{ has_any = [{ all = [{ category_under = "thing.date" }, { finer_than = "month" }] }] }'
    place = '{ has_any = [{ all = [{ category_under = "thing.place" }, { finer_than = "town" }] }] }'
    made = pack(
        tmp_path, "combination", f"when = {{ all = [{fine}, {place}] }}", RAISE, on='{ category_under = "thing.place" }'
    )
    day, month = f("d", "thing.date", type="date"), f("d", "thing.date", precision="month")
    street, city = f("p", "thing.place", precision="street"), f("p", "thing.place", precision="city")
    assert hit(made, day, street) == ["p"]
    assert hit(made, month, street) == hit(made, day, city) == []


def test_children_under_fourteen(tmp_path: Path) -> None:
    made = pack(
        tmp_path,
        "combination",
        'when = { has_any = [{ all = [{ category_under = "person.age" }, { least_lt = 14 }] }] }',
        RAISE,
        on='{ marker = "pi" }',
    )
    assert hit(made, f("a", "person.age", least=13.0), f("x", "person.x")) == ["a", "x"]
    assert hit(made, f("a", "person.age", least=14.0), f("x", "person.x")) == []
    assert hit(made, f("a", "person.age"), f("x", "person.x")) == ["a", "x"]


def test_figures_of_a_single_firm(tmp_path: Path) -> None:
    single = '{ has_any = [{ all = [{ category_under = "thing.firm" }, { distinct_share_ge = 0.5 }] }] }'
    few = '{ not = { metric = { name = "min-cell", op = ">=", value = 3 } } }'
    when = f'when = {{ has_any = ["thing.sales"], any = [{single}, {few}] }}'
    made = pack(tmp_path, "combination", when, RAISE, on='{ category_under = "thing.sales" }')
    firm, many, sales = f("f", "thing.firm", distinct=60), f("f", "thing.firm", distinct=9), f("m", "thing.sales")
    assert hit(made, firm, sales) == hit(made, many, sales) == ["m"]
    assert hit(made, many, sales, measures={"min-cell": 3.0}) == []
    assert hit(made, firm, sales, measures={"min-cell": 3.0}) == ["m"]


@pytest.mark.parametrize(
    ("subjects", "rows", "many"), [(9_999_999, 99, False), (10_000_000, 99, True), (0, 10_000_000, True)]
)
def test_ten_million_persons(tmp_path: Path, subjects: int, rows: int, many: bool) -> None:
    made = pack(tmp_path, "dataset", "when = { subjects_ge = 10000000 }", RAISE)
    levels = grade(made, [f("a")], DatasetFacts(rows=rows, subjects=subjects)).levels
    assert levels == {"s": "L2" if many else "L0"}


@pytest.mark.parametrize(("stage", "kept"), [("dataset", ("agreement",)), ("release", ())])
def test_duties_of_the_release_stage_are_those_of_what_is_released(
    tmp_path: Path, stage: str, kept: tuple[str, ...]
) -> None:
    """A duty that the raw table brings with it stays; one that hangs on the level of what goes out goes with it."""
    duty = 'then = [{ add_obligation = "agreement" }]'
    made = pack(tmp_path, stage, 'when = { level_ge = { scale = "s", level = "L1" } }', duty)
    fields = [f("n", "person.name"), f("a", "thing.x")]
    grading = grade(made, fields, DatasetFacts(rows=9))
    assert grading.obligations == ("agreement",)
    assert demands(made, grading, fields, "unconditional").obligation_ids == kept
