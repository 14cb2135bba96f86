"""A package that was made, as a document and as lines for a person."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from release.desk.examined import padded, shown_width
from release.desk.path import Produced
from release.nouns.digest import plain


def document(done: Produced) -> dict[str, Any]:
    """``sluice release --json``."""
    return {
        "package": str(done.folder),
        "manifest_digest": done.manifest_digest,
        "plan_digest": done.plan.digest(),
        "openness": done.plan.openness.value,
        "policy": plain(done.plan.policy),
        "levels": dict(done.levels),
        "grade": dict(done.grading.levels),
        "rows": {"in": done.risk.rows_in, "out": done.risk.rows_out, "suppressed": done.risk.suppressed_rows},
        "verdicts": plain(done.risk.verdicts),
        "risk": plain(done.risk.values),
        "utility": plain(done.utility.values),
        "seconds": {k: round(v, 3) for k, v in done.seconds.items()},
    }


def lines(done: Produced) -> Iterator[str]:
    """What was done, what holds, and where it lies."""
    risk = done.risk
    width = min(28, max((shown_width(one.field) for one in done.plan.fields), default=8))
    for one in done.plan.fields:
        level = f" to level {done.levels[one.field]}" if one.field in done.levels else ""
        yield f"  {padded(one.field, width)}  {one.method + level:<24} {one.reason}"
    for reason in done.plan.reasons:
        yield f"  note: {reason}"
    yield ""
    yield f"rows: {risk.rows_in:,} in, {risk.rows_out:,} out, {risk.suppressed_rows:,} suppressed"
    for verdict in risk.verdicts:
        mark = "✓" if verdict.holds else "✗"
        measured = "not measured" if verdict.measured is None else f"{verdict.measured:g}"
        yield f"  {mark} {verdict.metric} {verdict.op} {verdict.limit:g}   measured {measured}   {verdict.article}"
    for name, value in done.utility.values.items():
        yield f"  utility {name}: {value:.4g}"
    yield "seconds: " + "  ".join(f"{k} {v:.1f}" for k, v in done.seconds.items())
    yield ""
    yield f"{done.plan.openness.value}: {done.folder}   manifest {done.manifest_digest[:16]}"
