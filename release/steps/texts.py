"""Running text in a plan: what may never be done with it, and what its redaction can and cannot do.

What a reader would get wrong: redacted text is not anonymous text.  A program misses names, so redacted text goes to
those who signed for it and not to everybody, whatever a pack says.
"""

from __future__ import annotations

from collections.abc import Iterable

from classifiers.sentences.measured import measured
from policies.treatment import Ask
from release.nouns.openness import Openness
from release.nouns.refusal import Refusal

REDACT = "redact-text"
FREE = "text.free"


def unconditional(asks: Iterable[Ask], categories: dict[str, str], openness: Openness) -> list[Refusal]:
    """The refusal of every free text that would be opened to everybody otherwise than not at all."""
    if openness is not Openness.UNCONDITIONAL:
        return []
    return [
        Refusal(
            "plan.text-to-everyone",
            f"Field '{ask.field}' is running text; a program does not find every name in it, so it is not opened to "
            "everybody, redacted or not.",
            ask.article,
            "Leave the field out, or ask for conditional openness; or let a person decide what the field is.",
        )
        for ask in asks
        if ask.method == REDACT or (categories.get(ask.field, "").startswith(FREE) and ask.method != "drop")
    ]


def limits(asks: Iterable[Ask]) -> list[str]:
    """What a reader of the plan must know of its redacted fields, in English and Chinese; nothing without any."""
    fields = [ask.field for ask in asks if ask.method == REDACT]
    if not fields:
        return []
    told = measured()
    shapes, model, english = (told[key].names for key in (("zh", False), ("zh", True), ("en", False)))
    english_line = (
        f"{', '.join(fields)}: names, numbers and addresses are taken out of running text by a program. Of the names "
        f"in made-up Chinese sentences it found {shapes:.0%} by their surroundings, {model:.0%} with the name model, "
        f"and of those in English ones {english:.0%}; in real remarks it finds fewer. What it misses stays in: "
        "a person must read it before it is handed over, and it is never opened to everybody."
    )
    chinese_line = (
        f"{'、'.join(fields)}：自由文本由程序遮蔽姓名、号码和地址。在编造的中文句子中，仅凭上下文找到{shapes:.0%}的姓名，"
        f"使用人名模型时为{model:.0%}；英文句子为{english:.0%}；真实文本中更低。漏掉的内容会留在文本中，"
        "交付前须由人工审阅，且不得无条件开放。"
    )
    return [f"{english_line} / {chinese_line}"]
