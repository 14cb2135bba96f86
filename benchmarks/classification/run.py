"""Prints every figure of the classification: real Chinese columns, English tables, speed.  See README.md."""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent.parent))

from benchmarks.classification import english, speed, tellings
from benchmarks.classification.columns import load
from benchmarks.classification.score import GRAVE, Judged, figures, label_of, per_label
from benchmarks.classification.unseen import blinded, weights_without
from classifiers.classifier import Classifier
from classifiers.classify import judge as look
from classifiers.correction import Correction
from classifiers.discovery import found
from classifiers.ranker.corpus import VIEWS, Labelled, tables
from classifiers.ranker.weights import NONE, Weights, shipped
from classifiers.scan.profile import Profile
from classifiers.scan.scan import scan
from classifiers.table import Table


def judge(columns: Sequence[Labelled], view: str, *, blind: bool = False, rules: bool = False) -> list[Judged]:
    """Every column of a view, classified in its table.

    ``blind`` takes the source's own wordings away first, and its columns out of what the ranker learned from.
    ``rules`` leaves the ranker out.
    """
    judged: list[Judged] = []
    for source in dict.fromkeys(c.source for c in columns):
        classifiers = blinded(columns, source) if blind else found()
        ranker = NONE if rules else weights_without(source) if blind else shipped()
        judged += judge_source([c for c in columns if c.source == source], view, classifiers, ranker)
    return judged


def judge_source(
    columns: Sequence[Labelled],
    view: str,
    classifiers: tuple[Classifier, ...],
    ranker: Weights,
    corrections: Sequence[Correction] = (),
) -> list[Judged]:
    """The columns of one source, by these classifiers and weights."""
    levels = {c.label: c.level for c in load()}
    judged: list[Judged] = []
    for table, members in tables(columns, view):
        profiles = _profiles(members[0].source, table, members, view)
        findings = look(table, profiles, classifiers, ranker=ranker, corrections=corrections)
        for finding, member in zip(findings, members, strict=True):
            verdict = label_of(finding.category, member.label)
            judged.append(
                Judged(
                    id=member.id,
                    source=member.source,
                    truth=member.label,
                    level=member.level,
                    verdict=verdict,
                    verdict_level=GRAVE if finding.category == "unknown" else levels[verdict],
                    category=finding.category,
                    confidence=finding.confidence,
                    review=finding.needs_review,
                )
            )
    return judged


_SCANNED: dict[tuple[str, str, bool], tuple[Profile, ...]] = {}


def _profiles(source: str, table: Table, members: Sequence[Labelled], view: str) -> tuple[Profile, ...]:
    """Cells say the same in every view: a table is scanned once."""
    key = (source, members[0].table, view == "header")
    if key not in _SCANNED:
        _SCANNED[key] = scan(table, found())
    return _SCANNED[key]


def report(name: str, judged: Sequence[Judged]) -> None:
    """One line a figure."""
    print(f"\n{name}")
    for figure, value in figures(judged).items():
        print(f"  {figure:22s} {value:8.0f}" if figure == "columns" else f"  {figure:22s} {value:8.3f}")


def details(judged: Sequence[Judged], columns: Sequence[Labelled], view: str) -> None:
    """Sources, calibration, coverage, confusions; then F1 a label and every wrong verdict."""
    for told in (tellings.sources, tellings.calibration, tellings.coverage, tellings.confusions):
        print(f"\n{told(judged)}")
    print()
    names = {c.id: (c.physical if view.startswith("physical") else c.header) for c in columns}
    for label, (f1, n) in sorted(per_label(judged).items(), key=lambda item: item[1]):
        print(f"    {label:14s} F1 {f1:.2f}  of {n}")
    wrong = Counter((j.truth, j.category, names[j.id]) for j in judged if not j.right)
    for (truth, category, header), n in sorted(wrong.items(), key=lambda item: (item[0][0], -item[1])):
        print(f"    {n:3d} {truth:12s} -> {category:36s} {header}")


def main() -> None:
    """Run everything, or what is asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--view", choices=VIEWS, help="only this view of the Chinese columns")
    parser.add_argument("--details", action="store_true", help="per label, and every wrong verdict")
    parser.add_argument("--blind", action="store_true", help="without the wordings and lessons of the source judged")
    parser.add_argument("--rules", action="store_true", help="leave the ranker out")
    parser.add_argument("--no-speed", action="store_true", help="leave out the race against Presidio")
    parser.add_argument("--rows", type=int, default=1_000_000, help="rows of the table that is timed")
    options = parser.parse_args()
    columns = load()
    for language in ("zh", "en"):
        chosen = [c for c in columns if c.language == language]
        for view in VIEWS if options.view is None else (options.view,):
            if language == "en" and view == "physical+values":
                continue
            judged = judge(chosen, view, blind=options.blind, rules=options.rules)
            report(f"{language} {view}{', blind' if options.blind else ''}", judged)
            if options.details:
                details(judged, chosen, view)
    if options.view is None and not options.blind:
        english.report()
    if not options.no_speed and options.view is None and not options.blind:
        speed.report(options.rows)


if __name__ == "__main__":
    main()
