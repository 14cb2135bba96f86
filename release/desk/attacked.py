"""``attack`` for people: open the tables, find the rows of an earlier package, and lines to read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from release.job.job import Job
from release.nouns.dataset import Table
from release.nouns.errors import BadInput
from release.steps.attack import Attempt, attack

ROWS = ("data/*.parquet", "data/*.csv", "*.parquet")


def attack_tables(
    raw: Table,
    treated: Table,
    job: Job | None,
    *,
    control: Table | None = None,
    previous: Table | None = None,
    paired: bool = False,
    attacks: int = 500,
    seed: int = 0,
) -> Mapping[str, Any]:
    """Every attack that the job's roles allow."""
    if job is None:
        raise BadInput("There is no job file.", "Give one with --job: roles and hierarchies.")
    return attack(raw, treated, job, Attempt(control, previous, paired, attacks, seed))


def rows_of(path: str) -> str:
    """The table at ``path``: itself, or the rows inside a package folder.  Raises BadInput when a folder holds none."""
    folder = Path(path)
    if "://" in path or not folder.is_dir():
        return path
    for pattern in ROWS:
        found = sorted(one for one in folder.glob(pattern) if not one.name.endswith(".excel.csv"))
        if found:
            return str(found[0])
    raise BadInput(f"{folder.name} holds no table.", "Name a package folder or a table file.")


def attack_lines(document: Mapping[str, Any]) -> Iterator[str]:
    """One line an attack: how often it succeeds, by chance, on others, and what is left."""
    rows = document["rows"]
    yield f"{rows['treated']:,} treated rows of {rows['raw']:,}; known: {', '.join(document['known'])}"
    links = document["links"]
    yield (
        f"  a known person fits {links['fitting']:.4g} released rows on average, "
        f"exactly one in {_share(links['unique'])}, none in {_share(links['none'])}"
    )
    for one in document["attacks"]:
        if one["residual"] is None:
            yield f"  {one['attack']}: nothing to try"
            continue
        control = f", on others {_share(one['control'])}" if one["control"] else ""
        yield (
            f"  {one['attack']}: {_share(one)} [{one['low']:.3f}, {one['high']:.3f}] of {one['attacks']:,}, by chance "
            f"{_share(one['baseline'])}{control}; the table adds {one['residual']['risk']:.3f} "
            f"[{one['residual']['low']:.3f}, {one['residual']['high']:.3f}]"
        )
    for secret, both in (document["successive"] or {}).items():
        left = both["secrets_left"]
        yield (
            f"  both releases: {secret} certain for {_share(both['intersection'])}, from one alone "
            f"{_share(both['intersection']['baseline'])}; values left {left['older']:.3g} and {left['newer']:.3g}, "
            f"together {left['together']:.3g}"
        )
        told = both["differencing"]
        yield f"  their difference: {secret} of {told['disclosed']:,} of {told['changed']:,} who came or went"


def _share(rate: Mapping[str, Any]) -> str:
    return "nothing to try" if rate["rate"] is None else f"{rate['rate']:.4f}"
