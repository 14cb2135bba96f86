"""Tables as text for everybody, and what reviewers are told of a pattern.

One line a cell: the codes, the value in its decimals, the mark ``x`` where it is suppressed (unsafe or beside one: the
public is not told which).  Several tables stand in one file, a field that a table does not have being empty."""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Sequence
from typing import Any

import numpy as np

from anonymizers.tables.cells import Cells, Flags
from anonymizers.tables.dimension import Ints
from anonymizers.tables.suppress import Suppressed

MARK = "x"


def flagged(hidden: Sequence[Flags]) -> list[list[str]]:
    """The mark of every cell, by table."""
    return [[MARK if one else "" for one in flags.tolist()] for flags in hidden]


def spelled(tables: Sequence[Cells], values: Sequence[Ints], marks: Sequence[Sequence[str]]) -> str:
    """The CSV.  A value is empty where the cell has a mark."""
    fields = list(dict.fromkeys(one.name for table in tables for one in table.dimensions))
    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\r\n")
    several = len(tables) > 1
    writer.writerow([*(["table"] if several else []), *fields, "value", "flag"])
    for table, numbers, flags in zip(tables, values, marks, strict=True):
        columns = [_codes(table, name) for name in fields]
        shown = [_number(int(v), table.decimals) if not f else "" for v, f in zip(numbers, flags, strict=True)]
        for *codes, value, flag in zip(*columns, shown, flags, strict=True):
            writer.writerow([*([table.name] if several else []), *codes, value, flag])
    return written.getvalue()


def _codes(table: Cells, name: str) -> list[str]:
    for at, dimension in enumerate(table.dimensions):
        if dimension.name == name:
            return [dimension.codes[code] for code in table.coordinates()[at].tolist()]
    return [""] * table.number


def _number(value: int, decimals: int) -> str:
    if not decimals:
        return str(value)
    whole, part = divmod(abs(value), 10**decimals)
    return f"{'-' if value < 0 else ''}{whole}.{part:0{decimals}d}"


def evidence_of(tables: Sequence[Cells], done: Suppressed) -> dict[str, Any]:
    """Cells by code with their interval, in the units of the field; None where nothing bounds it."""
    unit = [10.0**table.decimals for table in tables]
    coordinates = [table.coordinates() for table in tables]

    def codes(at: int, cell: int) -> dict[str, str]:
        return {d.name: d.codes[int(coordinates[at][i][cell])] for i, d in enumerate(tables[at].dimensions)}

    return {
        "tables": [table.name for table in tables],
        "fired": dict(done.fired),
        "primary": done.primaries,
        "secondary": done.secondaries,
        "needs_of_singletons": done.singleton_needs,
        "cost": done.cost,
        "bound": done.bound,
        "optimal": done.optimal,
        "cells": [
            {
                "table": tables[one.table].name,
                "codes": codes(one.table, one.cell),
                "status": "primary" if done.primary[one.table][one.cell] else "secondary",
                "least": _plain(one.least / unit[one.table]),
                "most": _plain(one.most / unit[one.table]),
                "protected": one.protected,
            }
            for one in done.intervals
        ],
    }


def _plain(value: float) -> float | None:
    return round(float(np.float64(value)), 6) if math.isfinite(value) else None
