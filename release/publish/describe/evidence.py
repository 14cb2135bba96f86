"""The evidence of a release twice: coarse for everybody, whole for the people who review it.

What a reader would get wrong: the reviewers' file is listed in the public manifest with its digest, and a digest of
guessable numbers confirms a guess; so it carries a salt that only the holder of the release key can derive.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from release.nouns.digest import plain
from release.nouns.plan import FieldPlan, Plan
from release.nouns.report import RiskReport, UtilityReport
from release.publish.describe.bands import band, count_band, share_band

if TYPE_CHECKING:
    from classifiers.finding import Finding
    from policies.grading import Grading

EVIDENCE_FORMAT = 1


@dataclass(frozen=True, slots=True)
class Evidence:
    """Everything that was found, decided and measured about one release; ``levels`` are the generalisation levels
    that the search chose."""

    plan: Plan
    grading: Grading
    findings: tuple[Finding, ...]
    risk: RiskReport
    utility: UtilityReport
    levels: Mapping[str, int]


def public_evidence(evidence: Evidence, public: Plan) -> dict[str, Any]:
    """``evidence/public.json``: grades, articles, treatments, verdicts; numbers only in bands.

    ``public`` is the public form of the plan, the source of every parameter that appears here.
    """
    risk, grading = evidence.risk, evidence.grading
    return {
        "format": EVIDENCE_FORMAT,
        "dataset": {
            "name": public.dataset_name,
            "rows": risk.rows_out,
            "openness": public.openness.value,
            "grade": dict(grading.levels),
            "article": grading.article,
            "obligations": list(public.obligations),
        },
        "policy": plain(public.policy),
        "fields": [_field(field, evidence) for field in public.fields],
        "models": plain(public.models),
        "verdicts": [
            {
                "metric": verdict.metric,
                "op": verdict.op,
                "limit": verdict.limit,
                "band": band(verdict.metric, verdict.measured),
                "holds": verdict.holds,
                "article": verdict.article,
            }
            for verdict in risk.verdicts
        ],
        "suppressed": share_band(risk.suppressed_rows / risk.rows_in) if risk.rows_in else "0",
        "classes": classes_in_bands(risk.classes),
        "utility": {name: round(float(value), 2) for name, value in evidence.utility.values.items()},
    }


def _field(field: FieldPlan, evidence: Evidence) -> dict[str, Any]:
    grade = next((grade for grade in evidence.grading.fields if grade.field == field.field), None)
    return {
        "name": field.field,
        "category": field.category,
        "role": field.role,
        "grade": dict(field.grade),
        "grade_article": grade.article if grade else "",
        "grade_evidence": grade.evidence if grade else "",
        "treatment": field.method,
        "params": plain(field.params),
        "level": evidence.levels.get(field.field),
        "article": field.article,
        "evidence": field.evidence,
        "reason": field.reason,
        "released": field.method != "drop",
    }


def classes_in_bands(classes: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The histogram of class sizes as bands with shares of the rows, rounded to one per cent."""
    rows: dict[str, float] = {}
    for size, count in _histogram(classes):
        label = count_band(size) if size < 100 else _large(size)
        rows[label] = rows.get(label, 0.0) + size * count
    total = sum(rows.values())
    return [{"size": label, "share": round(count / total, 2)} for label, count in rows.items()] if total else []


def _large(size: float) -> str:
    for low, high in ((100, 200), (200, 500), (500, 1_000), (1_000, 10_000), (10_000, 100_000)):
        if size < high:
            return f"{low:,} – {high - 1:,}"
    return "≥ 100,000"


def _histogram(classes: Mapping[str, Any]) -> Sequence[tuple[int, int]]:
    """(size, how many classes) pairs, smallest first."""
    found = classes.get("histogram", {})
    pairs = found.items() if isinstance(found, Mapping) else found
    return sorted((int(size), int(count)) for size, count in pairs)


def reviewer_evidence(evidence: Evidence, salt: str) -> dict[str, Any]:
    """``reviewer/evidence.json``: all of it, exact, with the salt that makes its digest say nothing."""
    return {
        "format": EVIDENCE_FORMAT,
        "salt": salt,
        "risk": plain(evidence.risk),
        "utility": plain(evidence.utility),
        "grading": plain(evidence.grading),
        "findings": plain(evidence.findings),
        "levels": dict(evidence.levels),
    }
