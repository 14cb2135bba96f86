"""The evidence of a release twice: coarse for everybody, whole for the people who review it.

What a reader would get wrong: the reviewers' file is listed in the public manifest with its digest, and a digest of
guessable numbers confirms a guess; so it carries a salt that only the holder of the release key can derive.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from release.nouns.digest import plain
from release.nouns.plan import FieldPlan, Plan
from release.nouns.report import RiskReport, UtilityReport
from release.publish.describe.bands import band, share_band

if TYPE_CHECKING:
    from classifiers.finding import Finding
    from policies.grading import Grading

EVIDENCE_FORMAT = 1
LARGE = 1_000  # from here on sizes share one band


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
    """The histogram of class sizes as bands with shares of the rows, rounded to one per cent.

    ``classes["histogram"]`` holds (lowest size, highest size, classes, rows), sizes ascending.
    """
    bins = [tuple(int(number) for number in bin_) for bin_ in classes.get("histogram", ())]
    total = sum(rows for *_, rows in bins)
    return [{"size": _sizes(low, high), "share": round(rows / total, 2)} for low, high, _, rows in bins]


def _sizes(low: int, high: int) -> str:
    if low >= LARGE:
        return f"≥ {LARGE:,}"
    return f"{low:,}" if low == high else f"{low:,} – {high:,}"


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
