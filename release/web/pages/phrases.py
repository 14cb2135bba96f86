"""Short phrases that templates build from documents: categories, reasons, articles, measures, stages.

What a reader would get wrong: documents hold English sentences; where the same can be said in Chinese from what the
document holds (a source, a category, two counts), a Chinese page says that and leaves the English out.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from classifiers.category import tree
from release.web.pages.language import words
from release.web.pages.visitor import Visitor

DEFAULT_ARTICLE = "product default"


def phrases(asker: Visitor) -> dict[str, Callable[..., str]]:
    """What every template is given."""
    return {
        "article": lambda said: article(asker, said),
        "category": lambda path: category(asker, path),
        "measure": lambda metric: measure(asker, metric),
        "plan_reason": lambda plan: plan_reason(asker, plan),
        "reason": lambda found: reason(asker, found),
        "stage": lambda name: _word(asker, "step", name),
    }


def article(asker: Visitor, said: str) -> str:
    """An article as its pack names it; "no article" in the visitor's language."""
    default = asker.language == "zh" and said.startswith(DEFAULT_ARTICLE)
    return asker.t("evidence.default") if default else said


def category(asker: Visitor, path: str) -> str:
    """What a category is called."""
    known = tree().categories.get(path)
    return asker.pick((known.zh, known.en)) if known else path


def measure(asker: Visitor, metric: str) -> str:
    """What a metric is called, with its field: ``l:income``."""
    name, _, field = metric.partition(":")
    return f"{_word(asker, 'metric', name)}{' · ' if field else ''}{field}"


def plan_reason(asker: Visitor, plan: Mapping[str, Any]) -> str:
    """Why a field is treated so, in the visitor's language, else the article alone."""
    said = str(plan.get("reason_zh" if asker.language == "zh" else "reason", ""))
    return said or article(asker, str(plan.get("article", "")))


def reason(asker: Visitor, found: Mapping[str, Any]) -> str:
    """One piece of evidence."""
    if asker.language != "zh" and found.get("text"):
        return str(found["text"])
    key = "field.reason_points" if found.get("weight", 0) >= 0 else "field.reason_against"
    hits, looked = found.get("counts") or (0, 0)
    counts = asker.t("field.reason_counts", hits=f"{hits:,}", looked=f"{looked:,}") if looked else ""
    source = _word(asker, "source", str(found.get("source", "")))
    return asker.t(key, source=source, category=category(asker, str(found.get("category", "")))) + counts


def _word(asker: Visitor, group: str, name: str) -> str:
    """The word of a name in a group, the name itself when there is none: engines may bring new ones."""
    key = f"{group}.{name}"
    return asker.t(key) if key in words() else name
