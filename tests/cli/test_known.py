"""Names that a table knows of are found in its free text, at borders of words where a script has them."""

from __future__ import annotations

import pytest

from release.desk.known import finder

WORDS = {"王伟": "person.name", "Ann": "person.name", "Ann Lee": "person.name", "13800138000": "person.contact.mobile"}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("回访王伟，已办结", ["王伟"]),
        ("王伟王伟", ["王伟", "王伟"]),
        ("Annual report", []),
        ("told Ann.", ["Ann"]),
        ("Ann Lee came", ["Ann Lee", "Ann"]),
        ("电13800138000话", ["13800138000"]),
        ("138001380001", []),
        ("", []),
    ],
)
def test_known_words_are_found(text: str, found: list[str]) -> None:
    assert [text[a:b] for a, b, _ in finder(WORDS)([text])[0]] == found
