"""How one column is read: the decision that turns its text into canonical spelling.

A Reading comes from the whole column (:mod:`release.tabular.infer`); applying it never looks at other columns.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass

from release.nouns.dataset import FieldType
from release.tabular.missing import Tokens


@dataclass(frozen=True, slots=True)
class Spelling:
    """What a person may say about how values are written.

    ``day_first`` decides 03/04/2020 for columns that do not decide it themselves; ``roc`` lets 109/03/17 be a
    date of the Republic of China era whatever the header says; None leaves both to the column.
    """

    tokens: Tokens = dataclasses.field(default_factory=Tokens)
    day_first: bool | None = None
    roc: bool | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """``missing`` holds the spellings that are null in this column; ``notes`` what was understood, counted."""

    type: FieldType
    missing: tuple[str, ...] = ("",)
    day_first: bool = False
    rows: int = 0
    absent: int = 0
    notes: Mapping[str, int] = dataclasses.field(default_factory=dict)
