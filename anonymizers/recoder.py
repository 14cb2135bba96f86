"""What a recoding is: a way to make rows alike other than by one level a field for the whole table.

A file in ``anonymizers/recoding`` that sets ``RECODING`` is found by discovery.  It takes the same ``Problem`` as the
search and gives a text for every cell.  A reader would get wrong what a unit is: a distinct tuple, or, where a recoding
``splits`` tuples, a single row; then every count of the problem is 1 and tuples repeat.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from anonymizers.errors import AnonymizerError
from anonymizers.model_discovery import model
from anonymizers.params import Spec
from anonymizers.search.problem import NoSolution, Problem

Flags = NDArray[np.bool_]
Codes = NDArray[np.int32]
Params = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Column:
    """What one field becomes: unit ``u`` reads ``labels[codes[u]]``; the empty text is a missing cell."""

    labels: tuple[str, ...]
    codes: Codes


@dataclass(frozen=True, slots=True)
class Recoded:
    """``columns`` in the order of the problem's fields; ``keep[u]`` is False where unit ``u`` is suppressed whole.

    ``loss`` is 0 (nothing lost) to 1, in the recoding's own measure; ``notes`` are numbers and words for the report."""

    columns: tuple[Column, ...]
    keep: Flags
    suppressed_rows: int
    loss: float
    notes: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Recoder:
    """``recode(problem, params)`` with ``params`` read by ``spec``; ``prepare`` checks the problem first.

    ``splits(params)``: equal rows may end in different classes, so the problem comes row by row.  ``measure`` says what
    ``Recoded.loss`` is.  ``wildcards(params)``: a missing cell of the output matches every value.
    ``together(params)``: groups of fields that the models hold for one by one; none: for all fields together.
    ``only``: the models that it can keep, where it cannot keep all."""

    name: str
    title_zh: str
    title_en: str
    recode: Callable[[Problem, Params], Recoded | NoSolution]
    spec: Spec
    source: str
    measure: str
    splits: Callable[[Params], bool] = field(default=lambda params: False)
    wildcards: Callable[[Params], bool] = field(default=lambda params: False)
    together: Callable[[Params], tuple[tuple[str, ...], ...]] = field(default=lambda params: ())
    only: tuple[str, ...] = ()

    def read(self, params: Params) -> dict[str, Any]:
        """``params`` with defaults filled in.  Raises AnonymizerError naming the recoding and the parameter."""
        try:
            return self.spec.read(params)
        except AnonymizerError as error:
            raise AnonymizerError(f"Recoding {self.name}: {error}") from None

    def run(self, problem: Problem, params: Params) -> Recoded | NoSolution:
        """Recode, after refusing what a recoding cell by cell has no meaning for.

        Raises AnonymizerError on models that need a research subset or (``only``) that the recoding cannot keep."""
        full = self.read(params)
        if not problem.models:
            raise AnonymizerError("Name at least one privacy model: without one there is nothing to recode for.")
        for name, given in problem.models:
            known = model(name)
            known.read(given)
            if known.needs_subset or problem.subset is not None:
                raise AnonymizerError(
                    f"Model {name} compares classes with those of a wider table, which has to be generalised alike: "
                    "use recoding = 'global'."
                )
            if self.only and name not in self.only:
                raise AnonymizerError(
                    f"Recoding {self.name} keeps {' and '.join(self.only)} only, not {name}: use recoding = 'local'."
                )
        return self.recode(problem, full)


def column(texts: Sequence[str], codes: NDArray[np.integer]) -> Column:
    """A column with every distinct text once, in order of first use by ``texts``."""
    place: dict[str, int] = {}
    number = np.fromiter((place.setdefault(text, len(place)) for text in texts), np.int32, len(texts))
    return Column(tuple(place), number[codes] if len(texts) else np.zeros(len(codes), np.int32))
