"""From counted evidence to a reading: the type every present value parses as, else text.

Nothing is tolerated: one value that does not parse makes the column text.  What could be read in two ways
(03/04/2020, 109/03/17) stays text, with a note, unless the whole column, its header or a person decides.
"""

from __future__ import annotations

import dataclasses
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from release.nouns.dataset import FieldType
from release.nouns.errors import BadInput
from release.tabular import header
from release.tabular.dates import ROC_ONLY, SURE
from release.tabular.evidence import CATEGORIES, Evidence
from release.tabular.numbers import FRACTION, LABELS, WHOLE
from release.tabular.reading import Reading, Spelling

# shape → note, for what was understood
_NOTES: Mapping[str, str] = {
    "point-zero": "trailing-point-zero",
    "grouped-integer": "thousands-separators",
    "grouped-decimal": "thousands-separators",
    "scientific": "scientific",
    "scientific-whole": "scientific",
    "excel-scientific": "excel-scientific",
    "zero-led": "leading-zeros",
    "long": "over-15-digits",
    "chinese": "chinese-date",
    "roc-era": "roc-date",
    "roc-year": "roc-date",
    "short-year": "roc-date",
    "short": "roc-date",
    "month-name": "month-name-date",
    "name-first": "month-name-date",
}


_DAMAGE = ("excel-scientific", "point-zero")
_WARNINGS = (*_DAMAGE, "zero-led", "long")
_COMPACT_DISTINCT = 20  # so many different eight-digit numbers are all dates only when dates are meant


@dataclass(frozen=True, slots=True)
class _Verdict:
    type: FieldType
    day_first: bool = False
    notes: Mapping[str, int] = dataclasses.field(default_factory=dict)


def decide(name: str, evidence: Evidence, spelling: Spelling, forced: FieldType | None = None) -> Reading:
    """The reading of column ``name``.  Raises BadInput when ``forced`` is a type some value does not parse as."""
    classes = {token: (label, word) for token, label, word in spelling.tokens.spellings()}
    seen = {token: n for token, n in evidence.tokens.items() if n}
    present = evidence.rows - sum(seen.values())
    verdict = _verdict(name, evidence, spelling, present, forced)
    if verdict.type is FieldType.TEXT:
        category = _is_category(evidence, present)
        for token in list(seen):
            label, word = classes[token]
            if (word and category) or (label == "missing-dash" and evidence.plus):
                present += seen.pop(token)
    notes = Counter(verdict.notes)
    for token, n in seen.items():
        notes[classes[token][0]] += n
    notes["full-width-digits"] += evidence.notes["full-width-digits"]
    return Reading(
        verdict.type,
        tuple(sorted({"", *seen})),
        verdict.day_first,
        evidence.rows,
        evidence.rows - present,
        {key: notes[key] for key in sorted(notes) if notes[key]},
    )


def _is_category(evidence: Evidence, present: int) -> bool:
    """Few different values, each standing twice or more on average: a word among them is a value, not a gap."""
    return len(evidence.distinct) <= CATEGORIES and present >= 2 * len(evidence.distinct)


def _verdict(name: str, evidence: Evidence, spelling: Spelling, present: int, forced: FieldType | None) -> _Verdict:
    if forced is FieldType.TEXT or (not present and forced is None):
        return _Verdict(FieldType.TEXT, notes=_warnings(evidence))
    verdict = _Verdict(FieldType.TEXT)
    if not evidence.other:
        shapes = evidence.shapes
        if sum(shapes[s] for s in (*WHOLE, *FRACTION)) == present:
            verdict = _number(name, evidence, present, forced)
        elif shapes["boolean"] == present:
            verdict = _Verdict(FieldType.BOOLEAN)
        elif sum(shapes[s] for s in (*SURE, *ROC_ONLY, "day-month")) == present:
            verdict = _date(name, evidence, spelling, present)
    if forced is not None and verdict.type is not forced and not _widens(verdict.type, forced):
        raise BadInput(
            f"Field {name!r} was declared {forced.value}, but not every present value parses as that.",
            "Declare it text, or name the spellings that mean missing.",
        )
    type_ = forced or verdict.type
    notes = _warnings(evidence) if type_ is FieldType.TEXT else _understood(evidence)
    return _Verdict(type_, verdict.day_first, {**notes, **verdict.notes})


