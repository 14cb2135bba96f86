"""Tables for quasi-identifiers that do not fit into one word: a class is a number, and one of its tuples its meaning.

Slower than packed words by a few sorts a table, exact all the same.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from anonymizers.search.axis import Axis
from anonymizers.search.groups import WORD_BITS, bits, group_ids, ranks
from anonymizers.search.tables import Floats, Ints, Levels, Part, Table, Tables, layout


class WideTables(Tables):
    """Same questions, same answers as ``Tables``."""

    def marginals(self, table: Table, classes: Ints, weights: Ints) -> list[Floats]:
        """For every attribute the weights added up by value code."""
        assert table.one is not None
        tuples = table.one[classes]
        result: list[Floats] = []
        for attribute, axis in enumerate(self.axes):
            codes = axis.group[table.levels[attribute]][self.codes[tuples, attribute]]
            result.append(np.bincount(codes, weights=weights, minlength=axis.leaves).astype(np.float64))
        return result

    def classes_of(self, levels: Levels) -> Ints:
        """The class number of every tuple at ``levels``."""
        table = self.at(levels)
        assert table.one is not None
        both = np.concatenate((table.one, np.arange(self.codes.shape[0])))
        numbers = self._numbers(both, levels)
        place = np.zeros(int(numbers.max(initial=-1)) + 1, dtype=np.int64)
        place[numbers[: table.one.size]] = np.arange(table.one.size)
        return place[numbers[table.one.size :]]

    def total(self, table: Table, classes: Ints, values: Sequence[Floats]) -> Floats:
        """For every class the sum over the attributes of ``values[attribute][level, code]``."""
        assert table.one is not None
        result = np.zeros(classes.size)
        for attribute, leaves in enumerate(self.codes[table.one[classes]].T):
            result += values[attribute][table.levels[attribute]][leaves]
        return result

    def codes_of(self, table: Table, classes: Ints) -> Ints:
        """The value codes of every class: int64[classes, attributes]."""
        assert table.one is not None
        leaves = self.codes[table.one[classes]]
        columns = [axis.group[table.levels[a]][leaves[:, a]] for a, axis in enumerate(self.axes)]
        return np.stack(columns, axis=1) if columns else leaves

    def _prepare(self) -> None:
        self.key_bits = bits(self.codes.shape[0] + 1)

    def _raw(self) -> Table:
        words = [(part.tuples << width) | part.value for part, width in zip(self.parts, self.value_bits, strict=True)]
        return self._table(self.floor, words, [part.count for part in self.parts], np.arange(self.codes.shape[0]))

    def _raise(self, source: Table, levels: Levels) -> Table:
        assert source.one is not None
        numbers = self._numbers(source.one, levels)
        words = []
        for word, width in zip(source.words, self.value_bits, strict=True):
            words.append((numbers[word >> width] << width) | (word & ((1 << width) - 1)))
        one = np.zeros(int(numbers.max(initial=-1)) + 1, dtype=np.int64)
        one[numbers[::-1]] = source.one[::-1]
        return self._table(levels, words, source.counts, one)

    def _numbers(self, tuples: Ints, levels: Levels) -> Ints:
        columns = (
            (axis.group[level][self.codes[tuples, attribute]], axis.leaves)
            for attribute, (axis, level) in enumerate(zip(self.axes, levels, strict=True))
        )
        return ranks(group_ids(columns, tuples.size)[0])[0]


def tables(axes: Sequence[Axis], codes: Ints, parts: Sequence[Part], budget: int) -> Tables:
    """Packed tables where everything fits into a word, wide ones otherwise."""
    _, key_bits = layout(axes)
    width = max((bits(part.radix) for part in parts), default=0)
    kind = Tables if key_bits + width <= WORD_BITS else WideTables
    return kind(axes, codes, parts, budget)
