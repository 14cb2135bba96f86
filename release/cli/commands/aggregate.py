"""``sluice aggregate TABLE --job JOB.toml -o OUT``: a protected table, charged to the ledger before any noise, or made
safe by rules on its cells."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import typer

from release.cli import source as options
from release.cli.answer import Json, answer, guarded, refuse
from release.cli.progress import progress

if TYPE_CHECKING:
    from release.job.job import Job


def register(app: typer.Typer) -> None:
    """Adds the command."""
    told = "Protected tables: differential privacy charged to the ledger, or suppression and rounding by rules."
    app.command("aggregate", help=told)(aggregate)


@guarded
@options.reads_table
def aggregate(
    table: str = options.TableArgument,
    job: Path = typer.Option(..., "--job", metavar="JOB.toml", help="Job file with an [aggregate] table."),
    out: Path | None = typer.Option(None, "-o", "--out", help="New CSV file; its signed card and page lie beside it."),
    dry_run: bool = typer.Option(False, "--dry-run", help="Say what it would cost; read no row, charge nothing."),
    rows: int | None = typer.Option(None, "--rows", min=1, help="With --dry-run: rows a group is known to have."),
    policy: list[str] | None = options.Policy,
    publisher: str = typer.Option("", "--publisher", help="Who publishes."),
    workspace: Path | None = options.Workspace,
    json: bool = Json,
    *,
    reading: options.Reading,
) -> None:
    """Grades, charges the budget that the policy allows, then counts, noises, signs and writes."""
    from release.desk.aggregate import aggregate as answer_table
    from release.desk.aggregate import document, lines, planned
    from release.desk.keys import keys_of, ledger_of, salt_of
    from release.desk.question import cost_lines
    from release.nouns.errors import BadInput

    spec = options.read_job_file(job)
    if spec is None or not spec.aggregate:
        raise BadInput(f"{job.name} has no [aggregate] table.", "Add group_by, keys, epsilon and statistics.")
    rules = spec.aggregate.get("kind") == "tables"
    if dry_run and rules:
        raise BadInput("Tables protected by rules cost no budget, so there is no dry run.", "Add -o OUT.csv instead.")
    if dry_run:
        told = planned(spec.aggregate, dataset=Path(table).stem, folder=job.parent, rows=rows)
        answer(told, cost_lines(told), as_json=json)
        return
    if out is None:
        raise BadInput("No file was named to write the protected table to.", "Add -o OUT.csv, or --dry-run.")
    if rules:
        _tabulate(table, job, spec, out, policy, publisher, workspace, json, reading)
        return
    options.new_file(out)
    with options.workspace() as work, progress(quiet=json) as watch, ledger_of(workspace) as store:
        found = reading.examine(table, work=work, policy=policy, progress=watch, job=spec, home=workspace)
        name = found.table.dataset.name
        done = answer_table(
            found,
            spec.aggregate,
            store=store,
            salt=salt_of(workspace, name),
            signing=keys_of(workspace, name).signing,
            out=out,
            now=options.now(),
            publisher=publisher,
            folder=job.parent,
        )
    if isinstance(done, tuple):
        refuse(done, as_json=json)
        return
    answer(document(done), lines(done), as_json=json)


def _tabulate(
    table: str, job: Path, spec: Job, out: Path, policy: list[str] | None, publisher: str, workspace: Path | None,
    json: bool, reading: options.Reading,
) -> None:  # fmt: skip
    """Tables protected by rules: no budget, so no ledger."""
    from release.desk.keys import keys_of
    from release.desk.tabulate import document, lines, tabulated

    options.new_file(out)
    with options.workspace() as work, progress(quiet=json) as watch:
        found = reading.examine(table, work=work, policy=policy, progress=watch, job=spec, home=workspace)
        keys = keys_of(workspace, found.table.dataset.name)
        done = tabulated(
            found, spec.aggregate, keys=keys, out=out, now=options.now(), publisher=publisher, folder=job.parent
        )
    if isinstance(done, tuple):
        refuse(done, as_json=json)
        return
    answer(document(done), lines(done), as_json=json)
