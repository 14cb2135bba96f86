"""``sluice utility RAW TREATED --job JOB.toml``: what a treated table is still good for, before against after."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path

import typer

from release.cli import source as options
from release.cli.answer import Json, answer, guarded
from release.cli.progress import progress


def register(app: typer.Typer) -> None:
    """Adds the command."""
    app.command("utility", help="What a treated table is still good for: metrics, distances, models, charts.")(utility)


@guarded
@options.reads_table
def utility(
    table: str = typer.Argument(help="The raw table: file, or database URL.", metavar="RAW"),
    treated: str = typer.Argument(help="The treated table, or the folder of a package.", metavar="TREATED"),
    job: Path = typer.Option(..., "--job", metavar="JOB.toml", help="Job file: roles and hierarchies."),
    target: str = typer.Option(
        "", "--target", metavar="FIELD", help="Train models that predict this field (needs the extra learn)."
    ),
    paired: bool | None = typer.Option(
        None,
        "--paired/--unpaired",
        help="Every raw row stands in its place in the treated table; found out when absent.",
    ),
    out: Path | None = typer.Option(None, "-o", "--out", metavar="DIR", help="New folder for JSON and charts."),
    json: bool = Json,
    *,
    reading: options.Reading,
) -> None:
    """Compares the two and changes nothing.

    The charts hold figures of the raw table: they are for whoever decides, not for publication."""
    from release.desk.attacked import rows_of
    from release.desk.path import input_settings
    from release.desk.utility import measure_utility, utility_lines

    if out is not None:
        options.new_folder(out)
    spec = options.read_job_file(job)
    with ExitStack() as stack:
        watch = stack.enter_context(progress(quiet=json))
        raw = stack.enter_context(options.opened(table, reading.settings(spec)))
        other = stack.enter_context(options.opened(rows_of(treated), input_settings(None, {})))
        found = measure_utility(raw, other, spec, target=target, paired=paired, out=out, progress=watch)
    answer(found, utility_lines(found), as_json=json)
