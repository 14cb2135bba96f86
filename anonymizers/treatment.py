"""What a treatment is: a named function from a text column to a text column, with declared promises.

A file in ``anonymizers/treatments`` that sets ``TREATMENT`` is found by discovery.  It works on one batch at a
time and must give the same bytes for the same batch, parameters and key whatever the batching; a treatment that
needs to know the whole column first (rare categories, quantiles) declares ``prepare``, which sees the distinct
values with their counts.  One that perturbs (noise, swapping: the new value depends on the row, or on other columns)
declares ``whole`` and is carried out on whole columns before anything else.  A perturbation is keyed and repeatable;
it is never differential privacy and must not be called so.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import pyarrow as pa

from anonymizers.errors import AnonymizerError
from anonymizers.params import NONE, Spec

Params = Mapping[str, Any]
Columns = Mapping[str, pa.Array]


@dataclass(frozen=True, slots=True)
class Context:
    """What a treatment may use besides its column: the key (≥ 32 bytes, field-separated by HKDF) and the state
    that ``prepare`` returned.  ``field`` is the field's name, used to separate keys."""

    field: str
    key: bytes = b""
    state: Any = None


@dataclass(frozen=True, slots=True)
class Example:
    """A worked case for the conformance suite: this column under these parameters gives that column.

    None stands for a missing value.  ``expected`` may be None where the output depends on the key; then only the
    declared promises are checked.  ``state`` is what the caller must bring where ``needs_state`` says so; ``beside``
    are the other columns that a ``whole`` treatment reads."""

    params: Params
    values: tuple[str | None, ...]
    expected: tuple[str | None, ...] | None = None
    state: Any = None
    beside: Mapping[str, tuple[str | None, ...]] = field(default_factory=dict)


def no_fields(params: Params) -> tuple[str, ...]:
    """What most treatments read beside their own field: nothing."""
    return ()


def refuses_batches(array: pa.Array, params: Params, context: Context) -> pa.Array:
    """The ``apply`` of treatments that are ``whole``: the same draw in every batch would give the perturbation away."""
    raise AnonymizerError(
        f"Field {context.field!r}: this treatment looks at whole columns; it cannot come before another treatment "
        "or be applied to a part of a table."
    )


@dataclass(frozen=True, slots=True)
class Treatment:
    """``apply`` maps one string array to one of the same length (None only for ``drop``, which removes the field).

    Promises: ``deterministic`` (same input, same bytes), ``keyed`` (needs a key; refuses without), ``injective``
    (distinct values stay distinct), ``keeps_missing`` (missing stays missing), ``truthful`` (no value is false),
    ``partial`` (refuses a column that holds values it has no meaning for, such as a word where it rounds numbers).

    ``prepare`` is called once with the whole column's distinct values and counts; what it returns is
    ``Context.state``.  ``needs_state`` means that the caller brings the state instead (a span finder).
    ``spec`` lists the parameters; ``check`` refuses parameters, naming the one that is wrong.

    ``whole(columns, params, context)`` maps the whole columns ``context.field`` and ``reads(params)`` to the new column
    of ``context.field``; then ``apply`` is ``refuses_batches``.  Fields that name the same companions draw the same
    numbers, so that each can be treated by itself and they still fit together.  ``keeps_counts``: every value stays as
    frequent as it was."""

    name: str
    title_zh: str
    title_en: str
    apply: Callable[[pa.Array, Params, Context], pa.Array] | None
    check: Callable[[Params], None]
    prepare: Callable[[Mapping[str, int], Params], Any] | None = None
    deterministic: bool = True
    keyed: bool = False
    injective: bool = False
    keeps_missing: bool = True
    truthful: bool = True
    examples: tuple[Example, ...] = field(default_factory=tuple)
    spec: Spec = NONE
    partial: bool = False
    needs_state: bool = False
    whole: Callable[[Columns, Params, Context], pa.Array] | None = None
    reads: Callable[[Params], tuple[str, ...]] = no_fields
    keeps_counts: bool = False
