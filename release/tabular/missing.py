"""What stands for "nothing here", and how much of it there was.

Two kinds of token.  An *always* token is missing wherever it stands.  A *word* such as 无 or None is a real
category in one column (残疾类别: 无) and a gap in the next (联系电话: 无): it is missing only where the column
is not a category column, that is where it is typed or its other values hardly repeat.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

ALWAYS: Final[Mapping[str, tuple[str, ...]]] = {
    "missing-empty": ("",),
    "missing-null": ("NULL", "Null", "null", "(null)", "(NULL)", "<null>", "<NULL>", "\\N", "nil"),
    "missing-na": ("NA", "N/A", "n/a", "#N/A", "NaN", "nan", "NAN"),
    "missing-dash": ("-", "--", "---", "—", "——", "–", "―", "－", "/", "／", "//", "\\"),
    "missing-question-mark": ("?", "??", "？"),
    "missing-empty-word": ("空", "空值", "(空)", "（空）", "<空>", "缺失", "#NULL!"),
    "missing-unknown-word": ("不详", "不詳", "未知", "不明", "未填", "未填写", "未登记", "未提供"),
    "missing-zero-date": ("0000-00-00", "0000-00-00 00:00:00", "0000/00/00"),
    "missing-excel-error": ("#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NUM!"),
}
WORDS: Final[Mapping[str, tuple[str, ...]]] = {
    "missing-none-word": ("无", "無", "没有", "暂无", "暫無", "None", "none", "NONE"),
    "missing-unknown": ("unknown", "Unknown", "UNKNOWN"),
    "missing-point": (".", "*"),
}

# A dash is a test result where a plus stands beside it.
PLUS: Final = ("+", "++", "+++", "＋")


@dataclass(frozen=True, slots=True)
class Tokens:
    """Which spellings are missing: class of token → spellings.  Compared after outer white space is off."""

    always: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: ALWAYS)
    words: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: WORDS)

    @classmethod
    def only(cls, tokens: tuple[str, ...]) -> Tokens:
        """Exactly ``tokens`` and the empty cell, whatever the column: what a person asked for by name."""
        return cls({"missing-empty": ("",), "missing-token": tuple(t for t in tokens if t)}, {})

    def spellings(self) -> tuple[tuple[str, str, bool], ...]:
        """(spelling, class, is a word) for every token, always-tokens first; a spelling listed twice counts once."""
        seen: dict[str, tuple[str, str, bool]] = {}
        for group, word in ((self.always, False), (self.words, True)):
            for name, spellings in group.items():
                for spelling in spellings:
                    seen.setdefault(spelling, (spelling, name, word))
        return tuple(seen.values())
