"""``sluice anonymize TABLE --job JOB.toml -o OUT``: only the anonymisation engine, for those who come with roles and
hierarchies of their own."""

from __future__ import annotations

from pathlib import Path

import typer

from release.cli import source as options
from release.cli.answer import Json, answer, guarded, refuse
from release.cli.progress import progress


def register(app: typer.Typer) -> None:
    """Adds the command."""
    app.command("anonymize", help="Only the anonymisation engine, for your own roles and hierarchies.")(anonymize)


@guarded
@options.reads_table
def anonymize(
    table: str = options.TableArgument,
    job: Path = typer.Option(..., "--job", metavar="JOB.toml", help="Job file: roles, hierarchies, models, search."),
    out: Path = typer.Option(..., "-o", "--out", help="New file (CSV)."),
    report: Path | None = typer.Option(None, "--report", help="Write the report here (JSON)."),
    json: bool = Json,
    *,
    reading: options.Reading,
) -> None:
    """Searches, recodes, writes, and reports."""
    from release.desk.anonymized import anonymize_table, lines

    options.new_file(out)
    options.new_file(report)
    spec = options.read_job_file(job)
    with options.opened(table, reading.settings(spec)) as opened, progress(quiet=json) as watch:
        done = anonymize_table(opened, spec, out=out, report=report, progress=watch)
    if isinstance(done, tuple):
        refuse(done, as_json=json)
        return
    answer(done, lines(done), as_json=json)
