"""``sluice query TABLE "SELECT …" --job JOB.toml``: one question within a budget, answered with noise."""

from __future__ import annotations

from pathlib import Path

import typer

from release.cli import source as options
from release.cli.answer import Json, answer, guarded, refuse
from release.cli.progress import progress


def register(app: typer.Typer) -> None:
    """Adds the command."""
    app.command("query", help="Answer one question within a privacy budget.")(query)


@guarded
@options.reads_table
def query(
    table: str = options.TableArgument,
    sql: str = typer.Argument(
        ..., metavar="SQL", help="SELECT fields, aggregates FROM t WHERE filter GROUP BY fields."
    ),
    job: Path = typer.Option(..., "--job", metavar="JOB.toml", help="Job file with a [query] table: what is public."),
    rho: float = typer.Option(0.0, "--rho", help="Budget in zCDP (Gaussian noise)."),
    epsilon: float = typer.Option(0.0, "--epsilon", help="Budget in pure differential privacy (Laplace noise)."),
    delta: float = typer.Option(0.0, "--delta", help="With --epsilon: whichever noise has the smaller error."),
    within: float | None = typer.Option(None, "--within", help="Instead of a budget: the ± wished in 95 of 100 cells."),
    of: str = typer.Option("", "--of", help="The statistic that --within speaks of; the first when left out."),
    rows: int | None = typer.Option(None, "--rows", min=1, help="Rows a group is known to have, for means."),
    dry_run: bool = typer.Option(False, "--dry-run", help="Say what it would cost; read no row, charge nothing."),
    requester: str = typer.Option("", "--requester", help="Who asks: charged to their account too."),
    project: str = typer.Option("", "--project", help="For which project: charged to its account too."),
    policy: list[str] | None = options.Policy,
    workspace: Path | None = options.Workspace,
    json: bool = Json,
    *,
    reading: options.Reading,
) -> None:
    """Reads the question within what is public, charges it, and answers on the tick of the clock."""
    import time

    from release.desk import question as desk
    from release.desk.keys import ledger_of, salt_of
    from release.nouns.errors import BadInput

    spec = options.read_job_file(job)
    if spec is None or not spec.query:
        raise BadInput(
            f"{job.name} has no [query] table.", "Describe what is public: [query.fields.NAME] keys or bounds."
        )
    spend = desk.Spend(rho, epsilon, delta, within, of, rows)
    if dry_run:
        told = desk.cost(desk.read_question(sql, spec.query, spend, dataset=Path(table).stem))
        answer(told, desk.cost_lines(told), as_json=json)
        return
    with options.workspace() as work, progress(quiet=json) as watch, ledger_of(workspace) as store:
        asked = desk.read_question(sql, spec.query, spend, dataset=Path(table).stem)
        found = reading.examine(table, work=work, policy=policy, progress=watch, job=spec, home=workspace)
        done = desk.answer(
            found,
            asked,
            spec.query,
            store=store,
            salt=salt_of(workspace, found.table.dataset.name),
            now=options.now(),
            requester=requester,
            project=project,
        )
        desk.wait_for_tick(spec.query, time.time, time.sleep)
    if isinstance(done, tuple):
        refuse(done, as_json=json)
        return
    told = desk.document(asked, done)
    answer(told, desk.lines(told), as_json=json)
