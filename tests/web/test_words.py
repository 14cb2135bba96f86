"""Every word that a page uses is there in both languages, and none is there for nothing."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from release.web.pages.language import LANGUAGES, chosen, translate, words

WEB = Path(__file__).parent.parent.parent / "release" / "web"
SOURCES = [*sorted((WEB / "templates").glob("*.html")), *sorted((WEB / "pages").glob("*.py"))]
USED = re.compile(r"""\bt\(\s*["']([a-z_]+\.[a-z_-]*)["']""")
BUILT = {"openness.", "evidence.", "job.", "apply.", "done.", "dataset.means_", "done_to.", "safe.", "metric.", "step.",
         "source.", "foreign.", "refusal.", "field.reason_", "version.", "outcome.", "regrading."}  # fmt: skip


def literal() -> set[str]:
    found = {key for path in SOURCES for key in USED.findall(path.read_text(encoding="utf-8"))}
    found |= {word for path in SOURCES for word in re.findall(r'"(nav\.[a-z]+)"', path.read_text(encoding="utf-8"))}
    return {key for key in found if key not in BUILT and not key.endswith(".")}


def test_no_word_is_missing() -> None:
    assert not literal() - set(words())


def test_no_word_is_there_for_nothing() -> None:
    unused = {key for key in words() if key not in literal() and not key.startswith(tuple(BUILT))}
    assert not unused


@pytest.mark.parametrize("key", sorted(words()))
def test_both_languages_take_the_same_values(key: str) -> None:
    places = [set(re.findall(r"{(\w+)}", words()[key][language])) for language in LANGUAGES]
    assert places[0] == places[1]


@given(st.text(), st.text(), st.text())
def test_a_language_is_always_chosen(query: str, cookie: str, accept: str) -> None:
    assert chosen(query, cookie, accept) in LANGUAGES


def test_what_was_asked_for_comes_first() -> None:
    assert chosen("en", "zh", "zh") == "en"
    assert chosen("", "en", "zh") == "en"
    assert chosen("", "", "en-GB,en;q=0.9,zh;q=0.8") == "en"
    assert chosen("", "", "fr") == "zh"
    assert translate("en", "home.found", count=3) == "3 datasets found"
