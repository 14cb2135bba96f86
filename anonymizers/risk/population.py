"""How many people of the whole population are alone in their class, estimated from the class sizes of a sample.

All functions take the histogram of class sizes (``counts[i]`` classes of ``sizes[i]`` rows, sizes rising) and the
sampling fraction in (0, 1], and give a share of the population; nan where the estimator has no solution.

What a reader would get wrong: ``snb`` is by default what ARX computes, which departs from the printed equations in
two places; ``published=True`` follows print.  Dankar's rule is ARX's too, so that figures can be compared.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from anonymizers.errors import AnonymizerError
from anonymizers.risk.polygamma import digamma
from anonymizers.risk.solving import Equations, Pair, root

Ints = NDArray[np.int64]

PITMAN_UP_TO = 0.1
_ACCURACY = 1e-6


@dataclass(frozen=True, slots=True)
class Uniqueness:
    """Shares of the population estimated to be unique: by Zayatz, Pitman, slide negative binomial, and the one that
    Dankar's rule chooses, with its name.  nan where there is no estimate."""

    zayatz: float
    pitman: float
    snb: float
    dankar: float
    chosen: str


def estimates(sizes: Ints, counts: Ints, fraction: float) -> Uniqueness:
    """All estimators at once.  Raises AnonymizerError when ``fraction`` is not in (0, 1]."""
    by_size = {"zayatz": zayatz, "pitman": pitman, "snb": snb}
    found = {name: estimate(sizes, counts, fraction) for name, estimate in by_size.items()}
    value, chosen = _decide(**found, fraction=fraction)
    return Uniqueness(**found, dankar=value, chosen=chosen)


def dankar(sizes: Ints, counts: Ints, fraction: float) -> float:
    """The estimate that Dankar's rule chooses: Pitman's for a sampling fraction up to 0.1; above, the smaller of
    Zayatz's and the slide negative binomial's; Zayatz's where the preferred one has no solution.

    Dankar, El Emam, Neisa, Roffey 2012, doi:10.1186/1472-6947-12-66."""
    first = pitman(sizes, counts, fraction) if fraction <= PITMAN_UP_TO else math.nan
    if _usable(first):
        return first
    other = snb(sizes, counts, fraction) if fraction > PITMAN_UP_TO else math.nan
    return _decide(zayatz(sizes, counts, fraction), first, other, fraction)[0]


def zayatz(sizes: Ints, counts: Ints, fraction: float) -> float:
    """Share of the population by the probability that a sample unique comes from a population unique, the class sizes
    of the sample standing for those of the population.

    Zayatz 1991, Estimation of the percent of unique population elements on a microdata file using the sample."""
    rows, uniques = _shape(sizes, counts, fraction)
    if not uniques:
        return 0.0
    population = _people(rows, fraction)
    seen_once = counts * _drawn_once(sizes, rows, population)
    once = uniques * rows / population
    return float(uniques * (once / seen_once.sum()) / rows)


def _drawn_once(sizes: Ints, rows: int, population: int) -> NDArray[np.float64]:
    """Hypergeometric probability that exactly one of ``sizes[i]`` members is among ``rows`` of ``population``."""
    steps = np.arange(int(sizes.max()) - 1, dtype=np.float64)
    with np.errstate(divide="ignore"):
        logs = np.log(np.maximum(population - rows - steps, 0.0)) - np.log(np.maximum(population - 1 - steps, 1.0))
    passed = np.concatenate(([0.0], np.cumsum(logs)))
    return np.asarray(sizes * (rows / population) * np.exp(passed[sizes - 1]), np.float64)


def pitman(sizes: Ints, counts: Ints, fraction: float) -> float:
    """Share of the population by Pitman's two-parameter random partition, fitted by maximum likelihood.

    nan when the likelihood has no inner maximum (all rows alone, for one).  Hoshino 2001, Applying Pitman's sampling
    formula to microdata disclosure risk assessment, Journal of Official Statistics 17(4)."""
    rows, uniques = _shape(sizes, counts, fraction)
    if not uniques:
        return 0.0
    classes = int(counts.sum())
    if uniques == rows or classes < 2:
        return math.nan
    theta, alpha = _pitman_start(sizes, counts, rows, classes, uniques)
    starts = [np.array(pair) for pair in ((theta, alpha), (1.0, 0.5), (rows / 10, 0.5), (1.0, 0.1), (float(rows), 0.9))]
    found = root(_pitman_equations(sizes, counts, rows, classes), starts, _partition, _ACCURACY)
    if found is None:
        return math.nan
    theta, alpha = float(found[0]), float(found[1])
    population = _people(rows, fraction)
    log_share = math.lgamma(theta + 1) - math.lgamma(theta + alpha) + (alpha - 1) * math.log(population)
    return math.exp(log_share) if log_share <= 0 else math.nan


def _partition(x: Pair) -> bool:
    """Parameters of a random partition: 0 < α < 1, θ > −α."""
    return bool(0 < x[1] < 1 and x[0] > -x[1])


