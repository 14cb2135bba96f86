"""``sluice aggregate TABLE --job JOB.toml -o OUT``: a protected table charged to the ledger before any noise."""

from __future__ import annotations

from pathlib import Path

import typer

from release.cli import source as options
from release.cli.answer import Json, answer, guarded, refuse
from release.cli.progress import progress


def register(app: typer.Typer) -> None:
    """Adds the command."""
    app.command("aggregate", help="Differentially private tables, charged to the ledger.")(aggregate)


@guarded
@options.reads_table
def aggregate(
    table: str = options.TableArgument,
    job: Path = typer.Option(..., "--job", help="Job file with an [aggregate] table."),
    out: Path = typer.Option(..., "-o", "--out", help="New CSV file; its release card is written beside it."),
    publisher: str = typer.Option("", "--publisher", help="Who publishes."),
    workspace: Path | None = options.Workspace,
    json: bool = Json,
    *,
    reading: options.Reading,
) -> None:
    """Counts, noises and writes, after the budget has been charged."""
    from release.desk.aggregate import aggregate as answer_table
    from release.desk.aggregate import document, lines
    from release.desk.keys import ledger_of, salt_of
    from release.nouns.errors import BadInput

    options.new_file(out)
    spec = options.read_job_file(job)
    if spec is None or not spec.aggregate:
        raise BadInput(f"{job.name} has no [aggregate] table.", "Add group_by, keys, epsilon and statistics.")
    with options.opened(table, reading.settings(spec)) as opened, progress(quiet=json), ledger_of(workspace) as store:
        done = answer_table(
            opened,
            spec.aggregate,
            store=store,
            salt=salt_of(workspace, opened.dataset.name),
            out=out,
            now=options.now(),
            publisher=publisher,
        )
    if isinstance(done, tuple):
        refuse(done, as_json=json)
        return
    answer(document(done), lines(done), as_json=json)
