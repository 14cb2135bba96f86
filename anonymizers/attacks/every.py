"""Every attack that one treated table allows, on the same people: linkage, singling out, inference, homogeneity."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pyarrow as pa

from anonymizers.attacks.classes import homogeneity
from anonymizers.attacks.inference import infer
from anonymizers.attacks.linkability import link
from anonymizers.attacks.linkage import Links, by_distance, by_keys
from anonymizers.attacks.rate import Outcome
from anonymizers.attacks.singling_out import single_out
from anonymizers.attacks.weights import MOST_FIELDS, by_weights

MOST_ROWS = 100_000  # of the raw table, among which statements are tried; more would only take longer
Columns = Mapping[str, pa.Array]


def every(
    before: Columns,
    after: Columns,
    known: Sequence[str],
    secrets: Sequence[str],
    *,
    hierarchies: Mapping[str, Mapping[str, Sequence[str]]],
    control: Columns | None = None,
    paired: bool = False,
    attacks: int = 500,
    seed: int = 0,
) -> tuple[list[Outcome], Links]:
    """Attacks on ``after`` by somebody who knows the fields ``known`` of ``before``; the links by keys beside them.

    ``paired``: every raw row stands in its place in ``after``.  ``control`` are people who are not in the table."""
    again: dict[str, Any] = {"hierarchies": hierarchies, "attacks": attacks, "seed": seed}
    made: list[Outcome] = []
    links = by_keys(before, after, known, **again)
    made.append(links.expected)
    if paired:
        made.append(by_distance(before, after, known, **again))
        if len(known) <= MOST_FIELDS:
            made.append(by_weights(before, after, known, **again))
    if len(known) > 1:
        half = len(known) // 2
        made.append(link(before, after, (known[:half], known[half:]), control=control, **again))
    some, few = _few(before), _few(after)
    for wide in (False, True):
        made.append(single_out(some, few, [*known, *secrets], multivariate=wide, control=control, **again))
    for secret in secrets:
        made.append(infer(before, after, known, secret, control=control, **again))
        shown = homogeneity(after, known, secret)
        made += [shown.certain, shown.likely, *shown.informed.values()]
    return made, links


def _few(columns: Columns) -> dict[str, pa.Array]:
    """The first rows of a table that is too large to try hundreds of statements on."""
    return {name: column.slice(0, MOST_ROWS) for name, column in columns.items()}
