"""Draw the frontier of a table into a folder: frontier.csv, frontier.json, frontier.html."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from release.job.job import Job
from release.nouns.dataset import Table
from release.nouns.errors import BadInput
from release.publish.report.frontier_page import frontier_page
from release.steps.frontier import Frontier, frontier
from release.steps.stages import Progress


def draw_frontier(
    table: Table, job: Job | None, *, out: Path | None, progress: Progress | None = None
) -> Mapping[str, Any]:
    """The frontier's document; the files, where a folder was named, are all there or not at all."""
    if job is None:
        raise BadInput("There is no job file.", "Give one with --job: roles, hierarchies, k-anonymity.")
    found = frontier(table, job, progress=progress)
    if out is not None:
        _write(out, table.dataset.name, found)
    return found.document()


def _write(out: Path, name: str, found: Frontier) -> None:
    out.mkdir(parents=True, exist_ok=True)
    staged = {target: out / f".{target}.part" for target in ("frontier.csv", "frontier.json", "frontier.html")}
    try:
        header, lines = found.rows()
        with staged["frontier.csv"].open("w", encoding="utf-8", newline="") as handle:
            writer = csv.writer(handle)
            writer.writerow(header)
            writer.writerows(lines)
        text = json.dumps(found.document(), ensure_ascii=False, indent=2, allow_nan=False)
        staged["frontier.json"].write_text(text + "\n", encoding="utf-8")
        staged["frontier.html"].write_text(frontier_page(name, found), encoding="utf-8")
        for target, part in staged.items():
            part.replace(out / target)
    finally:
        for part in staged.values():
            part.unlink(missing_ok=True)


def lines(document: Mapping[str, Any]) -> Iterator[str]:
    """The front for a person at a terminal."""
    limit = document["suppression_limit_rows"]
    yield f"{document['nodes']:,} nodes, {document['rows']:,} rows, at most {limit:,} rows suppressed"
    if document["not_considered"]:
        yield f"not considered: {', '.join(document['not_considered'])}"
    knee = document["knee"]
    for node in document["front"]:
        mark = "knee" if node == knee else ""
        levels = " ".join(str(level) for level in node["levels"].values())
        gone = f"suppressed {node['suppressed']:>7,}"
        yield f"  k {node['k']:>7,}  loss {node['loss']:.4f}  {gone}  levels {levels}  {mark}"
    best = document["best_for_k"]
    if best is not None:
        levels = ", ".join(f"{field} {level}" for field, level in best["levels"].items())
        yield f"least loss for k {document['k']}: {best['loss_at_k']:.10g} ({levels})"
    else:
        yield f"no node has k {document['k']} within the limit"
