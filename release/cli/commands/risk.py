"""``sluice risk TABLE --job JOB.toml``: every privacy model and re-identification risk of a table as it is."""

from __future__ import annotations

from pathlib import Path

import typer

from release.cli import source as options
from release.cli.answer import Json, answer, guarded
from release.cli.progress import progress


def register(app: typer.Typer) -> None:
    """Adds the command."""
    app.command("risk", help="Privacy models and risks of a table as it is.")(risk)


@guarded
@options.reads_table
def risk(
    table: str = options.TableArgument,
    job: Path = typer.Option(..., "--job", metavar="JOB.toml", help="Job file: roles and the models to measure."),
    json: bool = Json,
    *,
    reading: options.Reading,
) -> None:
    """Measures and changes nothing."""
    from release.desk.anonymized import measure_table, risk_lines

    spec = options.read_job_file(job)
    with options.opened(table, reading.settings(spec)) as opened, progress(quiet=json):
        measured = measure_table(opened, spec)
    answer(measured, risk_lines(measured), as_json=json)
