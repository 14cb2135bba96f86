"""What is a treated table good for when a model is to be trained on it?  Train on treated rows, ask about raw ones.

scikit-learn stands behind this file alone (the extra ``learn``) and is imported when a model is trained.  What a reader
would get wrong: where rows are not paired nobody knows which treated row came from a raw row that is asked about, so
nothing can be held out and accuracy is flattered; ``held_out`` says so.
"""

from __future__ import annotations

import importlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from anonymizers.errors import AnonymizerError
from anonymizers.utility.column import Column
from anonymizers.utility.features import even, features_of, released_of
from anonymizers.utility.numeric import raw_numbers, treated_numbers
from anonymizers.utility.tables import Tables

FOLDS = 3
MOST_ROWS = 20_000
MOST_CLASSES = 30
FEW_NUMBERS = 10  # a numeric target with no more distinct values than this is a code, not a measure
SEED = 0
LEAST_GAIN = 0.01  # a raw table that teaches less than this teaches nothing
CLASSIFIERS = ("logistic-regression", "random-forest", "gradient-boosting", "naive-bayes")
REGRESSORS = ("linear-regression", "random-forest", "gradient-boosting")

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Score:
    """One model: its score on raw rows when trained on ``raw`` and on ``treated`` rows, beside the ``baseline`` that
    looks at nothing (the most frequent class, the mean).  ``metric``: ``accuracy`` or ``r2``; ``auc`` the same two
    under the area below the curve (of several classes: one against the rest, mean).  ``kept``: which part of what the
    raw table teaches beyond the baseline is left, as ARX's relative accuracy; None where it teaches nothing."""

    model: str
    metric: str
    baseline: float
    raw: float
    treated: float | None
    auc: Mapping[str, float | None] = field(default_factory=dict)

    @property
    def kept(self) -> float | None:
        """(treated - baseline) / (raw - baseline)."""
        gain = self.raw - self.baseline
        return None if self.treated is None or gain < LEAST_GAIN else (self.treated - self.baseline) / gain


@dataclass(frozen=True, slots=True)
class Learnt:
    """``rows`` raw rows asked about, ``trainable`` treated rows with a known target and something to learn from."""

    target: str
    kind: str
    classes: int
    rows: int
    trainable: int
    held_out: bool
    scores: tuple[Score, ...]


def learn(made: Tables, target: str, *, folds: int = FOLDS, most: int = MOST_ROWS) -> Learnt:
    """Trains every model on raw and on treated rows and asks both about raw rows that neither has seen (the latter
    about their values generalised as the treated table is).

    Folds are dealt by row number, rows of large tables taken at even distances, models seeded: the same tables give the
    same scores.  Raises AnonymizerError where the target cannot be predicted, or scikit-learn is not installed."""
    limits = _one_thread()
    names = [one.name for one in made.columns]
    if target not in names:
        raise AnonymizerError(f"There is no field {target!r} in both tables to predict; there are: {', '.join(names)}.")
    goal = made.column(target)
    rest = [one for one in made.columns if one.name != target]
    if not rest:
        raise AnonymizerError(f"Nothing but field {target!r} is in both tables; there is nothing to predict it from.")
    numeric = goal.numbers is not None and np.unique(goal.numbers).size > FEW_NUMBERS
    wanted, given = _goals(goal, numeric)
    raw, treated = even(made.before, most), even(made.after, most)
    raw = raw[~np.isnan(wanted[raw])]
    treated = treated[~np.isnan(given[treated]) & _speaking(rest, treated)]
    classes = 0 if numeric else int(np.unique(wanted[raw]).size)
    if raw.size < 2 * folds or (not numeric and not 2 <= classes <= MOST_CLASSES):
        raise AnonymizerError(
            f"Field {target!r} cannot be predicted: {raw.size} rows have it and {classes} classes; "
            f"choose one with at least {2 * folds} rows and 2 to {MOST_CLASSES} classes, or a number."
        )
    before, after = features_of(rest, raw, treated)
    asked = released_of(rest, raw)
    sides = _Sides(before, asked, wanted[raw], raw % folds, after, given[treated], treated % folds, made.paired)
    with limits:
        trained = [_score(name, numeric, sides, folds) for name in (REGRESSORS if numeric else CLASSIFIERS)]
    kind = "regression" if numeric else "classification"
    return Learnt(target, kind, classes, int(raw.size), int(treated.size), made.paired, tuple(trained))


@dataclass(frozen=True, slots=True)
class _Sides:
    raw: Floats
    asked: Floats
    wanted: Floats
    fold: Ints
    treated: Floats
    given: Floats
    part: Ints
    paired: bool


def _one_thread() -> Any:
    """Tables are small and cores are shared: threads that wait for one another cost more than they give."""
    try:
        import sklearn  # noqa: F401

        pools = importlib.import_module("threadpoolctl")
    except ImportError:
        raise AnonymizerError(
            "Training models needs scikit-learn, which is not installed; install it with: pip install 'sluice[learn]'."
        ) from None
    return pools.threadpool_limits(limits=1)


def _goals(goal: Column, numeric: bool) -> tuple[Floats, Floats]:
    """The target of raw and of treated rows as numbers; nan where it is missing, or (a class) no single value."""
    if numeric:
        known = treated_numbers(goal)
        return raw_numbers(goal), np.where(np.append(goal.starred, True)[goal.after], np.nan, known)
    codes = np.full(len(goal.labels) + 1, np.nan)
    alone = goal.reach.size[goal.reach.of] == 1
    codes[goal.reach.of[alone]] = goal.reach.low[alone]
    raw = np.append(np.arange(len(goal.domain), dtype=float), np.nan)
    return raw[goal.before], codes[goal.after]


