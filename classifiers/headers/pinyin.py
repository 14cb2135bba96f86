"""Chinese phrases as people abbreviate them in physical names: 身份证号 → ``sfzh``, 姓名 → ``xingming``.

Derived with pypinyin, once, and only when a table has a name that is neither Chinese nor English: starting the
command line must not pay for it.  Initials are ambiguous (``zw`` is 职务 and 指纹); how ambiguous is part of the index.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

MIN_INITIALS = 2
MIN_FULL = 4


@dataclass(frozen=True, slots=True)
class Spellings:
    """Spelling → the Chinese phrases it may stand for."""

    initials: Mapping[str, tuple[str, ...]]
    full: Mapping[str, tuple[str, ...]]


def spell(phrases: Iterable[str]) -> Spellings:
    """Index phrases by initials and by full pinyin.  Embedded letters stand for themselves (``IP地址`` → ``ipdz``)."""
    from pypinyin import Style, lazy_pinyin

    initials: dict[str, list[str]] = {}
    full: dict[str, list[str]] = {}
    for phrase in sorted(set(phrases)):
        syllables = lazy_pinyin(phrase, style=Style.NORMAL)
        short = "".join(s if s.isascii() and len(s) > 1 and s in phrase else s[:1] for s in syllables)
        long = "".join(syllables)
        if len(short) >= MIN_INITIALS and short.isascii():
            initials.setdefault(short, []).append(phrase)
        if len(long) >= MIN_FULL and long.isascii():
            full.setdefault(long, []).append(phrase)
    return Spellings(
        {key: tuple(values) for key, values in initials.items()}, {key: tuple(values) for key, values in full.items()}
    )
