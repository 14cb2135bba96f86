"""The whole way from a table to findings: one pass over the cells, the headers read, the neighbours heard.

The order of the columns changes nothing, a table without rows is judged by its names alone, and no reason holds a
cell.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import lru_cache

from classifiers import correction as corrected
from classifiers.category import tree
from classifiers.classifier import Classifier
from classifiers.correction import Correction
from classifiers.decide import decide
from classifiers.discovery import found
from classifiers.evidence import neighbours, text
from classifiers.evidence.facets import facets
from classifiers.evidence.gather import gather, posterior, total
from classifiers.evidence.priors import prior
from classifiers.finding import Finding, Reason
from classifiers.headers.lexicon import Lexicon, build
from classifiers.headers.read import read, shared_prefix
from classifiers.scan.profile import Profile
from classifiers.scan.scan import scan
from classifiers.table import Table

UNIQUE = 0.95
LIKELY = 0.5  # nats of its own from which a category is worth the neighbours' word
HEARD = 2  # rounds in which the columns tell each other what they are


@lru_cache(maxsize=4)
def _lexicon(classifiers: tuple[Classifier, ...]) -> Lexicon:
    return build(classifiers)


def classify(table: Table, *, corrections: Iterable[Correction] = ()) -> tuple[Finding, ...]:
    """A finding for every column, in the order of ``table.columns``.

    ``corrections`` are what people decided before; they weigh as evidence.  Raises :class:`ClassifierError` when the
    table or a correction cannot be used.
    """
    classifiers = found()
    return judge(table, scan(table, classifiers), classifiers, corrections=tuple(corrections))


def judge(
    table: Table,
    profiles: Sequence[Profile],
    classifiers: tuple[Classifier, ...],
    *,
    corrections: Sequence[Correction] = (),
) -> tuple[Finding, ...]:
    """Findings from profiles that are already there (the scan is the expensive part)."""
    known, shared = tree(), shared_prefix(table.columns, table.name)
    lexicon, kinds = _lexicon(classifiers), facets()
    priors = {c.category: prior(c.category) for c in classifiers}
    evidence: list[list[Reason]] = []
    named: list[bool] = []
    for header, profile in zip(table.columns, profiles, strict=True):
        reading = read(header, lexicon, known, shared)
        reasons = gather(reading, profile, classifiers, kinds, known, len(table.columns))
        reasons += corrected.reasons(header, table.name, corrections, known)
        evidence.append([r for r in reasons if r.category in priors or r.source == "correction"])
        named.append(bool(reading.owner))
    candidates = [priors | {r.category: prior(r.category) for r in reasons} for reasons in evidence]
    likely = [frozenset(c for c, w in total(reasons).items() if w > LIKELY) for reasons in evidence]
    posteriors = [posterior(r, c) for r, c in zip(evidence, candidates, strict=True)]
    heard: list[list[Reason]] = [[] for _ in evidence]
    scores = neighbours.ownership(posteriors, table.name, kinds)
    for _ in range(HEARD):
        scores = neighbours.ownership(posteriors, table.name, kinds)
        heard = [neighbours.reasons(s, c, kinds, named=n) for s, c, n in zip(scores, likely, named, strict=True)]
        posteriors = [posterior(r + h, c) for r, h, c in zip(evidence, heard, candidates, strict=True)]
    findings: list[Finding] = []
    for i, (header, profile) in enumerate(zip(table.columns, profiles, strict=True)):
        reasons = evidence[i] + heard[i]
        more = text.reasons(profile, posteriors[i])
        if more:
            reasons += more
            posteriors[i] = posterior(reasons, candidates[i])
        finding = decide(header.name, posteriors[i], reasons, known, kinds.kin)
        unique = profile.present > 0 and profile.uniqueness >= UNIQUE
        role = neighbours.role(finding.category, finding.role, scores[i], unique, kinds)
        findings.append(replace(finding, role=role))
    return tuple(findings)
