"""A mangled pack is either understood or refused by line, whatever was done to it: nothing else ever comes out."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from policies.check import check
from policies.errors import PackError
from policies.pack import load_file
from policies.source.lines import DEEPEST
from tests.policies import small

LINES = small.PACK.splitlines()
BLAMED = re.compile(
    r"^small\.toml(, line \d+: .+| is not valid TOML: .+| is nested too deeply to be read: .+)\.$", re.S
)
JUNK = (
    "",
    "1",
    "-1",
    "0.5",
    "nan",
    "inf",
    "true",
    '""',
    '" "',
    '"x"',
    '"L1"',
    "[]",
    "[1]",
    '["x", "x"]',
    "[[]]",
    "{}",
    '{ x = "y" }',
    "2024-01-01",
    "2024-01-01T00:00:00",
    "1" * 400,
    "{ not = { marker = 'pi' } }",
    "[{ block = 1 }]",
)
WORDS = sorted(set(re.findall(r"[a-z_]{2,}", small.PACK)))
places = st.integers(0, len(LINES) - 1)


@st.composite
def mangled(draw: st.DrawFn) -> str:
    """The small pack after one to three changes: a line lost, doubled, moved, its value or a word of it replaced."""
    lines = list(LINES)
    for _ in range(draw(st.integers(1, 3))):
        at = draw(places) % len(lines)
        change = draw(st.sampled_from(["drop", "double", "move", "value", "word", "key"]))
        if change == "drop":
            del lines[at]
        elif change == "double":
            lines.insert(at, lines[at])
        elif change == "move":
            lines.insert(draw(places) % len(lines), lines.pop(at))
        elif change == "value" and " = " in lines[at]:
            lines[at] = lines[at].split(" = ")[0] + " = " + draw(st.sampled_from(JUNK))
        elif change == "word":
            words = re.findall(r"[a-z_]{2,}", lines[at]) or ["?"]
            lines[at] = lines[at].replace(draw(st.sampled_from(words)), draw(st.sampled_from(WORDS)), 1)
        else:
            lines[at] = draw(st.sampled_from(["x = 1", "[x]", "[[rules]]", "[[cases]]", "[meta]", "\x00", "=", "é"]))
    return "\n".join(lines) + "\n"


@settings(max_examples=250, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(mangled())
def test_it_is_understood_or_refused_by_line(tmp_path: Path, text: str) -> None:
    path = small.write(tmp_path, text)
    try:
        load_file(path)
    except PackError as refused:
        message = str(refused)
        assert BLAMED.match(message), message
        found = re.match(r"small\.toml, line (\d+): ", message)
        assert found is None or 1 <= int(found[1]) <= text.count("\n"), message
        assert check(path) == (message,)
    else:
        assert isinstance(check(path), tuple)


def nested(depth: int) -> str:
    return "{ not = " * depth + '{ marker = "pi" }' + " }" * depth


@pytest.mark.parametrize("depth", [DEEPEST, 200, 500, 2_000, 100_000])
def test_what_is_nested_too_deeply_is_refused(tmp_path: Path, depth: int) -> None:
    old = 'on = { marker = "pi" }'
    keys = "on" + ".x" * min(depth, 2_000) + " = 1"  # tomllib itself takes quadratic time for dotted keys
    for new in (f"on = {nested(depth)}", "on = " + "[" * depth + "]" * depth, keys):
        path = small.write(tmp_path, small.PACK.replace(old, new, 1))
        (message,) = check(path)
        assert BLAMED.match(message), message
        assert "nested" in message


def test_nesting_that_a_person_writes_is_understood(tmp_path: Path) -> None:
    text = small.PACK.replace('on = { marker = "pi" }', f"on = {nested(20)}", 1)
    assert check(small.write(tmp_path, text)) == ()


def test_a_long_chain_of_named_conditions_is_refused(tmp_path: Path) -> None:
    chain = "".join(f'[conditions.c{n}]\nis = "c{n + 1}"\n' for n in range(3_000))
    text = small.PACK.replace(
        "[conditions.about-persons]", chain + "[conditions.c3000]\nrows_ge = 1\n[conditions.a]", 1
    )
    (message,) = check(small.write(tmp_path, text))
    assert re.match(r"small\.toml, line \d+: conditions\.c0 leads through more than 32 named conditions", message)


def test_a_number_too_large_for_a_number_is_refused(tmp_path: Path) -> None:
    for digits in (400, 5_000):
        (message,) = check(small.write(tmp_path, small.PACK.replace("limit = 0.1", "limit = " + "9" * digits, 1)))
        assert BLAMED.match(message), message
