"""A pack half understood is refused whole, by file, line and key."""

from __future__ import annotations

from pathlib import Path

import pytest

from policies.check import check
from policies.errors import PackError
from policies.pack import load_file
from tests.policies import small

# what is broken: (piece of the pack, what it becomes, words the refusal must have, text of the line it must name)
BROKEN = [
    ("format = 1", "format = 2", "format is not 1", "format = 2"),
    ("format = 1", "", "lacks the key 'format'", None),
    ('issuer = { zh = "某", en = "somebody" }\n', "", "meta.issuer lacks the key 'zh'", "[meta]"),
    ('version = "1"', 'version = ""', "version must be a text that is not empty", 'version = ""'),
    ('version = "1"', 'version = "1"\nversoin = "1"', "versoin is an unknown key: did you mean 'version'", "versoin"),
    ('status = "in-force"', 'status = "inforce"', "did you mean 'in-force'", 'status = "inforce"'),
    ("effective = 2024-01-01", 'effective = "2024"', "must be a date", 'effective = "2024"'),
    ("effective = 2024-01-01", "effective = 2024-01-01\nuntil = 2023-01-01", "later than 'effective'", "until ="),
    ("plausible = 0.2", "plausible = 2", "must lie between 0 and 1", "plausible = 2"),
    ("plausible = 0.2", "plausible = nan", "must be a finite number", "plausible = nan"),
    ("[engine]", "[engin]", "engin is an unknown key", "[engin]"),
    ("rank = 1", "rank = 0", "has the same rank as 'L0'", "rank = 0\n"),
    ('id = "L1"', 'id = "L0"', "repeats the level 'L0'", None),
    ("rank = 2", "rank = true", "must be a whole number", "rank = true"),
    ('L2 = "closed" }', 'L2 = "secret" }', "names the unknown 'secret'", "levels = { L0"),
    ('L1 = "conditional", L2 = "closed" }', 'L2 = "closed" }', "says nothing of the level 'L1'", "[[release]]"),
    (
        'L1 = "conditional", L2 = "closed" }',
        'L1 = "closed", L2 = "conditional" }',
        "opens a graver level of 's' wider",
        "[[release]]",
    ),
    ('levels = { s = "L2" }', 'levels = { s = "L9" }', "names the unknown 'L9'", 'levels = { s = "L9" }'),
    ('levels = { s = "L2" }', 'levels = { z = "L2" }', "names the unknown scale 'z'", 'levels = { z = "L2" }'),
    ('much = { s = "L2" }', 'more = { s = "L2" }', "names the unknown 'more'", 'more = { s = "L2" }'),
    ('much = { s = "L2" }', 'much = { s = "L7" }', "names the unknown 'L7'", "[impact.matrix.state]"),
    ('[categories."unknown"]', '[categories."unkown"]', "lacks an entry 'unknown' in categories", None),
    ('base = { s = "L2" }', 'base = { s = "L0" }', "must not be at the lowest level of 's'", '[categories."unknown"]'),
    ('base = { s = "L2" }', 'base = { s = "L1" }', "must be closed until a person says", '[categories."unknown"]'),
    ('base = { s = "L2" }\n', "", "must give a level of its own", '[categories."unknown"]'),
    ('base = { s = "L1" }', 'base = { s = "L8" }', "names the unknown 'L8'", '[categories."person"]'),
    ('base = { s = "L0" }\n', "", "gives no level on any scale", '[categories."thing"]'),
    ('base = { s = "L0" }', 'impact = { moon = "much" }', "names the unknown 'moon'", '[categories."thing"]'),
    ('base = { s = "L0" }', 'impact = { state = "some" }', "names the unknown 'some'", '[categories."thing"]'),
    ('[categories."person"]', '[categories."person..x"]', "is not a dotted category path", '[categories."person..x"]'),
    ('id = "lowered"', 'id = "names"', "repeats the rule 'names'", None),
    ('stage = "field"', 'stage = "fields"', "did you mean 'field'", 'stage = "fields"'),
    ('when = { category_under = "person.name" }', 'when = { category = "x" }', "names the unknown 'category'", None),
    ('when = { category_under = "person.name" }', "when = { }", "is an empty condition", "when = { }"),
    ('when = { category_under = "person.name" }', "when = { all = [] }", "must list at least one", "when = { all"),
    (
        'when = { category_under = "person.name" }',
        'when = { attribute = { name = "origin", value = "stolen" } }',
        "names the unknown 'stolen'",
        'value = "stolen"',
    ),
    (
        'when = { category_under = "person.name" }',
        'when = { attribute = { name = "source", value = "own" } }',
        "names the unknown 'source'",
        'name = "source"',
    ),
    (
        'when = { category_under = "person.name" }',
        'when = { marker = "pii" }',
        "unknown 'pii', did you mean 'pi'",
        None,
    ),
    ('when = { category_under = "person.name" }', 'when = { is = "nobody" }', "names the unknown 'nobody'", None),
    ('when = { category_under = "person.name" }', 'when = { role = "identifier" }', "names the unknown", None),
    ('when = { category_under = "person.name" }', "when = { rows_ge = 0 }", "must be at least 1", "rows_ge = 0"),
    (
        'when = { category_under = "person.name" }',
        'when = { metric = { name = "k", op = "=>", value = 5 } }',
        "names the unknown '=>'",
        'op = "=>"',
    ),
    (
        'when = { category_under = "person.name" }',
        'when = { metric = { name = "k", op = ">=", value = 5, unit = "rows" } }',
        "unit is an unknown key",
        'unit = "rows"',
    ),
    (
        'when = { metric = { name = "max-risk", op = "<=", value = 0.1 } }',
        'when = { marker = "pi" }',
        "asks about one field where the whole dataset is looked at",
        'when = { marker = "pi" }',
    ),
    (
        'when = { metric = { name = "max-risk", op = "<=", value = 0.1 } }',
        "when = { rows_ge = 100 }",
        "a level falls only on measured evidence",
        'then = [{ lower = { scale = "s", to = "L0" } }]',
    ),
    ('stage = "derived"', 'stage = "dataset"', "may stand only at the stage derived", "lower ="),
    ('on = { marker = "pi" }\n', "on = { }\n", "is an empty condition", "on = { }"),
    (
        'then = [{ raise = { scale = "s", by = 1, max = "L2" } }]',
        'then = [{ exempt = { s = "L0" } }]',
        "exempts without asking for a declared attribute",
        "then = [{ exempt",
    ),
    ('then = [{ raise = { scale = "s", by = 1, max = "L2" } }]', "then = []", "needs at least one effect", "then = []"),
    (
        'then = [{ raise = { scale = "s", by = 1, max = "L2" } }]',
        'then = [{ rise = { scale = "s", by = 1 } }]',
        "names the unknown 'rise', did you mean 'raise'",
        "then = [{ rise",
    ),
    (
        'then = [{ raise = { scale = "s", by = 1, max = "L2" } }]',
        'then = [{ raise = { scale = "s", by = 0 } }]',
        "must be at least 1",
        "by = 0",
    ),
    (
        'then = [{ raise = { scale = "s", by = 1, max = "L2" } }]',
        'then = [{ raise = { scale = "z", by = 1 } }]',
        "names the unknown 'z'",
        'scale = "z"',
    ),
    (
        'then = [{ raise = { scale = "s", by = 1, max = "L2" } }]',
        'then = [{ add_obligation = "tell" }]',
        "names the unknown 'tell'",
        "add_obligation",
    ),
    (
        'then = [{ lower = { scale = "s", to = "L0" } }]',
        'then = [{ lower = { scale = "s", to = "L0" } }, { require_release = { kind = "synthetic" } }]',
        "may stand only at the stage dataset or release",
        "require_release",
    ),
    ('method = "drop"', 'method = "burn"', "names the unknown 'burn'", 'method = "burn"'),
    ('method = "keep"', 'method = "keep"\nparams = { a = { b = 1 } }', "must be a text, a number", "params = { a"),
    ('id = "rest"', 'id = "names"', "repeats 'names'", None),
    ('for = { role = ["quasi-identifier", "insensitive"] }', "for = { rows_gee = 1 }", "names the unknown", None),
    ('metric = "max-risk"\n', 'metric = "l:{field}"\n', "needs 'for' exactly when", 'metric = "l:{field}"'),
    ('op = "<="\nvalue = 0.1', 'op = "<"\nvalue = 0.1', "names the unknown '<'", 'op = "<"\n'),
    ("[suppression]\nlimit = 0.1", "[suppression]\nlimit = 1.1", "must lie between 0 and 1", "limit = 1.1"),
    ('[suppression]\nlimit = 0.1\narticle = "a"\nevidence = "recalled"\n', "", "lacks 'suppression'", None),
    ('en = "agreement"\nopenness = "conditional"', 'en = "agreement"\nopenness = "closed"', "names the unknown", None),
    ('role = "direct-identifier", levels = "L2"', 'role = "direct-identifier", level = "L2"', "level is an", None),
    (
        'id = "names"\nstage = "field"\n',
        'id = "names"\nstage = "field"\non = { marker = "pi" }\n',
        "does not belong",
        None,
    ),
    ('evidence = "recalled"\n\n[engine]', 'evidence = "guessed"\n\n[engine]', "names the unknown 'guessed'", None),
    ('limit = 0.1\narticle = "a"', "limit = 0.1", "lacks the key 'article'", "[suppression]"),
]


