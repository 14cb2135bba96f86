"""Take identifiers out of free text, leaving the kind of what was there in brackets: 〔姓名〕 or [NAME].

Which spans to take out is not known here: the caller brings a finder as ``Context.state``, a function from texts to
their spans (start, end, kind) in code points.  Without it the treatment refuses: text that nobody looked through is
never passed on.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

import pyarrow as pa

from anonymizers.distinct import over_distinct
from anonymizers.errors import AnonymizerError
from anonymizers.params import Param, Spec
from anonymizers.treatment import Context, Example, Params, Treatment

Span = tuple[int, int, str]
Finder = Callable[[Sequence[str]], Sequence[Iterable[Span]]]

SPEC = Spec((Param("label", "text", "what stands for every span; by default its kind", default=""),))


def redact(text: str, spans: Iterable[Span], label: str) -> str:
    """``text`` with overlapping and touching spans merged and replaced by one bracket each.

    Raises AnonymizerError on a span that is not inside the text."""
    pieces: list[str] = []
    done = 0
    for start, end, kind in merge(spans):
        if not 0 <= start < end <= len(text):
            raise AnonymizerError("The span finder named a span outside its text; nothing was written.")
        pieces += [text[done:start], bracketed(label or kind)]
        done = end
    return "".join(pieces) + text[done:]


def bracketed(kind: str) -> str:
    """``kind`` in the brackets of its own script."""
    return f"〔{kind}〕" if any("一" <= character <= "鿿" for character in kind) else f"[{kind}]"


def merge(spans: Iterable[Span]) -> list[Span]:
    """Spans in order, those that overlap or touch made one; it carries the kind of its longest part."""
    merged: list[tuple[int, int, str, int]] = []
    for start, end, kind in sorted(spans, key=lambda span: (span[0], -span[1], span[2])):
        if merged and start <= merged[-1][1]:
            first, last, held, longest = merged[-1]
            better = end - start > longest
            merged[-1] = (first, max(last, end), kind if better else held, max(longest, end - start))
        else:
            merged.append((start, end, kind, end - start))
    return [(start, end, kind) for start, end, kind, _ in merged]


def apply(array: pa.Array, params: Params, context: Context) -> pa.Array:
    """Every present text looked through and redacted."""
    label = SPEC.read(params)["label"]
    finder: Finder = context.state
    if not callable(finder):
        raise AnonymizerError(f"Field {context.field!r}: redact-text needs a span finder; without one use drop.")

    def change(values: list[str]) -> list[str]:
        found = list(finder(values))
        if len(found) != len(values):
            raise AnonymizerError(f"Field {context.field!r}: the span finder did not answer for every text.")
        return [redact(value, spans, label) for value, spans in zip(values, found, strict=True)]

    return over_distinct(array, change)


def _digits(texts: Sequence[str]) -> list[list[Span]]:
    """The finder of the examples: every run of digits is a number."""
    import re

    return [[(run.start(), run.end(), "number") for run in re.finditer("[0-9]+", text)] for text in texts]


TREATMENT = Treatment(
    name="redact-text",
    title_zh="文本脱敏",
    title_en="redact free text",
    apply=apply,
    check=SPEC.check,
    spec=SPEC,
    needs_state=True,
    examples=(
        Example({}, ("电话13812341234，找张三", None, "无"), ("电话[number]，找张三", None, "无"), _digits),
        Example({"label": "…"}, ("a1b22",), ("a[…]b[…]",), _digits),
        Example({"label": "号码"}, ("a1", "乙2。"), ("a〔号码〕", "乙〔号码〕。"), _digits),
    ),
)
