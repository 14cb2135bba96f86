"""Roles of the fields of well-known tables, against what their documentation says."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa

from benchmarks.classification.columns import DATA, HERE, table_of
from classifiers.classify import classify
from classifiers.table import Header, Table


def _json(path: Path, name: str) -> Table:
    rows = json.loads(path.read_text(encoding="utf-8"))
    names = sorted({key for row in rows for key in row})

    def text(value: object) -> str | None:
        if isinstance(value, list):
            value = value[0] if value else None
        return None if value in (None, "") else str(value)

    batch = pa.record_batch([pa.array([text(r.get(n)) for r in rows], pa.string()) for n in names], names=names)
    return Table(tuple(Header(n) for n in names), len(rows), lambda: iter([batch]), name)


def _expected(entry: dict[str, object], fields: list[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for role in ("direct-identifier", "quasi-identifier", "sensitive", "insensitive"):
        for name in entry.get(role, []):  # type: ignore[attr-defined]
            for field in fields:
                if field == name or (name.endswith("*") and field.startswith(name[:-1])):
                    found[field] = role
    return found


def judged() -> Iterator[tuple[str, str, str, str, str, bool]]:
    """(table, field, expected role, role found, category, needs review) for every field with a known role."""
    for name, entry in tomllib.loads((HERE / "english.toml").read_text(encoding="utf-8")).items():
        path = DATA / entry["file"]
        table = _json(path, name) if path.suffix == ".json" else table_of(path, name, entry.get("delimiter", ","))
        expected = _expected(entry, [h.name for h in table.columns])
        for finding in classify(table):
            if finding.field in expected:
                role = expected[finding.field]
                yield name, finding.field, role, finding.role, finding.category, finding.needs_review


def report() -> None:
    """Accuracy a table and over all, and every field whose role is another."""
    rows = list(judged())
    print("\nRoles on English tables")
    for table in dict.fromkeys(r[0] for r in rows):
        own = [r for r in rows if r[0] == table]
        print(f"  {table:22s} {sum(r[2] == r[3] for r in own):4d} of {len(own)}")
    print(f"  {'all':22s} {sum(r[2] == r[3] for r in rows) / len(rows):8.3f}")
    for table, field, expected, found, category, review in rows:
        if expected != found:
            print(
                f"    {table}.{field}: expected {expected}, found {found} ({category}{', to review' if review else ''})"
            )


if __name__ == "__main__":
    report()
