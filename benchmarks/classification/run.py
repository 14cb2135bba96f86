"""Prints every figure of the classification: real Chinese columns, English tables, speed.  See README.md."""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent.parent))

from benchmarks.classification import english, speed
from benchmarks.classification.columns import Labelled, load, tables
from benchmarks.classification.score import Judged, figures, label_of, per_label
from classifiers.classify import classify

VIEWS = ("header+values", "physical+values", "header")


def judge(columns: Sequence[Labelled], view: str) -> list[Judged]:
    """Every column of a view, classified in its table."""
    levels = {c.label: c.level for c in load()}
    judged: list[Judged] = []
    for table, members in tables(columns, view):
        for finding, member in zip(classify(table), members, strict=True):
            verdict = label_of(finding.category, member.label)
            level = levels.get(verdict, 3) if finding.category != "unknown" else 3
            judged.append(
                Judged(
                    member.id,
                    member.source,
                    member.label,
                    member.level,
                    verdict,
                    level,
                    finding.category,
                    finding.confidence,
                    finding.needs_review,
                )
            )
    return judged


def report(name: str, judged: Sequence[Judged]) -> None:
    """One line a figure."""
    print(f"\n{name}")
    for figure, value in figures(judged).items():
        print(f"  {figure:22s} {value:8.0f}" if figure == "columns" else f"  {figure:22s} {value:8.3f}")


def details(judged: Sequence[Judged], columns: Sequence[Labelled], view: str) -> None:
    """F1 a label, and the confusions people can read."""
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
    parser.add_argument("--no-speed", action="store_true", help="leave out the race against Presidio")
    parser.add_argument("--rows", type=int, default=1_000_000, help="rows of the table that is timed")
    options = parser.parse_args()
    columns = load()
    for language in ("zh", "en"):
        chosen = [c for c in columns if c.language == language]
        for view in VIEWS if options.view is None else (options.view,):
            if language == "en" and view == "physical+values":
                continue
            judged = judge(chosen, view)
            report(f"{language} {view}", judged)
            if options.details:
                details(judged, chosen, view)
    if options.view is None:
        english.report()
    if not options.no_speed and options.view is None:
        speed.report(options.rows)


if __name__ == "__main__":
    main()
