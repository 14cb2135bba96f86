"""Where keys stand: every key and every list member of a TOML document has the line it is written on."""

from __future__ import annotations

import tomllib
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policies.pack import PACKS
from policies.source.lines import Path, locate
from policies.source.section import Section, parse_source

HARD = '''# a comment with [brackets] and "quotes"
"a b" = 'x # no comment' # a comment
c."d.e".f = 1
multi = """
[not.a.table]
key = "no key" \\""" still
"""
literal = \'\'\'
[[nor.this]]
\'\'\'
list = [ 1, [2, 3], # inside
  { x = 1, y = { z = [ "]", '}' ] } },
]

[t]
date = 2024-01-01T00:00:00
[t."u.v"]
k = true
[[t.rows]]
n = 1
[t.rows.sub]
m = 2
[[t.rows]]
n = 3
[[t.rows.deep]]
o = 4
[[t.rows.deep]]
o = 5
'''


def paths(value: Any, path: Path = ()) -> list[Path]:
    found = [path]
    if isinstance(value, dict):
        for key, inner in value.items():
            found += paths(inner, (*path, key))
    elif isinstance(value, list):
        for place, inner in enumerate(value):
            found += paths(inner, (*path, place))
    return found


def test_every_key_of_a_hard_document_has_its_line() -> None:
    lines = locate(HARD)
    text = HARD.splitlines()
    assert set(paths(tomllib.loads(HARD))) <= set(lines)
    for path, start in {
        ("a b",): '"a b"',
        ("c", "d.e", "f"): "c.",
        ("literal",): "literal",
        ("list", 2): "  { x",
        ("list", 2, "y", "z", 1): "  { x",
        ("t", "u.v", "k"): "k =",
        ("t", "rows", 0, "sub", "m"): "m =",
        ("t", "rows", 1, "n"): "n = 3",
        ("t", "rows", 1, "deep", 1, "o"): "o = 5",
    }.items():
        assert text[lines[path] - 1].startswith(start), path


@pytest.mark.parametrize("path", sorted(PACKS.glob("*.toml")), ids=lambda p: p.stem)
def test_every_key_of_every_pack_has_a_line_that_names_it(path: Any) -> None:
    text = path.read_text(encoding="utf-8")
    lines, rows = locate(text), text.splitlines()
    for place in paths(tomllib.loads(text)):
        assert place in lines
        if place and isinstance(place[-1], str):
            assert place[-1] in rows[lines[place] - 1]


NAMES = st.text(st.sampled_from("ab_-1"), min_size=1, max_size=4)
QUOTED = st.text(st.sampled_from("a .#=[]{}'é"), min_size=1, max_size=5)
SCALARS = st.one_of(
    st.integers(-9, 9).map(str),
    st.sampled_from(["true", "1.5", '"x]#"', "'}['", '"""a\n]"""', "'''\n#'''", '"\\""', "2024-01-01"]),
)


@st.composite
def values(draw: st.DrawFn, depth: int = 2) -> str:
    kind = draw(st.sampled_from(["scalar", "list", "table"] if depth else ["scalar"]))
    if kind == "list":
        items = draw(st.lists(values(depth - 1), max_size=3))
        return "[" + ",\n # c ]\n".join(items) + "\n]"
    if kind == "table":
        keys = draw(st.lists(NAMES, max_size=3, unique=True))
        return "{" + ", ".join(f"{key} = {draw(values(0))}" for key in keys) + "}"
    return draw(SCALARS)


@st.composite
def documents(draw: st.DrawFn) -> str:
    keys = draw(st.lists(st.one_of(NAMES, QUOTED.map(lambda k: f'"{k}"')), max_size=5, unique=True))
    return "\n".join(f"{key} = {draw(values())}  # {key}" for key in keys)


@given(documents())
def test_any_document_that_is_valid_is_located_whole(text: str) -> None:
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return
    lines = locate(text)
    assert set(paths(data)) <= set(lines)
    assert all(1 <= line <= text.count("\n") + 1 for line in lines.values())


def test_complaints_name_the_table_where_a_key_is_missing() -> None:
    source = parse_source("f.toml", "a = 1\n\n[t]\nb = 2\n", ValueError)
    with pytest.raises(ValueError, match=r"f\.toml, line 3: t lacks the key 'c'\."):
        Section(source, source.data).section("t").text("c")


def test_windows_line_ends_count_once() -> None:
    source = parse_source("f.toml", "a = 1\r\nb = 2\r\n", ValueError)
    assert source.line(("b",)) == 2
