"""Statistical tables instead of microdata: tabulated, protected by the rules of the job, audited, signed, written.

What a reader would get wrong: the rules' parameters are confidential.  The CSV, the card and every message name rules
only; parameters, which cells are unsafe, and the audited intervals stand in a file for reviewers beside them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import numpy as np

from anonymizers.cipher import derive
from anonymizers.errors import AnonymizerError
from anonymizers.tables.cell_key import noise, perturbed, record_keys
from anonymizers.tables.cells import Cells
from anonymizers.tables.dimension import Dimension, flat, read_dimension
from anonymizers.tables.heuristic import Unprotectable
from anonymizers.tables.rounding import controlled, small
from anonymizers.tables.rules import depth
from anonymizers.tables.spell import evidence_of, flagged, spelled
from anonymizers.tables.suppress import Suppressed, suppress
from anonymizers.tables.tabulate import Counting, distinct, tabulate
from anonymizers.tables.tabulated import read_cells
from release.desk.allowance import KIND as PRIVATE
from release.desk.allowance import NAMING
from release.desk.attested import CARD, SIGNATURE, beside, write
from release.desk.path import Examination
from release.desk.road import Keys
from release.job.tabulation import TableSpec, Tabulation, read_tabulation
from release.nouns.errors import BadInput
from release.nouns.refusal import Refusal
from release.publish.signature import SigningKey

EVIDENCE = ".evidence.json"
WORDS = {
    "suppression": (
        "Cells marked x are not published, so that no contributor's data can be worked out from the others. All "
        "published cells are exact and add up.",
        "标有 x 的单元格不予公布，以免由其他单元格推算出个别填报者的数据；已公布的单元格均为原值，合计一致。",
    ),
    "controlled-rounding": (
        "Every cell is rounded to a multiple of a base; all totals add up.",
        "每个单元格均取整为某一基数的倍数，各级合计一致。",
    ),
    "cell-key": (
        "Every cell carries a small random change, the same wherever the same records are counted. Totals do not add "
        "up exactly; do not add cells yourself where a total is published.",
        "每个单元格均含少量随机变动，同一批记录在任何表中变动相同；合计并不严格相等，已公布合计的请勿自行相加。",
    ),
    "small-count-rounding": (
        "Small counts are changed and all totals made from the changed counts, so that they add up.",
        "过小的计数已作调整，各级合计由调整后的计数重新汇总，相互一致。",
    ),
}


@dataclass(frozen=True, slots=True)
class Tabulated:
    """What was written: how many cells, how many of them suppressed."""

    path: Path
    card: Mapping[str, Any]
    cells: int
    hidden: int


def tabulated(
    found: Examination,
    section: Mapping[str, Any],
    *,
    keys: Keys,
    out: Path,
    now: datetime,
    publisher: str = "",
    folder: Path | None = None,
) -> Tabulated | tuple[Refusal, ...]:
    """Answers the ``[aggregate]`` section of kind ``tables`` into ``out`` (CSV), its card, the card's signature and the
    reviewers' evidence.  Refuses what the policy of ``found`` does not allow, and what no pattern can protect."""
    for path in (out, *(beside(out, suffix) for suffix in (CARD, SIGNATURE, EVIDENCE))):
        if path.exists():
            raise BadInput(f"{path.name} exists already.", "Name a new file: a protected table is never overwritten.")
    asked = read_tabulation(section, folder=folder or Path())
    _fields(found, asked)
    if refused := refusals(found, asked):
        return refused
    try:
        made = _protected(found, asked, keys)
    except Unprotectable as error:
        remedy = "Use coarser codes, loosen what must be published, or take controlled rounding."
        return (Refusal("tables.unprotectable", str(error), "", remedy),)
    except AnonymizerError as error:
        raise BadInput(str(error)) from None
    return _write(found, asked, made, keys, out, now, publisher)


def refusals(found: Examination, asked: Tabulation) -> tuple[Refusal, ...]:
    """Every reason why the policy does not let these tables be made."""
    return tuple(_refusals(found, asked))


