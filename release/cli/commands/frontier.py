"""``sluice frontier TABLE --job JOB.toml -o DIR``: every generalisation with its risk and its loss."""

from __future__ import annotations

from pathlib import Path

import typer

from release.cli import source as options
from release.cli.answer import Json, answer, guarded
from release.cli.progress import progress


def register(app: typer.Typer) -> None:
    """Adds the command."""
    app.command("frontier", help="Risk against loss for every generalisation, as data and as charts.")(frontier)


@guarded
@options.reads_table
def frontier(
    table: str = options.TableArgument,
    job: Path = typer.Option(
        ..., "--job", metavar="JOB.toml", help="Job file: roles, hierarchies, k-anonymity, search."
    ),
    out: Path | None = typer.Option(None, "-o", "--out", metavar="DIR", help="New folder for CSV, JSON and charts."),
    json: bool = Json,
    *,
    reading: options.Reading,
) -> None:
    """Looks at every node and changes nothing."""
    from release.desk.frontier import draw_frontier, lines

    if out is not None:
        options.new_folder(out)
    spec = options.read_job_file(job)
    with options.opened(table, reading.settings(spec)) as opened, progress(quiet=json) as watch:
        drawn = draw_frontier(opened, spec, out=out, progress=watch)
    answer(drawn, lines(drawn), as_json=json)
