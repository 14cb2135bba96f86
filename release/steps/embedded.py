"""Direct identifiers inside codes and titles, and a few of them among the harmless cells of a column that is kept.

What a reader would get wrong: the shapes here look through letters (B021-… before a citizen's number) and at the
*different* values of a column, not at its rows: twenty names are twenty names, however often a company's stands beside.
"""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from classifiers.scan.profile import Profile
from classifiers.vocabulary.chinese_names import is_chinese_name
from classifiers.vocabulary.words import words
from release.steps.profile import batches
from release.steps.runs import MOBILE, RESIDENT, Runs, numbered

NAME = "person.name"
ADDRESS = "person.contact.address"
RUN_FROM = 11
TITLE_FROM = 6
MASKED = "[0-9]{6}\\*{6,8}[0-9]{2,3}[0-9Xx]"
HOME = "^\\p{Han}{2,12}(?:路|街|道|巷|弄|村|小区|新村|花园)[0-9]{1,5}(?:号|弄|栋|幢).{0,12}[0-9]{1,5}(?:室|户)$"
LONE_MOBILE = "^1[3-9][0-9]{9}$"
LONG_RUN = "[0-9]{8}"
NUMBER = "^[-+]?[0-9.,]+$"
NUMBERS = 0.1  # share of plain numbers up to which one mobile number among the cells is no amount
NAMES_LEAST = 3
TITLE_SHARE = 0.005  # of the titles, from which names in them count
FEW_LEAST = 5
FEW_SHARE = 0.5  # of the different short Chinese values
THREE = 0.3  # of the names: words of two characters are mistaken for names far oftener
NEARLY = 0.9
CHUNK = 200_000  # short values that are held of one column
BODY = "公司|厂|店|局|院|行|社|中心|集团|委员会|政府|部|所|站|学校|大学|协会|村|镇"


def embedded(path: Path, name: str, profile: Profile, declared: str, kept: bool) -> tuple[str, ...]:
    """The categories that are seen in the column ``name``, the surest first; ``kept`` tells that nothing was done."""
    runs, seen, few = Runs(), dict[str, None](), _Few()
    longest = max(profile.lengths, default=0)
    for batch in batches(path, [name]):
        cells = batch.column(0).drop_null()
        if longest >= RUN_FROM:
            runs.add(cells)
        if kept:
            few.add(pc.unique(cells))
    seen.update(dict.fromkeys(numbered(runs, declared.startswith("organisation."))))
    if kept:
        seen.update(dict.fromkeys(few.categories()))
    return tuple(seen)


class _Few:
    """What a minority of the different cells of a column is."""

    def __init__(self) -> None:
        self.distinct = self.long = self.numbers = self.mobiles = self.homes = 0
        self.masked = self.titles = self.named = 0
        self.short: set[str] = set()

    def add(self, cells: pa.Array) -> None:
        """Takes different cells of one batch."""
        self.distinct += len(cells)
        length = np.asarray(pc.utf8_length(cells))
        if (length == RUN_FROM).any():
            self.mobiles += _count(cells.filter(pa.array(length == RUN_FROM)), LONE_MOBILE)
        if self.mobiles:
            self.long += _count(cells, LONG_RUN)
            self.numbers += _count(cells, NUMBER)
        wide = np.asarray(pc.binary_length(cells)) > length  # a sign outside ASCII
        if (short := wide & (length >= 2) & (length <= 4)).any() and len(self.short) < CHUNK:
            self.short.update(cells.filter(pa.array(short)).to_pylist())
        if not (titled := wide & (length >= TITLE_FROM)).any():
            return
        texts = cells.filter(pa.array(titled))
        self.titles += len(texts)
        self.homes += _count(texts, HOME)
        starred = texts.filter(pc.match_substring(texts, "****"))
        self.masked += _count(starred, MASKED) if len(starred) else 0
        self.named += _named(texts)

    def categories(self) -> tuple[str, ...]:
        """What counts, by the numbers of the whole column."""
        found = []
        if self.masked:
            found.append(RESIDENT)
        if self.mobiles and self.long <= self.mobiles and self.numbers - self.mobiles <= NUMBERS * self.distinct:
            found.append(MOBILE)
        if self.homes:
            found.append(ADDRESS)
        if self.named >= max(NAMES_LEAST, TITLE_SHARE * self.titles) or self._names():
            found.append(NAME)
        return tuple(found)

    def _names(self) -> bool:
        """Whether most of the short Chinese values are names, many of three characters; or nearly all of them are."""
        if len(self.short) < FEW_LEAST:
            return False
        values = pa.array(sorted(self.short), pa.string())
        han = values.filter(pc.match_substring_regex(values, "^\\p{Han}{2,4}$"))
        names = han.filter(pa.array(is_chinese_name(han))) if len(han) else han
        three = int(np.count_nonzero(np.asarray(pc.utf8_length(names)) == 3))
        if len(names) < max(FEW_LEAST, FEW_SHARE * len(han)):
            return False
        return three >= THREE * len(names) or len(names) >= NEARLY * len(han)


def _count(cells: pa.Array, regex: str) -> int:
    return int(np.count_nonzero(np.asarray(pc.match_substring_regex(cells, regex))))


def _named(texts: pa.Array) -> int:
    """In how many titles a person is named: A与B…纠纷一案, 关于A的公示."""
    likely = texts.filter(pc.match_substring_regex(texts, _hint()))
    candidates: list[str] = []
    owners: list[int] = []
    for place, text in enumerate(likely.to_pylist()):
        for name in _candidates(text):
            candidates.append(name)
            owners.append(place)
    if not candidates:
        return 0
    passed = is_chinese_name(pa.array(candidates, pa.string()))
    return len(set(np.asarray(owners)[passed].tolist()))


@lru_cache(maxsize=1)
def _hint() -> str:
    surnames = "|".join(sorted(words("surnames")))
    return (
        f"^(?:原告|上诉人|申请人)?(?:{surnames})\\p{{Han}}{{1,3}}(?:与|诉|和|、).{{2,40}}(?:纠纷|一案|案)"
        f"|(?:与|诉|和|、)(?:{surnames})\\p{{Han}}{{1,2}}.{{0,20}}(?:纠纷|一案)"
        f"|关于(?:对|给予|同意)?(?:{surnames})\\p{{Han}}{{1,2}}(?:同志|等|的|[((]).{{0,40}}(?:公示|公告|通知|决定|批复|通报)"
    )


SIDES = re.compile("^(?:原告|上诉人|申请人)?([一-鿿]{2,4})(?:与|诉|和|、)(.{2,40}?)(?:纠纷|一案|案)")
SECOND = re.compile("(?:与|诉|和|、)([一-鿿]{2,})(?:纠纷|一案)")
ABOUT = re.compile("关于(?:对|给予|同意)?([一-鿿]{2,3}?)(?:同志|等|的|[((])")


def _candidates(text: str) -> list[str]:
    """What stands where a title names a person."""
    found = [match.group(1) for match in (SIDES.search(text), ABOUT.search(text)) if match]
    second = SECOND.search(text)
    if second and not re.search(BODY, second.group(1)):
        found += [second.group(1)[:2], second.group(1)[:3]]
    return found