@pytest.mark.parametrize(
    ("old", "new", "words", "line"), BROKEN, ids=[f"{i}-{b[2][:32]}" for i, b in enumerate(BROKEN)]
)
def test_refused_by_line_and_key(tmp_path: Path, old: str, new: str, words: str, line: str | None) -> None:
    assert old in small.PACK
    text = small.PACK.replace(old, new, 1)
    path = small.write(tmp_path, text)
    with pytest.raises(PackError) as refused:
        load_file(path)
    message = str(refused.value)
    assert message.startswith("small.toml, line ")
    assert words in message
    assert message.endswith(".")
    if line is not None:
        number = int(message.removeprefix("small.toml, line ").partition(":")[0])
        assert line.strip() in text.splitlines()[number - 1], message
    assert check(path) == (message,)


def test_the_whole_pack_is_understood(tmp_path: Path) -> None:
    assert check(small.write(tmp_path)) == ()


def test_what_is_no_toml_is_refused_with_its_line(tmp_path: Path) -> None:
    path = small.write(tmp_path, small.PACK.replace('version = "1"', 'version = "1"\nversion = "2"', 1))
    with pytest.raises(PackError, match=r"small\.toml is not valid TOML.*line"):
        load_file(path)


def test_what_is_no_text_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "small.toml"
    path.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(PackError, match="not UTF-8"):
        load_file(path)
    with pytest.raises(PackError, match="cannot be read"):
        load_file(tmp_path / "none.toml")