def _speaking(columns: Sequence[Column], rows: Ints) -> NDArray[np.bool_]:
    """Rows that say something of at least one field: suppressed ones teach nothing."""
    some = np.zeros(rows.size, dtype=bool)
    for one in columns:
        some |= ~np.append(one.starred, True)[one.after[rows]]
    return some


def _score(name: str, numeric: bool, sides: _Sides, folds: int) -> Score:
    rows = sides.wanted.size
    guesses = {side: np.full(rows, np.nan) for side in ("baseline", "raw", "treated")}
    labels = np.unique(sides.wanted)
    chances = {side: np.zeros((rows, labels.size)) for side in ("raw", "treated")} if not numeric else {}
    whole = True
    for asked, seen, learnt in _splits(sides, folds):
        guesses["baseline"][asked] = _nothing(sides.wanted[seen], numeric)
        for side, x, y, ask in (
            ("raw", sides.raw[seen], sides.wanted[seen], sides.raw[asked]),
            ("treated", sides.treated[learnt], sides.given[learnt], sides.asked[asked]),
        ):
            if not y.size:
                whole = whole and side != "treated"
                continue
            model = _model(name, numeric, y)
            own = np.sort(np.unique(x, axis=1, return_index=True)[1])  # values released as one are one feature
            model.fit(x[:, own], y)
            guesses[side][asked] = model.predict(ask[:, own])
            if not numeric:
                place = np.searchsorted(labels, model.classes_)
                fits = place < labels.size
                fits[fits] = labels[place[fits]] == model.classes_[fits]
                chance = model.predict_proba(ask[:, own])
                chances[side][np.ix_(asked, place[fits])] = chance[:, fits]
    metric = _r2 if numeric else _accuracy
    base = metric(sides.wanted, guesses["baseline"])
    treated = metric(sides.wanted, guesses["treated"]) if whole else None
    auc = {
        side: (_auc(sides.wanted, labels, chance) if whole or side == "raw" else None)
        for side, chance in chances.items()
    }
    return Score(name, "r2" if numeric else "accuracy", base, metric(sides.wanted, guesses["raw"]), treated, auc)


def _splits(sides: _Sides, folds: int) -> Iterator[tuple[Ints, Ints, Ints]]:
    """(raw rows asked about, raw rows learnt from, treated rows learnt from) a fold."""
    for number in range(folds):
        asked, seen = np.flatnonzero(sides.fold == number), np.flatnonzero(sides.fold != number)
        learnt = np.flatnonzero(sides.part != number) if sides.paired else np.arange(sides.given.size)
        if asked.size and seen.size:
            yield asked, seen, learnt


def _nothing(seen: Floats, numeric: bool) -> float:
    """What one would answer without looking."""
    if numeric:
        return float(seen.mean())
    values, counts = np.unique(seen, return_counts=True)
    return float(values[counts.argmax()])


def _model(name: str, numeric: bool, target: Floats) -> Any:
    from sklearn.dummy import DummyClassifier
    from sklearn.ensemble import (
        HistGradientBoostingClassifier,
        HistGradientBoostingRegressor,
        RandomForestClassifier,
        RandomForestRegressor,
    )
    from sklearn.linear_model import LogisticRegression, Ridge
    from sklearn.naive_bayes import BernoulliNB

    if not numeric and np.unique(target).size < 2:
        return DummyClassifier(strategy="prior")
    forest: dict[str, Any] = {"n_estimators": 60, "min_samples_leaf": 5, "random_state": SEED, "n_jobs": 1}
    boost: dict[str, Any] = {"max_iter": 60, "early_stopping": False, "random_state": SEED}
    if numeric:
        made = {
            "linear-regression": lambda: Ridge(alpha=1.0),
            "random-forest": lambda: RandomForestRegressor(**forest),
            "gradient-boosting": lambda: HistGradientBoostingRegressor(**boost),
        }
    else:
        made = {
            "logistic-regression": lambda: LogisticRegression(max_iter=300),
            "random-forest": lambda: RandomForestClassifier(**forest),
            "gradient-boosting": lambda: HistGradientBoostingClassifier(**boost),
            "naive-bayes": lambda: BernoulliNB(binarize=1e-9),
        }
    return made[name]()


def _accuracy(wanted: Floats, guessed: Floats) -> float:
    return float((wanted == guessed).mean())


def _r2(wanted: Floats, guessed: Floats) -> float:
    total = float(((wanted - wanted.mean()) ** 2).sum())
    return 1.0 - float(((wanted - guessed) ** 2).sum()) / total if total > 0 else 0.0


def _auc(wanted: Floats, labels: Floats, chance: Floats) -> float | None:
    """Area under the curve by ranks (Mann-Whitney), of several classes the mean of one against the rest."""
    found = []
    for place, label in enumerate(labels if labels.size > 2 else labels[1:], 0 if labels.size > 2 else 1):
        yes = wanted == label
        ranks = _ranks(chance[:, place])
        number = int(yes.sum())
        if 0 < number < yes.size:
            found.append((float(ranks[yes].sum()) - number * (number + 1) / 2) / (number * (yes.size - number)))
    return float(np.mean(found)) if found else None


def _ranks(values: Floats) -> Floats:
    """Ranks from 1, equal values sharing the mean of theirs."""
    _, inverse, counts = np.unique(values, return_inverse=True, return_counts=True)
    upto = np.cumsum(counts)
    return np.asarray((upto - (counts - 1) / 2.0)[inverse], dtype=np.float64)
