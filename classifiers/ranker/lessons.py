"""What the ranker is taught: labelled columns as the rules see them blind, and every phrase the classifiers list.

A labelled column is weighed without the wordings of its own source, so that the ranker learns to help rules that do not
know the words.  A phrase is a lesson four times: as it is, in English, in pinyin and in the initials of its pinyin.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from classifiers.classifier import Classifier
from classifiers.classify import weigh
from classifiers.headers.form import form
from classifiers.headers.pinyin import spell
from classifiers.ranker.blind import without, wordings
from classifiers.ranker.column import Column, Lesson
from classifiers.ranker.corpus import NAMELESS, VIEWS, Labelled, Labels, categories_of, tables
from classifiers.ranker.weights import NONE
from classifiers.scan.profile import Profile
from classifiers.scan.scan import scan

PHRASE, LABELLED = 0.5, 2.0  # how much a lesson of each kind counts
LONGEST = 16  # letters of a phrase in pinyin


def classes(classifiers: Iterable[Classifier]) -> tuple[str, ...]:
    """The categories that the ranker tells apart: all that have a classifier."""
    return tuple(c.category for c in classifiers)


def of_phrases(classifiers: Sequence[Classifier]) -> list[Lesson]:
    """Every phrase with the categories that claim it."""
    claimed: dict[str, dict[str, None]] = {}
    chinese: dict[str, dict[str, None]] = {}
    for classifier in classifiers:
        for phrase in (*classifier.zh, *classifier.en, *classifier.physical):
            claimed.setdefault(phrase, {})[classifier.category] = None
            for text in form(phrase).texts[:1]:
                chinese.setdefault(text, {})[classifier.category] = None
    spelled = spell(chinese)
    for index in (spelled.initials, spelled.full):
        for letters, phrases in index.items():
            for phrase in phrases if len(letters) <= LONGEST else ():
                claimed.setdefault(letters, {}).update(chinese[phrase])
    return [Lesson(Column(text), tuple(owners), PHRASE) for text, owners in sorted(claimed.items()) if text.strip()]


def of_columns(
    columns: Sequence[Labelled],
    classifiers: tuple[Classifier, ...],
    labels: Labels,
    *,
    blind: bool = True,
    views: Sequence[str] = (*VIEWS, NAMELESS),
) -> list[tuple[Labelled, Lesson]]:
    """Every column in every view with the categories that its label stands for."""
    known = classes(classifiers)
    right = {c.label: categories_of(c.label, known, labels) for c in columns}
    found: list[tuple[Labelled, Lesson]] = []
    scanned: dict[tuple[str, str, bool], tuple[Profile, ...]] = {}
    for source in dict.fromkeys(c.source for c in columns):
        own = without(classifiers, wordings(columns, source)) if blind else classifiers
        for view in views:
            for table, members in tables([c for c in columns if c.source == source], view):
                key = (source, members[0].table, view == "header")
                if key not in scanned:
                    scanned[key] = scan(table, classifiers)
                weighed = weigh(table, scanned[key], own, ranker=NONE)
                found += [
                    (member, Lesson(w.seen, right[member.label], LABELLED))
                    for member, w in zip(members, weighed, strict=True)
                    if right[member.label]
                ]
    return found
