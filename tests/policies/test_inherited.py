"""What a pack takes over can be added to and never loosened."""

from __future__ import annotations

from pathlib import Path

import pytest

from policies.demand import demands
from policies.errors import PackError
from policies.facts import DatasetFacts, FieldFacts
from policies.grade import grade
from policies.pack import load_file
from tests.policies import small

CHILD = """\
format = 1

[meta]
id = "child"
title = { zh = "子", en = "child" }
issuer = { zh = "某", en = "somebody" }
jurisdiction = "XX"
version = "1"
effective = 2024-01-01
status = "draft"
evidence = "recalled"
extends = ["small"]
"""

ENTRY = """
[categories."{path}"]
zh = "类"
en = "entry"
{body}
article = "child"
evidence = "recalled"
"""


def child(folder: Path, more: str = "", parent: str = small.PACK) -> Path:
    small.write(folder, parent)
    return small.write(folder, CHILD + more, "child")


def level(path: Path, category: str) -> str:
    facts = FieldFacts("a", category, "insensitive", 1.0)
    return grade(load_file(path), [facts], DatasetFacts(rows=1)).fields[0].levels["s"]


def test_everything_is_taken_over(tmp_path: Path) -> None:
    pack = load_file(child(tmp_path))
    parent = load_file(tmp_path / "small.toml")
    assert pack.lineage == ("child 1", "small 1")
    assert pack.rules == parent.rules
    assert pack.suppression == parent.suppression
    assert pack.cases == ()
    assert pack.digest() != parent.digest()


def test_the_digest_covers_what_is_inherited(tmp_path: Path) -> None:
    before = load_file(child(tmp_path)).digest()
    after = load_file(child(tmp_path, parent=small.PACK.replace("limit = 0.1", "limit = 0.2"))).digest()
    assert before != after
    cases = load_file(child(tmp_path, parent=small.PACK.replace('id = "one"', 'id = "another"'))).digest()
    assert cases == before


@pytest.mark.parametrize(
    ("path", "body", "category", "expected"),
    [
        ("thing", 'base = { s = "L1" }', "thing.x", "L1"),
        ("person", 'base = { s = "L0" }', "person.x", "L1"),
        ("person", 'floor = { s = "L2" }', "person.x", "L2"),
        ("person.x", 'base = { s = "L0" }', "person.x.y", "L1"),
        ("thing.x", 'base = { s = "L2" }', "thing.x.y", "L2"),
        ("thing.x", 'base = { s = "L2" }', "thing.y", "L0"),
    ],
)
def test_the_graver_level_wins(tmp_path: Path, path: str, body: str, category: str, expected: str) -> None:
    assert level(child(tmp_path, ENTRY.format(path=path, body=body)), category) == expected


def test_the_stricter_treatment_and_model_win(tmp_path: Path) -> None:
    more = """
[[treatments]]
id = "names"
for = { category_under = ["person.name", "thing"] }
method = "{method}"
zh = "子"
en = "child"
article = "child"
evidence = "recalled"

[[models]]
id = "k-child"
name = "k-anonymity"
params = {{ k = {k} }}
article = "child"
evidence = "recalled"

[[acceptance]]
id = "risk-child"
metric = "max-risk"
op = "<="
value = {risk}
article = "child"
evidence = "recalled"

[suppression]
limit = {limit}
article = "child"
evidence = "recalled"
"""
    fields = [FieldFacts("n", "person.name", "insensitive", 1.0), FieldFacts("a", "thing.x", "insensitive", 1.0)]
    for method, k, risk, limit, expected in (
        ("keep", 3, 0.5, 0.5, (["drop", "keep"], 5, 0.1, 0.1)),
        ("suppress", 9, 0.05, 0.01, (["drop", "suppress"], 9, 0.05, 0.01)),
    ):
        text = more.replace("{ category", "{{ category").replace('"thing"] }', '"thing"] }}')
        path = child(tmp_path, text.format(method=method, k=k, risk=risk, limit=limit))
        pack = load_file(path)
        asked = demands(pack, grade(pack, fields, DatasetFacts(rows=1)), fields, "conditional")
        found = [ask.method for ask in asked.asks], asked.models[0].params["k"], asked.acceptance[0].value
        assert (*found, asked.suppression_limit) == expected


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ('extends = ["none"]', "neither beside this file nor shipped"),
        ('extends = ["child"]', "extends this pack in turn"),
    ],
)
def test_a_parent_that_is_not_there(tmp_path: Path, more: str, words: str) -> None:
    small.write(tmp_path)
    path = small.write(tmp_path, CHILD.replace('extends = ["small"]', more), "child")
    with pytest.raises(PackError, match=words):
        load_file(path)


@pytest.mark.parametrize(
    "more",
    [
        '[attributes.origin]\nvalues = ["own"]\nzh = "a"\nen = "a"\narticle = "a"\nevidence = "recalled"\n',
        "[conditions.about-persons]\nrows_ge = 1\n",
        small.PACK[small.PACK.index("[[scales]]") : small.PACK.index("[[release]]")].replace("rank = 2", "rank = 9"),
        small.PACK[small.PACK.index("[impact]") : small.PACK.index("[conditions")].replace("none", "nothing"),
        small.PACK[small.PACK.index("[obligations") : small.PACK.index("[[cases]]")].replace("协议", "约定"),
    ],
    ids=["attribute", "condition", "scale", "impact", "obligation"],
)
def test_what_is_inherited_cannot_be_changed(tmp_path: Path, more: str) -> None:
    with pytest.raises(PackError, match=r"child\.toml, line .* the inherited"):
        load_file(child(tmp_path, "\n" + more))


def test_a_rule_of_the_same_name_runs_beside_the_inherited_one(tmp_path: Path) -> None:
    rule = small.PACK[small.PACK.index('[[rules]]\nid = "names"') : small.PACK.index('[[rules]]\nid = "lowered"')]
    pack = load_file(child(tmp_path, "\n" + rule.replace("person.name", "thing.name")))
    assert [(r.id, r.source) for r in pack.rules] == [("names", "small"), ("lowered", "small"), ("names", "child")]
    facts = [FieldFacts("a", c, "insensitive", 1.0) for c in ("person.name",)] + [
        FieldFacts("b", "thing.name", "insensitive", 1.0)
    ]
    assert [g.levels["s"] for g in grade(pack, facts, DatasetFacts(rows=1)).fields] == ["L2", "L1"]


def test_two_parents_may_share_a_grandparent(tmp_path: Path) -> None:
    child(tmp_path)
    small.write(tmp_path, CHILD.replace('"child"', '"other"', 1), "other")
    both = CHILD.replace('id = "child"', 'id = "both"').replace('["small"]', '["child", "other"]')
    pack = load_file(small.write(tmp_path, both, "both"))
    assert pack.lineage == ("both 1", "child 1", "small 1", "other 1")
    assert [rule.id for rule in pack.rules] == ["names", "lowered"]
    assert len(pack.treatments) == 2


def test_a_release_map_can_be_tightened(tmp_path: Path) -> None:
    more = """
[[release]]
scale = "s"
levels = { L0 = "conditional", L1 = "conditional", L2 = "closed" }
article = "child"
evidence = "recalled"
"""
    pack = load_file(child(tmp_path, more))
    assert [pack.opens("s", level)[0] for level in ("L0", "L1", "L2")] == ["conditional", "conditional", "closed"]
    assert pack.opens("s", "L0")[1].article == "child"
