"""Singling out: statements read off the treated table that are true of exactly one person in the raw one.

Univariate: a value that only one released record has, or the smallest and largest number.  Multivariate: some fields of
a released record together.  What a reader would get wrong: a statement must single out in the treated table first; that
it does so among the raw people as well is the success.  A label is true of the values it stands for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from anonymizers.attacks.labels import bounds, masks, possible
from anonymizers.attacks.matching import Columns, Hierarchies, is_numeric
from anonymizers.attacks.rate import Outcome, Rate, rate
from anonymizers.attacks.sampling import attacker
from anonymizers.magnitudes import read_magnitudes

Flags = NDArray[np.bool_]
Term = tuple[str, str, str | None]  # field, "is" | "<=" | ">=", label
Statement = tuple[Term, ...]


class _Population:
    """Columns read once, ready to be asked which rows a term is true of."""

    def __init__(self, columns: Columns, names: Sequence[str], trees: Hierarchies) -> None:
        self.rows = len(columns[names[0]]) if names else 0
        self._trees = trees
        self._numbers = {name: read_magnitudes(columns[name], field="", unfit="suppress") for name in names}
        self._codes: dict[str, NDArray[np.int64]] = {}
        self._values: dict[str, dict[str | None, int]] = {}
        for name in names:
            encoded = columns[name].cast(pa.string()).dictionary_encode(null_encoding="encode")
            self._codes[name] = np.asarray(encoded.indices.to_numpy(zero_copy_only=False), np.int64)
            self._values[name] = {value: place for place, value in enumerate(encoded.dictionary.to_pylist())}

    def true_of(self, statement: Statement) -> int:
        """How many rows the statement is true of."""
        flags = np.ones(self.rows, bool)
        for term in statement:
            flags &= self._term(*term)
        return int(flags.sum())

    def _term(self, name: str, kind: str, label: str | None) -> Flags:
        read, tree = self._numbers[name], self._trees.get(name)
        low, high, known = bounds([label])
        if kind == "<=":
            return np.asarray(read.present & (read.values <= high[0]))
        if kind == ">=":
            return np.asarray(read.present & (read.values >= low[0]))
        if known[0] and tree is None and low[0] < high[0] and np.isfinite([low[0], high[0]]).any():
            return np.asarray(read.present & (read.values >= low[0]) & (read.values <= high[0]))
        values, codes = self._values[name], self._codes[name]
        shapes = masks([label])
        if tree is None and not shapes and label != "*":
            return np.asarray(codes == values.get(label, -1))
        table = np.zeros(len(values) + 1, bool)
        for value, place in values.items():
            table[place] = label in possible(value, shapes, tree, missing_is_value=True)
        return np.asarray(table[codes])


def single_out(
    raw: Columns,
    treated: Columns,
    fields: Sequence[str],
    *,
    multivariate: bool = False,
    width: int = 4,
    control: Columns | None = None,
    hierarchies: Hierarchies | None = None,
    attacks: int = 500,
    seed: int = 0,
) -> Outcome:
    """Rate of statements that single out a raw person.  ``width`` fields are joined in a multivariate statement.

    The baseline states values drawn from the released columns independently, whether or not they single anybody out.
    Giomi et al. 2023, doi:10.56553/popets-2023-0055; Cohen, Nissim 2020, doi:10.1073/pnas.1914598117."""
    names = [name for name in fields if name in treated and name in raw]
    kind = "multivariate" if multivariate else "univariate"
    draws = attacker(seed, f"singling-out/{kind}")
    inside = _Population(treated, names, {})
    found: list[Statement] = []
    made = (
        _multivariate(treated, names, min(width, len(names)), partial(draws.uniform), attacks)
        if multivariate
        else _univariate(treated, names, draws.order)
    )
    seen = set()
    for statement in made:
        if len(found) == attacks:
            break
        key = tuple(sorted(statement, key=str))
        if key not in seen and inside.true_of(statement) == 1:
            seen.add(key)
            found.append(statement)
    blind = list(_blind(treated, names, min(width, len(names)) if multivariate else 1, draws.uniform, attacks))
    trees = hierarchies or {}

    def attack(columns: Columns, statements: Sequence[Statement]) -> Rate:
        people = _Population(columns, names, trees)
        return rate(sum(people.true_of(statement) == 1 for statement in statements), len(statements))

    return Outcome(
        f"singling-out:{kind}",
        attack(raw, found),
        attack(raw, blind),
        attack(control, found) if control is not None else None,
    )


def _univariate(
    treated: Columns, names: Sequence[str], order: Callable[[int, int], NDArray[np.int64]]
) -> Iterator[Statement]:
    """Values that one released record has, and the ends of numeric columns; in random order."""
    made: list[Statement] = []
    for name in names:
        counted = treated[name].cast(pa.string()).value_counts().to_pylist()
        made += [((name, "is", one["values"]),) for one in counted if one["counts"] == 1]
        if is_numeric(treated[name].cast(pa.string())):
            read = read_magnitudes(treated[name], field="", unfit="suppress")
            numbers = treated[name].cast(pa.string()).filter(pa.array(read.present)).to_pylist()
            values = read.values[read.present]
            made.append(((name, "<=", numbers[int(values.argmin())]),))
            made.append(((name, ">=", numbers[int(values.argmax())]),))
    yield from (made[place] for place in order(len(made), 0))


def _multivariate(
    treated: Columns, names: Sequence[str], width: int, uniform: Callable[[int, int], NDArray[np.float64]], attacks: int
) -> Iterator[Statement]:
    """Some fields of a random released record: numbers as "at least" above the median and "at most" below it."""
    rows = len(treated[names[0]]) if names else 0
    if not rows or not width:
        return
    texts = {name: treated[name].cast(pa.string()) for name in names}
    middle = {}
    for name in names:
        if is_numeric(texts[name]):
            read = read_magnitudes(texts[name], field="", unfit="suppress")
            middle[name] = float(np.median(read.values[read.present]))
    tries = attacks * 20
    record = (uniform(tries, 1) * rows).astype(np.int64)
    chance = uniform(tries * len(names), 2).reshape(tries, len(names))
    for attempt in range(tries):
        picked = [names[place] for place in np.argsort(chance[attempt], kind="stable")[:width]]
        yield tuple(_term(name, texts[name][int(record[attempt])].as_py(), middle) for name in picked)


def _term(name: str, label: str | None, middle: dict[str, float]) -> Term:
    if label is not None and name in middle:
        low, high, known = bounds([label])
        if known[0] and low[0] == high[0]:
            return name, ">=" if low[0] >= middle[name] else "<=", label
    return name, "is", label


def _blind(
    treated: Columns, names: Sequence[str], width: int, uniform: Callable[[int, int], NDArray[np.float64]], attacks: int
) -> Iterator[Statement]:
    """Statements of values drawn from columns independently of each other."""
    rows = len(treated[names[0]]) if names else 0
    if not rows or not width:
        return
    chance = uniform(attacks * len(names) * 2, 3).reshape(attacks, 2, len(names))
    for attempt in range(attacks):
        picked = np.argsort(chance[attempt, 0], kind="stable")[:width]
        yield tuple(
            (names[place], "is", treated[names[place]].cast(pa.string())[int(chance[attempt, 1, place] * rows)].as_py())
            for place in picked
        )
