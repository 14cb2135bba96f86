"""Plans as files and as lines for a person."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from release.desk.examined import padded, shown_width
from release.nouns.errors import BadInput
from release.nouns.plan import Plan
from release.nouns.plan_json import from_json, to_json

MOST_BYTES = 64 << 20


def write_plan(plan: Plan, out: Path) -> None:
    """The plan as JSON, written in one move."""
    staged = out.with_name(out.name + ".part")
    staged.write_text(to_json(plan), encoding="utf-8")
    staged.replace(out)


def read_plan(path: Path) -> Plan:
    """The plan in a file.  Raises BadInput when it is not one, whole and of a format known here."""
    try:
        if path.stat().st_size > MOST_BYTES:
            raise BadInput(f"{path.name} is too large to be a plan.", "Give the file that sluice plan -o wrote.")
        return from_json(path.read_text(encoding="utf-8"))
    except OSError:
        raise BadInput(f"{path.name} cannot be read.", "Give the file that sluice plan -o wrote.") from None
    except UnicodeDecodeError:
        raise BadInput(f"{path.name} is not text in UTF-8.", "Give the file that sluice plan -o wrote.") from None
    except (RecursionError, ValueError):  # nested without end, or a number of thousands of digits
        raise BadInput(f"{path.name} is not a plan.", "Give the file that sluice plan -o wrote.") from None


def lines(plan: Plan) -> Iterator[str]:
    """One line a field, then models, limits and obligations."""
    width = min(28, max((shown_width(f.field) for f in plan.fields), default=8))
    for one in plan.fields:
        detail = ", ".join(f"{k}={v}" for k, v in one.params.items() if not isinstance(v, (dict, list)))
        kind = one.params.get("hierarchy", {}).get("kind", "") if isinstance(one.params.get("hierarchy"), dict) else ""
        told = " ".join(word for word in (one.method, kind, detail) if word)
        yield f"{padded(one.field, width)}  {one.role:<18} {told:<34} {one.article} [{one.evidence}]"
        if one.reason:
            yield f"{'':<{width}}  {one.reason}"
    yield ""
    policy = f"{plan.policy.id} {plan.policy.version}"
    yield f"openness: {plan.openness.value}   policy: {policy}   plan: {plan.digest()[:16]}"
    for model in plan.models:
        yield f"  model  {model.name} " + " ".join(f"{k}={v}" for k, v in model.params.items())
    for limit in plan.limits:
        yield f"  limit  {limit.metric} {limit.op} {limit.value:g}   {limit.article}"
    for obligation in plan.obligations:
        yield f"  duty   {obligation}"
    for reason in plan.reasons:
        yield f"  note   {reason}"