def _pitman_start(sizes: Ints, counts: Ints, rows: int, classes: int, uniques: int) -> tuple[float, float]:
    """Moment estimates (Hoshino 2001) as a first guess."""
    pairs = max(int(counts[sizes == 2].sum()), 1)
    c = uniques * (uniques - 1) / pairs
    below = (2 * uniques * classes + uniques * c) - rows * c
    theta = (rows * classes * c - uniques * (rows - 1) * (2 * classes + c)) / below if below else 1.0
    alpha = (theta * (uniques - rows) + (rows - 1) * uniques) / (rows * classes)
    return theta, alpha


def _pitman_equations(sizes: Ints, counts: Ints, rows: int, classes: int) -> Equations:
    """The two derivatives of the log-likelihood, zero at its maximum."""
    wide = sizes > 1
    larger, often = sizes[wide].astype(np.float64), counts[wide]

    def derivatives(x: Pair) -> Pair:
        theta, alpha = float(x[0]), float(x[1])
        ratio = theta / alpha
        up, low = digamma([classes + ratio, 1 + ratio])
        harmonic = (up - low) / alpha
        by_theta = harmonic - np.subtract(*digamma([rows + theta, 1 + theta]))
        within = (often * (digamma(larger - alpha) - digamma(1 - alpha)[0])).sum()
        by_alpha = (classes - 1 - theta * harmonic) / alpha - within
        return np.array([by_theta, by_alpha])

    return derivatives


def snb(sizes: Ints, counts: Ints, fraction: float, *, published: bool = False) -> float:
    """Share of the population by the slide negative binomial: class sizes are 1 + a negative binomial, Bernoulli
    sampled; the number of classes is Shlosser's estimate.  nan when the equations have no solution.

    Chen, Keller-McNulty 1998, Estimation of identification disclosure risk in microdata, Journal of Official
    Statistics 14(1); Shlosser 1981 after Haas, Stokes 1998, doi:10.1080/01621459.1998.10473807.  By default in ARX
    3.9's reading, which subtracts the one in Shlosser's denominator once a size instead of once a class, and multiplies
    by a power in the equation of the pairs where print divides; ``published`` does neither."""
    rows, uniques = _shape(sizes, counts, fraction)
    if not uniques:
        return 0.0
    if fraction == 1:
        return uniques / rows  # the whole population was counted: the first equation says so by itself
    pairs = int(counts[sizes == 2].sum())
    classes = _shlosser(sizes, counts, uniques, fraction, published=published)
    if not math.isfinite(classes) or classes <= 0 or not pairs:
        return math.nan
    sign = -1.0 if published else 1.0

    def equations(x: Pair) -> Pair:
        a, b = float(x[0]), float(x[1])
        d = (1 - fraction) * (1 - b)
        once = classes * fraction * (b / (1 - d)) ** a * (a * d / (1 - d) + 1)
        twice = classes * a * b**a * fraction**2 * (1 - b) / 2 * (1 - d) ** (sign * (a + 2)) * (2 - (1 - a) * d)
        return np.array([once - uniques, twice - pairs])

    starts = [np.array((a, b)) for a in (1.0, 0.1, 0.01, 5.0) for b in (0.5, 0.1, 0.9, 0.01)]
    found = root(equations, starts, lambda x: bool(x[0] > 0 and 0 < x[1] < 1), _ACCURACY * max(uniques, 1))
    if found is None:
        return math.nan
    share = classes * float(found[1]) ** float(found[0]) / _people(rows, fraction)
    return share if share <= 1 else math.nan


def _shlosser(sizes: Ints, counts: Ints, uniques: int, fraction: float, *, published: bool) -> float:
    """Classes of the population that hold anybody."""
    missed = 1 - fraction
    unseen = missed**sizes * counts
    squared = (sizes * fraction**2 * (1 - fraction**2) ** (sizes - 1) * counts).sum()
    larger = (1 - fraction**2) ** sizes * counts
    below = (larger - unseen).sum() if published else (larger - 1).sum()
    once = (sizes * fraction * missed ** (sizes - 1) * counts).sum()
    if below == 0 or once == 0:
        return float(counts.sum()) if fraction == 1 else math.nan
    return float(counts.sum() + uniques * (squared / below) * (unseen.sum() / once) ** 2)


def _decide(zayatz: float, pitman: float, snb: float, fraction: float) -> tuple[float, str]:
    if fraction <= PITMAN_UP_TO:
        return (pitman, "pitman") if _usable(pitman) else (zayatz, "zayatz")
    return (snb, "snb") if _usable(snb) and snb <= zayatz else (zayatz, "zayatz")


def _usable(value: float) -> bool:
    return not math.isnan(value) and value > 0


def _people(rows: int, fraction: float) -> int:
    """The population as a whole number, rounded down."""
    return max(math.floor(rows / fraction * (1 + 1e-12)), rows)


def _shape(sizes: Ints, counts: Ints, fraction: float) -> tuple[int, int]:
    """Rows and sample uniques."""
    if not 0 < fraction <= 1:
        raise AnonymizerError("The sampling fraction must be above 0 and at most 1: rows of the table / population.")
    if sizes.size != counts.size or (sizes < 1).any() or (counts < 1).any():
        raise AnonymizerError("Class sizes and their counts must be as many, and all at least 1.")
    return int(sizes @ counts), int(counts[sizes == 1].sum())