def _widens(found: FieldType, forced: FieldType) -> bool:
    return (found, forced) in {(FieldType.INTEGER, FieldType.DECIMAL), (FieldType.DATE, FieldType.DATETIME)}


def _understood(evidence: Evidence) -> dict[str, int]:
    notes: Counter[str] = Counter()
    for shape, note in _NOTES.items():
        notes[note] += evidence.shapes[shape]
    notes["midnight"] += evidence.shapes["midnight"]
    return dict(notes)


def _warnings(evidence: Evidence) -> dict[str, int]:
    """Notes of a text column.  After a value of no shape only damage was still counted."""
    shapes = _DAMAGE if evidence.other else _WARNINGS
    notes = {_NOTES[shape]: evidence.shapes[shape] for shape in shapes}
    notes["impossible-date"] = evidence.notes["impossible-date"]
    return notes


def _number(name: str, evidence: Evidence, present: int, forced: FieldType | None) -> _Verdict:
    shapes, whole = evidence.shapes, not any(evidence.shapes[s] for s in FRACTION)
    number = FieldType.INTEGER if whole else FieldType.DECIMAL
    if shapes["compact"] == present and (
        forced in (FieldType.DATE, FieldType.DATETIME) or _means_dates(name, evidence)
    ):
        type_ = FieldType.DATETIME if shapes["compact-time"] else FieldType.DATE
        return _Verdict(type_, notes={"compact-date": present})
    if forced in (FieldType.INTEGER, FieldType.DECIMAL):
        return _Verdict(number)
    if header.says_code(name):
        return _Verdict(FieldType.TEXT, notes={"digits-kept-as-text": present})
    for label in LABELS:
        if whole and evidence.notes[label] * 10 >= present * 9:
            return _Verdict(FieldType.TEXT, notes={label: evidence.notes[label]})
    return _Verdict(number)


def _means_dates(name: str, evidence: Evidence) -> bool:
    return header.says_date(name) or len(evidence.distinct) >= _COMPACT_DISTINCT


def _date(name: str, evidence: Evidence, spelling: Spelling, present: int) -> _Verdict:
    shapes = evidence.shapes
    text = FieldType.TEXT
    if len(evidence.zones) > 1:
        return _Verdict(text, notes={"mixed-zones": present - evidence.zones[""]})
    short = sum(shapes[form] for form in ROC_ONLY)
    if short and not _means_roc(name, evidence, spelling):
        return _Verdict(text, notes={"ambiguous-short-year": short})
    notes = {"zoned": present - evidence.zones[""]}
    day_first = False
    if either := shapes["day-month"]:
        order = _day_first(shapes, spelling)
        if order is None:
            both = shapes["valid-day-first"] == shapes["valid-month-first"] == either
            return _Verdict(text, notes={"ambiguous-day-month" if both else "mixed-day-month": either})
        day_first = order
        notes["day-first-date" if day_first else "month-first-date"] = either
    return _Verdict(FieldType.DATETIME if shapes["clock"] else FieldType.DATE, day_first, notes)


def _means_roc(name: str, evidence: Evidence, spelling: Spelling) -> bool:
    if spelling.roc is not None:
        return spelling.roc
    return header.says_roc(name) or bool(evidence.shapes["roc-era"] + evidence.shapes["roc-year"])


def _day_first(shapes: Counter[str], spelling: Spelling) -> bool | None:
    """True, False, or None when the column can be read in both orders or in none."""
    fits = {True: shapes["valid-day-first"] == shapes["day-month"]}
    fits[False] = shapes["valid-month-first"] == shapes["day-month"]
    if spelling.day_first is not None:
        return spelling.day_first if fits[spelling.day_first] else None
    return None if fits[True] == fits[False] else fits[True]