def _refusals(found: Examination, asked: Tabulation) -> Iterator[Refusal]:
    for stop in found.grading.stops:
        yield Refusal(stop.code, stop.text, stop.article, stop.remedy)
    for instead in found.grading.instead:
        if instead.kind == PRIVATE:
            what = "The policy asks for differential privacy in place of rows; suppressed tables are none."
            yield Refusal(
                "tables.differential-privacy", what, instead.article, "Write [aggregate] with epsilon or rho."
            )
    grades = {grade.field: grade for grade in found.grading.fields}
    for name in dict.fromkeys(name for one in asked.tables for name in (*one.by, one.value) if name):
        if grades[name].role == NAMING:
            what = f"Field '{name}' names persons ({grades[name].category}), so it is no dimension and no quantity."
            remedy = 'Tabulate another field; to count persons instead of rows write unit = "FIELD".'
            yield Refusal("tables.names-persons", what, grades[name].article, remedy)


def _fields(found: Examination, asked: Tabulation) -> None:
    known = {one.name for one in found.table.dataset.fields}
    for name in asked.fields():
        if name not in known:
            raise BadInput(f"The table has no field {name}, which [aggregate] names.", "Check its spelling.")


def _dimensions(found: Examination, asked: Tabulation, one: TableSpec) -> tuple[Dimension, ...]:
    made = []
    for name in one.by:
        total = asked.totals.get(name, "Total")
        if name in one.hierarchies:
            dimension = read_dimension(name, one.hierarchies[name], lead=asked.lead, total=total)
        else:
            values = [value for value in distinct(found.table.path, name) if value != total or asked.cells is None]
            dimension = flat(name, [*values, *([asked.missing] if asked.missing else [])], total)
        made.append(dimension)
    return tuple(made)


def _cells(found: Examination, asked: Tabulation, one: TableSpec, keys: Keys) -> Cells:
    dimensions = _dimensions(found, asked, one)
    if asked.cells is not None:
        return read_cells(found.table.path, one.name, dimensions, asked.cells)
    dataset = found.table.dataset
    return tabulate(
        found.table.path,
        one.name,
        dimensions,
        Counting(
            value=one.value,
            unit=asked.unit,
            weight=asked.weight,
            request=asked.request,
            request_values=asked.request_values,
            missing=asked.missing,
            negative=asked.negative,
            top=depth(asked.rules),
            keys=record_keys(keys.release, dataset.name, dataset.rows) if asked.method == "cell-key" else None,
        ),
    )


@dataclass(frozen=True, slots=True)
class _Made:
    """Tables with the numbers to publish, the pattern of each, and what reviewers are told."""

    tables: tuple[Cells, ...]
    values: tuple[np.ndarray, ...]
    hidden: tuple[np.ndarray, ...]
    groups: tuple[tuple[tuple[int, ...], Suppressed], ...]
    additive: bool
    exact: bool


def _protected(found: Examination, asked: Tabulation, keys: Keys) -> _Made:
    tables = tuple(_cells(found, asked, one, keys) for one in asked.tables)
    nothing = tuple(np.zeros(one.number, bool) for one in tables)
    if asked.method == "suppression":
        hidden, groups = list(nothing), []
        for value in dict.fromkeys(one.value for one in asked.tables):
            where = tuple(at for at, one in enumerate(asked.tables) if one.value == value)
            magnitude = bool(value) or (asked.cells is not None and bool(asked.cells.count))
            done = suppress([tables[at] for at in where], asked.rules, asked.settings, magnitude=magnitude)
            groups.append((where, done))
            for at, flags in zip(where, done.hidden, strict=True):
                hidden[at] = flags
        return _Made(tables, tuple(one.value for one in tables), tuple(hidden), tuple(groups), True, True)
    if asked.method == "cell-key":
        table = noise(
            most=int(asked.noise["most"]),
            variance=float(asked.noise["variance"]),
            least=int(asked.noise.get("least", 0)),
        )
        return _Made(tables, tuple(perturbed(one, table) for one in tables), nothing, (), False, True)
    limit = asked.settings.time_limit_s
    rounded = [
        controlled(one, asked.base * 10**one.decimals, time_limit_s=limit)
        if asked.method == "controlled-rounding"
        else small(one, asked.base)
        for one in tables
    ]
    return _Made(tables, tuple(one.values for one in rounded), nothing, (), True, all(one.exact for one in rounded))


