"""What the ranker says, as evidence like any other; silent where a check digit has proved what the column is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from math import log

import numpy as np

from classifiers.category import tree
from classifiers.evidence.distribution import features as lie
from classifiers.evidence.facets import facets
from classifiers.evidence.gather import total
from classifiers.finding import Reason
from classifiers.headers.form import form
from classifiers.ranker.column import Column
from classifiers.ranker.features import MEANT, RULE, priors, rows
from classifiers.ranker.learn import logits
from classifiers.ranker.weights import Weights
from classifiers.ranker.wording import words
from classifiers.scan.profile import Profile
from classifiers.table import Header

LOUD = 0.8  # of its own nats: the features are not independent of what the rules saw
FOREIGN = 0.4  # of that, for a name that is not Chinese: it was learned from few, and the rules read such names well
UNTAUGHT = 0.1  # of that, in a table without any Chinese: hardly any English column was there to learn from
KNOWN = 2.0  # nats for being anything at all that is known
KIN = 0.5  # nats by which the ranker may prefer one owner to a person
MOST, LEAST, GRAVE = 6.0, -2.5, -1.0
CHINESE = "table:chinese"
SILENT = 0.2  # nats that are not worth a reason


def proved(reasons: Sequence[Reason]) -> bool:
    """Whether a check digit speaks for some category."""
    return any(r.source == "checksum" and r.weight > 0 for r in reasons)


def observe(
    header: Header,
    table: str,
    profile: Profile | None,
    reasons: Sequence[Reason],
    scores: Mapping[str, float],
    meant: Mapping[str, float] | None = None,
    chinese: bool = True,
) -> Column:
    """The column as the ranker sees it: names, what they may mean in Chinese, shares and scores, and no cell.

    ``chinese`` says whether there is any Chinese in the table.
    """
    seen = {f"own:{owner}": round(float(np.tanh(score / 3)), 4) for owner, score in scores.items()}
    seen[CHINESE] = float(chinese)
    seen |= {f"{MEANT}{text}": round(worth, 4) for text, worth in (meant or {}).items()}
    seen |= {f"{RULE}{c}": round(w, 3) for c, w in total(reasons).items() if abs(w) > SILENT}
    if profile is not None and profile.present:
        seen |= {f"value:{key}": round(value, 4) for key, value in _shape(profile).items()}
        seen |= {f"word:{key}": round(share, 4) for key, share in words(profile).items()}
    return Column(header.name, header.physical, header.comment, table, seen)


def _shape(profile: Profile) -> dict[str, float]:
    """Shares as they are; sizes as the band they lie in."""
    found: dict[str, float] = {}
    for key, value in lie(profile).items():
        if key in {"rows", "distinct"}:
            continue
        if key in _SHARES:
            found[key] = value
        else:
            found[f"{key}~{_band(value)}"] = 1.0
    for category, hits in profile.hits.items():
        found[f"fits {category}"] = hits.passed / hits.looked_at if hits.looked_at else 0.0
    return found


_SHARES = frozenset(
    ("uniqueness", "han", "letters", "digits", "spaced", "prose", "hex", "numbers", "dates", "early", "timed", "years")
)


def _band(value: float) -> int:
    """Powers of two, with the sign."""
    return int(np.sign(value) * round(log(1 + abs(value), 2)))


def reasons(column: Column, weights: Weights) -> list[Reason]:
    """Nats for every class that the ranker finds likelier, or less likely, than it is on the whole.

    Measured so that a ranker which sees nothing says nothing; what it does see also speaks for something known.
    """
    if not weights.classes:
        return []
    z = logits(rows([column]), weights.matrix)[0]
    usual = priors(weights.classes)
    lifted = np.clip(
        _loud(column) * (z - (_whole(z + usual) - _whole(usual))) + KNOWN, _floors(weights.classes), MOST
    ).tolist()
    nats = _with_kin(dict(zip(weights.classes, lifted, strict=True)))
    version = f"ranker:{weights.digest}"
    text = "Learned from labelled columns: names, neighbours and shape of the values speak {} this"
    return [
        Reason("ranker", c, w, text.format("for" if w > 0 else "against"), version)
        for c, w in nats.items()
        if abs(w) > SILENT
    ]


def _loud(column: Column) -> float:
    """How far the ranker is trusted with the column."""
    if form(column.header or column.physical or column.comment).texts:
        return LOUD
    return LOUD * (FOREIGN if column.seen.get(CHINESE, 0.0) else UNTAUGHT)


@lru_cache(maxsize=16)
def _floors(classes: tuple[str, ...]) -> np.ndarray[tuple[int], np.dtype[np.float32]]:
    """How far the ranker may lower each class: hardly where a miss would do harm."""
    known = tree()
    harm = [c in known and known[c].role in {"direct-identifier", "sensitive"} for c in classes]
    return np.where(harm, GRAVE, LEAST).astype(np.float32)


def _with_kin(nats: dict[str, float]) -> dict[str, float]:
    """Whose telephone it is, the neighbours know better: of one kind of value the grave owners are not left behind."""
    found = dict(nats)
    for facet in facets().facets:
        members = [c for ids in facet.members.values() for c in ids if c in nats] if facet.shared else []
        best = max((nats[c] for c in members), default=0.0) - KIN
        for category in members:
            if best > 0 and facet.owner(category) == "person":
                found[category] = max(found[category], best)
    return found


def _whole(scores: np.ndarray[tuple[int], np.dtype[np.float32]]) -> float:
    peak = float(scores.max())
    return peak + log(float(np.exp(scores - peak).sum()))
