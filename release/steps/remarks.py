"""What a reader of a plan should know besides its fields: what to look at, what to decide, and how.

Numbers of rows and names of fields stand here, never a value.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from policies.grading import Grading, Step

REVIEW = "review"  # the scale of a step that asks for a person's look
MOST = 0.6  # with a larger share of the fields left out the plan says what a person could decide
SOLE_TRADER = "92"  # GB 32100-2015: registered by market regulation (9), as a sole trader (2)


def flags(grading: Grading) -> list[str]:
    """A line for every flag, with the words of the rule that raised it."""
    steps: Iterable[Step] = (*grading.steps, *(step for field in grading.fields for step in field.steps))
    words = {step.after: f" — {step.text} / {step.text_zh}" for step in steps if step.scale == REVIEW}
    return [f"To be looked at: {flag}{words.get(flag, '')}." for flag in grading.flags]


def sole_traders(field: str, counts: Mapping[str, int]) -> list[str]:
    """How many rows of a column of unified social credit codes are a sole trader's; nothing where none is."""
    rows = sum(number for code, number in counts.items() if code.strip().startswith(SOLE_TRADER))
    if not rows:
        return []
    return [
        f"{rows} rows of '{field}' are codes of sole traders (beginning with {SOLE_TRADER}): the name and the address "
        f"beside them are a person's / “{field}”中有 {rows} 行以{SOLE_TRADER}开头，为个体工商户，"
        "其名称、地址属于个人信息."
    ]


def to_decide(dropped: Sequence[str], review: Sequence[str], total: int) -> list[str]:
    """How to get more out of a plan that leaves most fields out; nothing where it does not."""
    if len(dropped) <= MOST * total:
        return []
    first = [name for name in dropped if name in review] or list(dropped)
    names = ", ".join(first)
    return [
        f"Most fields are left out. To be decided by a person: {names}. If a category is wrong, say so in the job file "
        f'([fields."{first[0]}"] with category = "…") or on the release page; or plan with --openness conditional.'
    ]


def coarse_dates(dates: Sequence[str], review: Sequence[str]) -> list[str]:
    """Dates that are made coarser while it is not settled what other fields are.  For tables in which no field is
    surely about a person: elsewhere a decision would not help."""
    doubtful = [name for name in review if name not in dates]
    if not dates or not doubtful:
        return []
    return [
        f"{', '.join(dates)} may come down to one value, because the rows count as rows about persons. If they are "
        f'not, decide first: {", ".join(doubtful)} (job file: [fields."{doubtful[0]}"] with category = "…", or the '
        "release page)."
    ]
