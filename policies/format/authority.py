"""Where a statement of a pack stands, and how sure we are that it stands there."""

from __future__ import annotations

from dataclasses import dataclass

from policies.source.section import Section

EVIDENCE = ("verified", "secondary", "recalled")
NOT_VERIFIED = "not verified"


@dataclass(frozen=True, slots=True)
class Authority:
    """``article`` names instrument and place; ``evidence`` is verified (the text was read), secondary (a restatement
    was read) or recalled (neither)."""

    article: str
    evidence: str


@dataclass(frozen=True, slots=True)
class Words:
    """The same thing said in Chinese and in English."""

    zh: str
    en: str

    def both(self) -> str:
        """Both languages in one line."""
        return self.zh if self.zh == self.en else f"{self.zh} / {self.en}"


def read_authority(section: Section) -> Authority:
    """``article`` and ``evidence`` of a table; both are compulsory everywhere."""
    return Authority(section.text("article"), section.choice("evidence", EVIDENCE))


def read_words(section: Section) -> Words:
    """``zh`` and ``en`` of a table; both are compulsory."""
    return Words(section.text("zh"), section.text("en"))