def test_a_pack_without_cases_cannot_be_trusted(tmp_path: Path) -> None:
    text = small.PACK[: small.PACK.index("[[cases]]")]
    assert check(small.write(tmp_path, text)) == (
        "small.toml: the pack has no cases: add at least one, so that it can be trusted.",
    )


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ('openness = "closed"\nlevels = "L2"\nr', 'openness = "conditional"\nlevels = "L2"\nr', "openness should be"),
        ('levels = "L2", m', 'levels = "L1", m', "levels of n should include L1"),
        ('openness = "closed"\nlevels = "L2"\nr', 'openness = "closed"\nlevels = "L1"\nr', "of the dataset should"),
        ('rules = ["names"]', 'rules = ["lowered"]', "rules should include lowered"),
        ('markers = "pi" }]', 'markers = "pi", becomes = "sensitive" }]', "role of n should be sensitive"),
        ('markers = "pi" }]', 'markers = "pi", article = "b" }]', "article of n should be b and is a"),
        (', markers = "pi" }]', " }]", "markers of n should not include pi"),
    ],
)
def test_a_case_that_comes_out_otherwise_is_told(tmp_path: Path, old: str, new: str, fault: str) -> None:
    assert old in small.PACK
    told = check(small.write(tmp_path, small.PACK.replace(old, new, 1)))
    assert any(fault in line and line.startswith("Case 'one': ") for line in told), told