def _write(
    found: Examination, asked: Tabulation, made: _Made, keys: Keys, out: Path, now: datetime, publisher: str
) -> Tabulated:
    # The card states the digest of the evidence; without a secret in it, guessed parameters could be tried against it.
    seal = derive(keys.release, purpose="tables/evidence", scope=out.name).hex()
    evidence = {**_evidence(asked, made), "seal": seal}
    told = (json.dumps(evidence, ensure_ascii=False, indent=2, allow_nan=False) + "\n").encode("utf-8")
    path = beside(out, EVIDENCE)
    path.touch(mode=0o600)
    path.write_bytes(told)
    described = _card(found, asked, made, now, publisher) | {
        "evidence": {"audience": "reviewers", "sha256": hashlib.sha256(told).hexdigest()}
    }
    shown = flagged(made.hidden)
    described = dict(write(out, spelled(made.tables, made.values, shown), described, SigningKey(keys.signing)))
    return Tabulated(out, described, sum(one.number for one in made.tables), int(sum(h.sum() for h in made.hidden)))


def _card(found: Examination, asked: Tabulation, made: _Made, now: datetime, publisher: str) -> dict[str, Any]:
    """What the public is told: names of rules, counts, what adds up.  No parameter."""
    grading = found.grading
    english, chinese = WORDS[asked.method]
    protection: dict[str, Any] = {"method": asked.method, "additive": made.additive}
    if asked.method == "suppression":
        protection |= {
            "rules": sorted(rule.name for rule in asked.rules),
            "primary": sum(done.primaries for _, done in made.groups),
            "secondary": sum(done.secondaries for _, done in made.groups),
            "optimal": all(done.optimal for _, done in made.groups),
            "audited": True,
        }
    return {
        "basic": {
            "name": found.table.dataset.name,
            "data_curators": [publisher] if publisher else [],
            "data_product_type": "protected table",
            "publication_date": now.date().isoformat(),
        },
        "policy": {"id": grading.policy, "version": grading.version, "digest": grading.digest},
        "protection": protection,
        "tables": [
            {
                "name": spec.name,
                "by": list(spec.by),
                "value": spec.value or (asked.cells.value if asked.cells is not None else "count"),
                "cells": cells.number,
                "suppressed": int(hidden.sum()),
            }
            for spec, cells, hidden in zip(asked.tables, made.tables, made.hidden, strict=True)
        ],
        "plain_words": {"en": english, "zh": chinese},
    }


def _evidence(asked: Tabulation, made: _Made) -> dict[str, Any]:
    """What reviewers are told: parameters, which cells are unsafe, and what an outsider can find out of each."""
    settings = asked.settings
    return {
        "method": asked.method,
        "profile": asked.profile,
        "rules": [{"name": rule.name, "params": dict(rule.params)} for rule in asked.rules],
        "settings": {"search": settings.search, "cost": settings.cost, "zeros": settings.zeros,
                     "singletons": settings.singletons, "time_limit_s": settings.time_limit_s},
        "base": asked.base,
        "noise": dict(asked.noise),
        "within_one_base": made.exact,
        "suppressions": [evidence_of([made.tables[at] for at in where], done) for where, done in made.groups],
    }  # fmt: skip


def document(done: Tabulated) -> dict[str, Any]:
    """``sluice aggregate --json``."""
    return {"out": str(done.path), "cells": done.cells, "suppressed": done.hidden, "card": done.card}


def lines(done: Tabulated) -> Iterator[str]:
    """How it was protected, in names and numbers of cells."""
    told = done.card["protection"]
    if told["method"] == "suppression":
        best = "proven cheapest" if told["optimal"] else "not proven cheapest"
        yield f"  rules: {', '.join(told['rules'])}"
        yield f"  {told['primary']} unsafe cells and {told['secondary']} beside them are suppressed ({best}); audited"
    else:
        yield f"  {told['method']}; totals {'add up' if told['additive'] else 'do not add up exactly'}"
    yield f"  {done.card['plain_words']['en']}"
    yield f"{done.cells} cells: {done.path}"
