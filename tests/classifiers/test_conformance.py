"""Every classifier that discovery finds, against the examples in its own file.  Nobody edits this to add one."""

from __future__ import annotations

import random
import re

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pytest

from classifiers.category import tree
from classifiers.classifier import Classifier, Pattern
from classifiers.discovery import found
from classifiers.evidence import vocabulary
from classifiers.headers.lexicon import build
from classifiers.headers.read import name
from classifiers.scan.alphabet import DIGIT, of_regex, signatures
from classifiers.scan.probe import Probe
from classifiers.scan.repair import Values
from classifiers.scan.scan import scan
from tests.classifiers.tables import table

ALL = found()
PATTERNS = [(c, p) for c in ALL for p in c.patterns]
LEXICON = build(ALL)
CLOSE = 0.5  # nats by which another category may be ahead for an example header


def case(parameter: object) -> str:
    if isinstance(parameter, Classifier):
        return parameter.category
    return parameter.name if isinstance(parameter, Pattern) else repr(parameter)


def passes(classifier: Classifier, value: str) -> bool:
    """Whether the engine would count the value as fitting the classifier."""
    (profile,) = scan(table({"a": [value]}), (classifier,))
    if classifier.category in profile.hits and profile.hits[classifier.category].passed:
        return True
    words = pa.array([value.strip().lower()], pa.string())
    return any(bool(pc.is_in(words, value_set=vocabulary._set(v.words))[0].as_py()) for v in classifier.vocabularies)


@pytest.mark.parametrize("classifier", ALL, ids=case)
def test_values(classifier: Classifier) -> None:
    for value in classifier.examples.values:
        assert passes(classifier, value), f"{classifier.category} misses its example {value!r}"
    for value in classifier.examples.not_values:
        assert not passes(classifier, value), f"{classifier.category} takes its counter-example {value!r}"


@pytest.mark.parametrize("classifier", ALL, ids=case)
def test_headers(classifier: Classifier) -> None:
    for header in classifier.examples.headers:
        claims = name(header, LEXICON, tree())
        best = max(claims.values(), key=lambda m: (m.weight, m.category), default=None)
        assert best is not None, f"{header!r} is read as nothing"
        own = claims.get(classifier.category)
        assert own is not None, f"{header!r} says nothing of {classifier.category}; it says {best.category}"
        assert own.weight >= best.weight - CLOSE, f"{header!r} says {best.category} rather than {classifier.category}"
    for header in classifier.examples.not_headers:
        claims = name(header, LEXICON, tree())
        own = claims.get(classifier.category)
        ahead = max((m.weight for c, m in claims.items() if c != classifier.category), default=0.0)
        assert own is None or own.weight < max(ahead, 3.0), f"{header!r} is taken for {classifier.category}"


@pytest.mark.parametrize("classifier", ALL, ids=case)
def test_there_is_something_to_recognise_and_to_test(classifier: Classifier) -> None:
    assert classifier.zh or classifier.en
    assert classifier.examples.headers
    if classifier.patterns or classifier.vocabularies:
        assert classifier.examples.values
        assert classifier.examples.not_values


@pytest.mark.parametrize(("classifier", "pattern"), PATTERNS, ids=case)
def test_pattern_is_whole(classifier: Classifier, pattern: Pattern) -> None:
    assert 0 < pattern.null_rate < 1
    assert 0 < pattern.weight <= 1.5
    assert 0 < pattern.length[0] <= pattern.length[1]
    assert "\\d" not in pattern.regex
    assert "(?=" not in pattern.regex
    assert "(?!" not in pattern.regex
    assert "(?<" not in pattern.regex
    assert not pattern.regex.startswith("^")
    assert not pattern.regex.endswith("$")
    probe = Probe(pattern, (classifier.category,))
    pc.match_substring_regex(pa.array(["x"]), probe.regex)


@pytest.mark.parametrize(("classifier", "pattern"), PATTERNS, ids=case)
def test_every_dialect_reads_a_pattern_alike(classifier: Classifier, pattern: Pattern) -> None:
    compiled = re.compile(pattern.regex.replace("\\p{Han}", "一-鿿"))
    values = [v for c in ALL for v in (*c.examples.values, *c.examples.not_values)]
    re2 = pc.match_substring_regex(pa.array(values, pa.string()), f"^(?:{pattern.regex})$").to_pylist()
    for value, hit in zip(values, re2, strict=True):
        assert bool(compiled.fullmatch(value)) == hit, f"{pattern.name}: the dialects differ on an example"


@pytest.mark.parametrize(("classifier", "pattern"), PATTERNS, ids=case)
def test_the_alphabet_lets_every_example_through(classifier: Classifier, pattern: Pattern) -> None:
    can, must = of_regex(pattern.regex)
    values = pa.array([v for c in ALL for v in c.examples.values], pa.string())
    hit = pc.match_substring_regex(values, f"^(?:{pattern.regex})$")
    kinds = signatures(values.filter(hit))
    assert not (kinds & (0xFFFF & ~can)).any()
    assert ((kinds & must) == must).all()


@pytest.mark.parametrize("pattern", [p for _, p in PATTERNS if p.check is not None], ids=case)
def test_a_check_answers_for_every_value_whatever_it_is(pattern: Pattern) -> None:
    assert pattern.check is not None
    for values in (["x"], ["", "9" * 40, "张", "１２", "*", "0"], []):
        answer = np.asarray(pattern.check(pa.array(values, pa.string())))
        assert answer.shape == (len(values),)
        assert answer.dtype == np.bool_


DIGIT_PATTERNS = [(c, p) for c, p in PATTERNS if of_regex(p.regex)[0] == DIGIT]


@pytest.mark.parametrize(("classifier", "pattern"), DIGIT_PATTERNS, ids=case)
def test_null_rate_is_not_wishful(classifier: Classifier, pattern: Pattern) -> None:
    """Random digits of a fitting length pass no more often than three times what the pattern says."""
    draw = random.Random(20_260_101)
    low, high = pattern.length
    values = ["".join(draw.choices("0123456789", k=draw.randint(low, min(high, 25)))) for _ in range(20_000)]
    _, passed = Probe(pattern, (classifier.category,)).test(Values(pa.array(values, pa.string()), None))
    assert len(passed) / len(values) <= 3 * pattern.null_rate + 0.001
