"""An examination as the promised JSON document and as lines for a person."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from classifiers.ner.model import version
from policies.explain import explain
from policies.grading import FieldGrade
from release.desk.decided import SOURCE, is_decided
from release.nouns.errors import BadInput

if TYPE_CHECKING:
    from classifiers.finding import Finding
    from release.desk.path import Examination


def document(found: Examination) -> dict[str, Any]:
    """``sluice classify --json``: the keys are a promise.  ``ner`` is the name model that voted, or None."""
    grading = found.grading
    return {
        "policy": {"id": grading.policy, "version": grading.version, "digest": grading.digest},
        "ranker": dict(found.ranker),
        "fields": [_field(found, f, g) for f, g in zip(found.findings, grading.fields, strict=True)],
        "dataset": {
            "name": found.table.dataset.name,
            "rows": found.table.dataset.rows,
            "grade": dict(grading.levels),
            "openness": grading.openness,
            "article": grading.article,
            "reasons": [step.text for step in grading.steps],
            "flags": list(grading.flags),
        },
        "ner": version(),
        "notes": list(found.table.dataset.notes),
        "seconds": {k: round(v, 3) for k, v in found.seconds.items()},
    }


def _field(found: Examination, finding: Finding, grade: FieldGrade) -> dict[str, Any]:
    word = found.decisions.get(finding.field)
    return {
        "name": finding.field,
        "category": finding.category,
        "confidence": round(finding.confidence, 4),
        "source": "person" if is_decided(finding) else "classifier",
        "decision": {"by": word.name, "on": word.at[:10], "reason": word.reason} if word else None,
        "role": grade.role,
        "grade": dict(grade.levels),
        "openness": grade.openness,
        "article": grade.article,
        "evidence": grade.evidence,
        "reasons": [r.text for r in finding.reasons] + [s.text for s in grade.steps],
        "alternatives": [{"category": a.category, "confidence": round(a.confidence, 4)} for a in finding.alternatives],
        "needs_review": finding.needs_review or grade.needs_review,
    }


def lines(found: Examination) -> Iterator[str]:
    """One line a field, then the dataset."""
    grading = found.grading
    width = min(28, max((shown_width(f.field) for f in found.findings), default=8))
    across = max((len(_levels(g.levels)) for g in grading.fields), default=0)
    for finding, grade in zip(found.findings, grading.fields, strict=True):
        levels = _levels(grade.levels)
        look = "  ? a person should look" if finding.needs_review or grade.needs_review else ""
        yield (
            f"{padded(finding.field, width)}  {finding.category:<34} {finding.confidence:4.2f}  "
            f"{levels:<{across}} {grade.openness:<13} {grade.article} [{grade.evidence}]{look}"
        )
        yield from (f"{'':<{width}}  {word}" for word in words_of(finding))
    levels = _levels(grading.levels)
    rows = found.table.dataset.rows
    yield ""
    yield f"{found.table.dataset.name}: {rows:,} rows, as it is: {levels}, {grading.openness}  {grading.article}"
    said = flag_words(found)
    for flag in grading.flags:
        yield f"  ! {flag}: {said[flag]}" if flag in said else f"  ! {flag}"


def flag_words(found: Examination) -> dict[str, str]:
    """What every flag of the grading says, and where that stands: of the first step that raised it."""
    steps = (*found.grading.steps, *(step for field in found.grading.fields for step in field.steps))
    said: dict[str, str] = {}
    for step in steps:
        if step.scale == "review":
            said.setdefault(step.after, f"{step.text}  {step.article} [{step.evidence}]")
    return said


def words_of(finding: Finding) -> Iterator[str]:
    """What a person said of the field, whether it was applied or must wait."""
    return (reason.text for reason in finding.reasons if reason.source == SOURCE)


def decisions(found: Examination) -> Iterator[str]:
    """The words of people that stand over this table, one line a field."""
    return (f"{f.field}: {word}" for f in found.findings for word in words_of(f))


def explained(found: Examination, field: str) -> tuple[dict[str, Any], list[str]]:
    """Why one field is graded as it is.  Raises BadInput when the table has no such field."""
    names = [f.field for f in found.findings]
    if field not in names:
        raise BadInput(f"The table has no field {field}.", f"Fields: {', '.join(names)}.")
    finding = found.findings[names.index(field)]
    grade = found.grading.fields[names.index(field)]
    derivation = explain(found.grading, field)
    whole = {
        **_field(found, finding, grade),
        "evidence_for_the_category": [
            {"source": r.source, "category": r.category, "weight": round(r.weight, 3), "text": r.text, "rule": r.rule}
            for r in finding.reasons
        ],
        "derivation": list(derivation),
        "derivation_zh": list(explain(found.grading, field, "zh")),
    }
    told = [f"{field}: {finding.category} ({finding.confidence:.2f})", "", "What it is:"]
    told += [f"  {r.weight:+6.2f}  {r.source:<12} {r.text}" for r in finding.reasons]
    told += [f"  {'':6}  or {a.category} ({a.confidence:.2f})" for a in finding.alternatives]
    told += ["", f"How grave it is under {found.grading.policy} {found.grading.version}:"]
    told += [f"  {line}" for line in derivation]
    return whole, told


def shown_width(text: str) -> int:
    """Columns that ``text`` takes in a terminal: a Chinese character takes two."""
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def padded(text: str, width: int) -> str:
    """``text`` filled with spaces, or cut, to ``width`` terminal columns."""
    while shown_width(text) > width:
        text = text[:-2] + "…"
    return text + " " * (width - shown_width(text))


def _levels(levels: Mapping[str, str]) -> str:
    return " ".join(f"{scale}={level}" for scale, level in levels.items())
