"""The whole way from a table to findings: one pass over the cells, the headers read, the neighbours heard.

The order of the columns changes nothing, a table without rows is judged by its names alone, and no reason holds a
cell.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from classifiers import correction as corrected
from classifiers.category import tree
from classifiers.classifier import Classifier
from classifiers.correction import Correction
from classifiers.decide import decide
from classifiers.discovery import found
from classifiers.evidence import neighbours, text
from classifiers.evidence.facets import Facets, facets
from classifiers.evidence.gather import gather, posterior, total
from classifiers.evidence.priors import prior
from classifiers.finding import Finding, Reason
from classifiers.headers.form import form
from classifiers.headers.lexicon import Lexicon, build
from classifiers.headers.read import Reading, about, read, shared_prefix
from classifiers.ner import vote
from classifiers.ranker import evidence as learned
from classifiers.ranker import recall
from classifiers.ranker.column import Column
from classifiers.ranker.weights import NONE, Weights, shipped
from classifiers.scan.alphabet import HAN
from classifiers.scan.profile import Profile
from classifiers.scan.scan import scan
from classifiers.table import Table

UNIQUE = 0.95
LIKELY = 0.5  # nats of its own from which a category is worth the neighbours' word
CHINESE = 0.2  # share of cells with a Chinese character from which a column is Chinese
HEARD = 2  # rounds in which the columns tell each other what they are


@lru_cache(maxsize=4)
def _lexicon(classifiers: tuple[Classifier, ...]) -> Lexicon:
    return build(classifiers)


@dataclass(frozen=True, slots=True)
class Weighed:
    """One column on the way to its finding: all evidence, the categories that are candidates, and their posterior.

    ``seen`` is what the ranker saw of it; ``scores`` says, in nats, whose table this is according to the others.
    """

    reasons: list[Reason]
    candidates: dict[str, float]
    posterior: dict[str, float]
    scores: dict[str, float]
    seen: Column


def classify(
    table: Table, *, corrections: Iterable[Correction] = (), ranker: Weights | None = None
) -> tuple[Finding, ...]:
    """A finding for every column, in the order of ``table.columns``.

    ``corrections`` are what people decided before; they weigh as evidence.  ``ranker`` are the weights of the learned
    ranker; without them those that ship are taken, and ``weights.NONE`` leaves it out.  Raises
    :class:`ClassifierError` when the table or a correction cannot be used.
    """
    classifiers = found()
    return judge(table, scan(table, classifiers), classifiers, corrections=tuple(corrections), ranker=ranker)


def examine(table: Table, *, ranker: Weights | None = None) -> tuple[tuple[Finding, ...], tuple[Column, ...]]:
    """:func:`classify` and :func:`observe` in one pass over the cells."""
    classifiers = found()
    profiles = scan(table, classifiers)
    weighed = weigh(table, profiles, classifiers, ranker=ranker)
    return _findings(table, profiles, weighed), tuple(w.seen for w in weighed)


def observe(table: Table) -> tuple[Column, ...]:
    """What the ranker would see of every column; this, with the category a person gives, is a lesson."""
    classifiers = found()
    return tuple(w.seen for w in weigh(table, scan(table, classifiers), classifiers, ranker=NONE))


def weigh(
    table: Table,
    profiles: Sequence[Profile],
    classifiers: tuple[Classifier, ...],
    *,
    corrections: Sequence[Correction] = (),
    ranker: Weights | None = None,
) -> list[Weighed]:
    """The evidence for every column: the rules and the neighbours, then the ranker and the name model where it is
    installed, then the neighbours again."""
    known, shared = tree(), shared_prefix(table.columns, table.name)
    lexicon, kinds = _lexicon(classifiers), facets()
    weights = shipped() if ranker is None else ranker
    priors = {c.category: prior(c.category) for c in classifiers}
    evidence: list[list[Reason]] = []
    readings: list[Reading] = []
    for header, profile in zip(table.columns, profiles, strict=True):
        reading = read(header, lexicon, known, shared)
        reasons = gather(reading, profile, classifiers, kinds, known, len(table.columns))
        reasons += corrected.reasons(header, table.name, corrections, known)
        evidence.append([r for r in reasons if r.category in priors or r.source == "correction"])
        readings.append(reading)
    named, subject = [bool(reading.owner) for reading in readings], about(table.name, lexicon)
    first = _heard(evidence, named, subject, priors, kinds)
    chinese = _chinese(table, profiles)
    seen = [
        learned.observe(header, table.name, profile, own.reasons, own.scores, reading.meant, chinese)
        for header, profile, own, reading in zip(table.columns, profiles, first, readings, strict=True)
    ]
    added, proved = False, [learned.proved(reasons) for reasons in evidence]
    for reasons, column, profile, sure in zip(evidence, seen, profiles, proved, strict=True):
        if not sure:
            more = learned.reasons(column, weights) if weights.classes else []
            more += recall.reasons(column, weights, more)
            more += vote.reasons(profile, classifiers)
            reasons += more
            added = added or bool(more)
    if not added:
        return [replace(own, seen=column) for own, column in zip(first, seen, strict=True)]
    second = _heard(evidence, named, subject, priors, kinds)
    kept = [one if sure else two for one, two, sure in zip(first, second, proved, strict=True)]
    return [replace(own, seen=column) for own, column in zip(kept, seen, strict=True)]


def _chinese(table: Table, profiles: Sequence[Profile]) -> bool:
    """Whether any name, comment or column of the table is Chinese."""
    texts = [table.name, *(text for h in table.columns for text in (h.name, h.physical, h.comment))]
    return any(form(text).texts for text in texts) or any(p.having(HAN) >= CHINESE for p in profiles)


def _heard(
    evidence: Sequence[list[Reason]], named: Sequence[bool], subject: str, priors: dict[str, float], kinds: Facets
) -> list[Weighed]:
    """The posterior of every column once the columns have told each other what they are."""
    candidates = [priors | {r.category: prior(r.category) for r in reasons} for reasons in evidence]
    likely = [frozenset(c for c, w in total(reasons).items() if w > LIKELY) for reasons in evidence]
    posteriors = [posterior(r, c) for r, c in zip(evidence, candidates, strict=True)]
    heard: list[list[Reason]] = [[] for _ in evidence]
    scores = neighbours.ownership(posteriors, subject, kinds)
    for _ in range(HEARD):
        scores = neighbours.ownership(posteriors, subject, kinds)
        heard = [neighbours.reasons(s, c, kinds, named=n) for s, c, n in zip(scores, likely, named, strict=True)]
        posteriors = [posterior(r + h, c) for r, h, c in zip(evidence, heard, candidates, strict=True)]
    return [
        Weighed(r + h, c, p, s, Column(""))
        for r, h, c, p, s in zip(evidence, heard, candidates, posteriors, scores, strict=True)
    ]


def judge(
    table: Table,
    profiles: Sequence[Profile],
    classifiers: tuple[Classifier, ...],
    *,
    corrections: Sequence[Correction] = (),
    ranker: Weights | None = None,
) -> tuple[Finding, ...]:
    """Findings from profiles that are already there (the scan is the expensive part)."""
    return _findings(table, profiles, weigh(table, profiles, classifiers, corrections=corrections, ranker=ranker))


def _findings(table: Table, profiles: Sequence[Profile], weighed: Sequence[Weighed]) -> tuple[Finding, ...]:
    known, kinds = tree(), facets()
    findings: list[Finding] = []
    for header, profile, own in zip(table.columns, profiles, weighed, strict=True):
        reasons, chances = own.reasons, own.posterior
        more = text.reasons(profile, chances)
        if more:
            reasons = reasons + more
            chances = posterior(reasons, own.candidates)
        finding = decide(header.name, chances, reasons, known, kinds.kin)
        unique = profile.present > 0 and profile.uniqueness >= UNIQUE
        role = neighbours.role(finding.category, finding.role, own.scores, unique, kinds)
        findings.append(replace(finding, role=role))
    return tuple(findings)
