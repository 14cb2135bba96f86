"""Values that fit a pattern, weighed against how often values that mean something else would.

A share of 7 % is proof when the null rate is one in ten thousand and noise when it is 7 %.  The weight is the log of a
Bayes factor between two beta-binomials: under the category the share of fitting values lies near one, otherwise near
the null rate, widely spread because columns are not random.  A value repeated a thousand times is one
witness: the sample size is the number of distinct values that fit, not of cells.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import lgamma, log

from classifiers import checksums
from classifiers.category import Tree
from classifiers.classifier import Classifier
from classifiers.finding import Reason
from classifiers.scan.probe import STRONG
from classifiers.scan.profile import Hits, Profile

CHECKED, SHAPED = (2.0, 1.0), (12.0, 1.0)  # Beta of the share under the category, with and without a check digit
SPREAD = 4.0  # pseudo-observations behind the null rate
WITNESSES = 1_000  # more distinct values than this say nothing new
MOST, LEAST_IDENTIFIER, LEAST = 10.0, -1.8, -0.7
PROOF, PROVEN = 12.0, 40.0  # nats of a column that check digits prove; of surprise that such digits are no accident
BY_CHANCE, MAJORITY = 0.1, 0.7  # of numbers of chance the share that passes a check; the share of a column that must
SURPRISAL = 2.2  # no more evidence than this times log(1 / null rate)
FEW = 5  # values from which the absence of a pattern says something
CONTAINS = 16.0  # nats of surprise from which a minority of checked identifiers is no accident


def _log_beta(a: float, b: float) -> float:
    return lgamma(a) + lgamma(b) - lgamma(a + b)


def bayes_factor(hits: float, looked_at: float, null_rate: float, prior: tuple[float, float]) -> float:
    """Log of P(hits | category) / P(hits | anything else)."""
    a, b = prior
    p, q = SPREAD * null_rate, SPREAD * (1 - null_rate)
    own = _log_beta(hits + a, looked_at - hits + b) - _log_beta(a, b)
    other = _log_beta(hits + p, looked_at - hits + q) - _log_beta(p, q)
    return own - other


def surprise(hits: int, looked_at: int, null_rate: float) -> float:
    """Chernoff's bound on -log P(at least so many hits by chance); 0 when the share is below the null rate."""
    share = hits / looked_at if looked_at else 0.0
    if share <= null_rate:
        return 0.0
    rest = 0.0 if share >= 1 else (1 - share) * log((1 - share) / (1 - null_rate))
    return looked_at * (share * log(share / null_rate) + rest)


def weigh(hits: Hits) -> float:
    """Nats for the category, from the hits of its patterns."""
    null_rate = min(max(hits.null_rate, 1e-9), 0.95)
    share = hits.passed / hits.looked_at
    witnesses = min(hits.distinct, WITNESSES) if hits.passed else min(hits.looked_at, WITNESSES)
    size = max(witnesses / share if share else witnesses, witnesses)
    found = bayes_factor(share * size, size, null_rate, CHECKED if hits.checked and null_rate < STRONG else SHAPED)
    if found > 0:
        return min(found, MOST, SURPRISAL * -log(null_rate)) * hits.weight
    return max(found, LEAST_IDENTIFIER)


def proven(hits: Hits, classifier: Classifier) -> bool:
    """Whether a check digit over many different values proves the category, whatever the header says.

    A single card number proves little (one number in ten passes), two hundred of them leave no doubt.
    """
    pattern = next((p for p in classifier.patterns if p.name == hits.best), None)
    if pattern is None or pattern.check is None or pattern.check.__module__ != checksums.__name__:
        return False
    if pattern.null_rate > BY_CHANCE or hits.passed < MAJORITY * hits.looked_at:
        return False
    looked_at = round(hits.distinct * hits.looked_at / hits.passed)
    return surprise(hits.distinct, looked_at, BY_CHANCE) >= PROVEN


def reasons(profile: Profile, classifiers: Sequence[Classifier], tree: Tree, columns: int) -> list[Reason]:
    """Evidence for every category whose pattern some value fits, and against those that no value does."""
    if not profile.present:
        return []
    found: list[Reason] = []
    for classifier in classifiers:
        category, hits = classifier.category, profile.hits.get(classifier.category)
        if hits is not None:
            counts = (hits.passed, hits.looked_at)
            values = "values" if hits.looked_at == profile.present else "sampled values"
            what = f"fit '{hits.best}'" + (" and pass its check" if hits.checked else "")
            text = f"{hits.passed:,} of {hits.looked_at:,} {values} {what} (of random ones {hits.null_rate:.2g} would)"
            sure = proven(hits, classifier)
            weight = PROOF if sure else max(weigh(hits), _least(classifier, tree))
            source = "checksum" if sure else _source(hits)
            found.append(Reason(source, category, weight, text, hits.best, counts))
        elif classifier.patterns and profile.present >= FEW:
            text = f"none of {profile.present:,} values fits a pattern of this category"
            found.append(Reason("pattern", category, _least(classifier, tree), text, "no-hit", (0, profile.present)))
    for category, hits in sorted(profile.proofs.items()):
        if _contains(hits, columns) and (category not in profile.hits or weigh(profile.hits[category]) < 1):
            of = f"{hits.passed:,} of {hits.looked_at:,} values"
            text = f"{of} are valid as '{hits.best}', too many for chance: identifiers stand among other values"
            found.append(Reason("checksum", category, 0.0, text, "contains", (hits.passed, hits.looked_at)))
    return found


def _least(classifier: Classifier, tree: Tree) -> float:
    """How much a column without hits speaks against.

    A person's identifier has the shape it has; what else has patterns often comes in other shapes too.
    """
    exact = tree[classifier.category].role == "direct-identifier" and not classifier.vocabularies
    return LEAST_IDENTIFIER if exact else LEAST


def _source(hits: Hits) -> str:
    return "checksum" if hits.checked and hits.null_rate < STRONG else "pattern"


def _contains(hits: Hits, columns: int) -> bool:
    return hits.distinct > 1 and surprise(hits.passed, hits.looked_at, max(hits.null_rate, 1e-9)) > CONTAINS + log(
        max(columns, 1)
    )
