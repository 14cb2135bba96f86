"""``sluice hierarchy TABLE FIELD``: how a field can be generalised, without writing a hierarchy by hand."""

from __future__ import annotations

from pathlib import Path

import typer

from release.cli import source as options
from release.cli.answer import Json, answer, guarded, note
from release.cli.progress import progress


def register(app: typer.Typer) -> None:
    """Adds the command."""
    app.command("hierarchy", help="Propose the hierarchy of a field, with a preview.")(hierarchy)


@guarded
@options.reads_table
def hierarchy(
    table: str = options.TableArgument,
    field: str = typer.Argument(help="Name of the field.", metavar="FIELD"),
    job: Path | None = options.JobFile,
    out: Path | None = typer.Option(None, "-o", "--out", metavar="FILE.csv", help="New file: the hierarchy for ARX."),
    json: bool = Json,
    *,
    reading: options.Reading,
) -> None:
    """Shows levels, how many values each leaves, and the smallest group."""
    from release.desk.hierarchy import lines, show_hierarchy

    options.new_file(out)
    spec = options.read_job_file(job)
    with options.opened(table, reading.settings(spec)) as opened, progress(quiet=json):
        shown = show_hierarchy(opened, field, spec, out=out)
    answer(shown, lines(shown), as_json=json)
    if out is not None:
        note(f"{out.name} holds every value of the field: it is as confidential as the table.")
