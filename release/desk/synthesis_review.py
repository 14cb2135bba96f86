"""The reviewers' evidence of synthetic rows: how near they are to the raw ones, and what attacks on them achieve.

What a reader would get wrong: it is measured on the raw table without noise.  It goes to whoever decides about the
release (the second of a package's two audiences) and is never published with the rows.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from release.desk.attacked import attack_lines
from release.desk.path import Examination
from release.desk.synthesis import Synthesized
from release.job.job import Job, JobField
from release.nouns.dataset import Dataset, Field, FieldType, Table
from release.publish.report.matrix import matrix
from release.steps.attack import QUASI, SENSITIVE, Attempt, attack
from release.synth.encode import encode
from release.synth.fidelity import fidelity
from release.synth.request import canonical

FIDELITY, PLOT, ATTACKS = "fidelity.json", "fidelity.svg", "attacks.json"


def review(
    found: Examination, done: Synthesized, folder: Path, *, work: Path, control: Table | None = None
) -> Mapping[str, Any]:
    """Writes fidelity.json, fidelity.svg (a square of pairs) and attacks.json into ``folder``; gives both documents.

    ``control``: raw rows of people who are not in the table.  Attackers know the fields that the grading calls
    quasi-identifiers (every field when there are none) and want those that it calls sensitive."""
    asked = canonical(done.request)
    names = [field.name for field in asked.fields]
    raw = encode(found.table.path, replace(asked, unit="row"), salt="")
    near = fidelity(raw, done.codes, names)
    tried = attack(found.table, _as_table(done, work), _job(found, names), Attempt(control=control))
    values = {(names.index(pair["fields"][0]), names.index(pair["fields"][1])): pair["l1"] for pair in near["pairs"]}
    folder.mkdir(parents=True, exist_ok=True)
    title = "L1 distance of shares, synthetic against raw, by pair / 合成与原始数据逐对 L1 距离"
    told = {"audience": "reviewers", "privacy": "measured on the raw table, not private: never publish"}
    files = {
        FIDELITY: json.dumps({**told, **near}, ensure_ascii=False, indent=2, allow_nan=False) + "\n",
        ATTACKS: json.dumps({**told, **tried}, ensure_ascii=False, indent=2, allow_nan=False) + "\n",
        PLOT: str(matrix(names, values, title=title)) + "\n",
    }
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
    return {"folder": str(folder), "fidelity": near, "attacks": tried}


def review_lines(told: Mapping[str, Any]) -> Iterator[str]:
    """For a person at a terminal."""
    for way in told["fidelity"]["ways"]:
        if way["tables"]:
            yield (
                f"  {way['tables']} tables of {way['fields']} field{'s' if way['fields'] != 1 else ''}: "
                f"mean L1 {way['mean_l1']:.4f}, largest {way['largest_l1']:.4f}"
            )
    worse = told["fidelity"]["worse_than_independent"]
    yield f"  pairs that independence would serve better: {len(worse)} of {len(told['fidelity']['pairs'])}"
    yield from (f"  {line.strip()}" for line in attack_lines(told["attacks"]))
    yield f"for reviewers only: {told['folder']}"


def _as_table(done: Synthesized, work: Path) -> Table:
    path = work / "synthetic.parquet"
    pq.write_table(done.rows, path)
    count = done.rows.num_rows
    fields = tuple(Field(name, FieldType.TEXT, count, done.rows[name].null_count, 0) for name in done.rows.column_names)
    return Table(Dataset(done.path.stem, done.path.name, "0" * 64, count, fields), path)


def _job(found: Examination, names: list[str]) -> Job:
    roles = {grade.field: grade.role for grade in found.grading.fields if grade.field in names}
    if QUASI not in roles.values():
        roles = {name: role if role == SENSITIVE else QUASI for name, role in roles.items()}
    return Job(fields={name: JobField(name, role=role) for name, role in roles.items()})
