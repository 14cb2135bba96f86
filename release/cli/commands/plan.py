"""``sluice plan TABLE``: what would be done to every field, and which limits must then hold; or refusals."""

from __future__ import annotations

from pathlib import Path

import typer

from release.cli import source as options
from release.cli.answer import Json, answer, guarded, refuse
from release.cli.progress import progress


def register(app: typer.Typer) -> None:
    """Adds the command."""
    app.command("plan", help="What would be done to every field, or every reason why not.")(plan)


@guarded
@options.reads_table
def plan(
    table: str = options.TableArgument,
    policy: list[str] | None = options.Policy,
    openness: str | None = options.OpennessOption,
    job: Path | None = options.JobFile,
    out: Path | None = typer.Option(None, "-o", "--out", help="Write the plan here (JSON)."),
    workspace: Path | None = options.Workspace,
    json: bool = Json,
    *,
    reading: options.Reading,
) -> None:
    """Prints the plan, and writes it where ``-o`` says."""
    from release.desk.examined import decisions
    from release.desk.path import prepare
    from release.desk.planned import lines, write_plan
    from release.nouns.plan import Plan

    options.new_file(out)
    spec = options.read_job_file(job)
    with options.workspace() as work, progress(quiet=json) as watch:
        found = reading.examine(table, work=work, policy=policy, progress=watch, job=spec, home=workspace)
        plan = prepare(found, openness=options.wanted(openness), job=spec)
    if not isinstance(plan, Plan):
        refuse(plan, as_json=json)
        return
    if out is not None:
        write_plan(plan, out)
    answer(plan, (*decisions(found), *lines(plan)), as_json=json)
