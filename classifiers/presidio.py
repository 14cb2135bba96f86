"""Presidio for running text, with the classifiers' own shapes and without a model, a download or a network call.

It is slow by design (Python, one text at a time), so a vectorised look decides first which texts can hold which
shapes at all, and Presidio sees only those.  Offsets are those of the text as given.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.compute as pc

from classifiers.discovery import found
from classifiers.inside import Shape, shapes

if TYPE_CHECKING:
    from presidio_analyzer import AnalyzerEngine

# Full-width letters and digits, one character for one character: offsets must not move.
_NARROW = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}
_LANGUAGES = ("zh", "en")
_BATCH = 20_000
REPLACED = ("English name", "address", "English address")  # shapes that the eager ones do better


@dataclass(frozen=True, slots=True)
class Span:
    """``text[start:end]`` is a value of ``category``."""

    start: int
    end: int
    category: str


def _close_the_door() -> None:
    """tldextract fetches a list from the network on first use; give every copy of it the list it ships with."""
    import tldextract
    from tldextract import tldextract as inner

    offline = tldextract.TLDExtract(suffix_list_urls=(), cache_dir=None)
    tldextract.extract = offline  # type: ignore[assignment]
    inner.TLD_EXTRACTOR = offline


def _recognizer(shape: Shape, language: str) -> Any:
    from presidio_analyzer import EntityRecognizer, Pattern, PatternRecognizer, RecognizerResult

    if shape.find is not None:
        find = shape.find

        class Finder(EntityRecognizer):
            """A shape that is a function."""

            def load(self) -> None:
                """Nothing to load."""

            def analyze(self, text: str, entities: list[str], nlp_artifacts: Any = None) -> list[Any]:
                """Where the function finds something."""
                return [RecognizerResult(_entity(shape), start, end, shape.score) for start, end in find(text)]

        return Finder(supported_entities=[_entity(shape)], name=_entity(shape), supported_language=language)

    class Own(PatternRecognizer):
        """One shape; the check decides, as it does for a whole column."""

        def validate_result(self, pattern_text: str) -> bool | None:
            """True and False as Presidio wants them; None when there is nothing to check."""
            passed = None if shape.check is None else shape.check(pattern_text)
            return passed if shape.proves else passed and None

    return Own(
        supported_entity=_entity(shape),
        name=_entity(shape),
        supported_language=language,
        patterns=[Pattern(name=shape.name, regex=shape.regex, score=shape.score)],
        global_regex_flags=16,  # DOTALL; Presidio's default ignores case, which names cannot afford
    )


def _entity(shape: Shape) -> str:
    return f"{shape.category}|{shape.name}"


class _Engine:
    """The analyzer and the shapes it was built from."""

    def __init__(self, wanted: Sequence[Shape], joined: bool) -> None:
        _close_the_door()
        logging.getLogger("presidio-analyzer").setLevel(logging.ERROR)
        from presidio_analyzer import AnalyzerEngine, RecognizerRegistry
        from presidio_analyzer.nlp_engine import NoOpNlpEngine

        nlp = NoOpNlpEngine(models=[{"lang_code": code, "model_name": "none"} for code in _LANGUAGES])
        nlp.load()
        recognizers = [_recognizer(shape, code) for shape in wanted for code in _LANGUAGES]
        registry = RecognizerRegistry(recognizers=recognizers, supported_languages=list(_LANGUAGES))
        self.shapes = tuple(wanted)
        self.settle = merged if joined else _without_overlap
        self.analyzer: AnalyzerEngine = AnalyzerEngine(
            registry=registry, nlp_engine=nlp, supported_languages=list(_LANGUAGES)
        )

    def spans(self, texts: Sequence[str]) -> list[list[Span]]:
        """Spans of every text, without overlaps, from left to right."""
        narrow = [text.translate(_NARROW) for text in texts]
        entities = _possible(narrow, self.shapes)
        return [self._one(text, wanted) if wanted else [] for text, wanted in zip(narrow, entities, strict=True)]

    def _one(self, text: str, entities: list[str]) -> list[Span]:
        language = "en" if text.isascii() else "zh"
        results = self.analyzer.analyze(text, language=language, entities=entities)
        return self.settle([(r.start, r.end, r.entity_type.partition("|")[0], r.score) for r in results])


def _possible(texts: Sequence[str], wanted: Sequence[Shape]) -> list[list[str]]:
    """For every text the entities it may hold, by RE2 over all texts at once."""
    array = pa.array(texts, pa.string())
    possible: list[list[str]] = [[] for _ in texts]
    for shape in wanted:
        hit = pc.match_substring_regex(array, shape.hint).to_numpy(zero_copy_only=False)
        for position in hit.nonzero()[0]:
            possible[position].append(_entity(shape))
    return possible


def _without_overlap(results: list[tuple[int, int, str, float]]) -> list[Span]:
    """The surest first, then the longest; what overlaps a span already taken is left out."""
    taken: list[Span] = []
    for start, end, category, _ in sorted(results, key=lambda r: (-r[3], r[0] - r[1], r[0], r[2])):
        if all(end <= span.start or start >= span.end for span in taken):
            taken.append(Span(start, end, category))
    return sorted(taken, key=lambda span: span.start)


def merged(results: list[tuple[int, int, str, float]]) -> list[Span]:
    """What overlaps made one, with the category of the surest (then the longest): nothing that was seen is given up."""
    found: list[tuple[int, int, str, tuple[float, int]]] = []
    for start, end, category, score in sorted(results):
        rank = (score, end - start)
        if found and start < found[-1][1]:
            first, last, held, best = found[-1]
            found[-1] = (first, max(last, end), category if rank > best else held, max(rank, best))
        else:
            found.append((start, end, category, rank))
    return [Span(start, end, category) for start, end, category, _ in found]


@lru_cache(maxsize=2)
def _engine(eager: bool) -> _Engine:
    from classifiers.sentences import addresses, names_chinese, names_english, numbers

    more = [one for part in (names_chinese, names_english, numbers, addresses) for one in part.shapes()]
    plain = shapes(found())
    if not eager:
        return _Engine(plain, joined=False)
    return _Engine((*(one for one in plain if one.name not in REPLACED), *more), joined=True)


def spans(
    texts: Sequence[str], *, progress: Callable[[int], None] | None = None, eager: bool = False
) -> list[list[Span]]:
    """What stands inside each text, as spans of characters; equal texts are read once.

    ``eager`` looks for the shapes of :mod:`classifiers.sentences` as well: for taking out, not for telling what a
    column is.  ``progress`` is called with the number of distinct texts done.  An empty
    list is no proof that a text is harmless: names are found only where words around them announce them.
    """
    distinct = list(dict.fromkeys(texts))
    engine = _engine(eager)
    known: dict[str, list[Span]] = {}
    for start in range(0, len(distinct), _BATCH):
        part = distinct[start : start + _BATCH]
        known.update(zip(part, engine.spans(part), strict=True))
        if progress is not None:
            progress(start + len(part))
    return [list(known[text]) for text in texts]
