"""``sluice release TABLE -o DIR``: the whole path on one machine, to a signed package or to every reason why not."""

from __future__ import annotations

from pathlib import Path

import typer

from release.cli import source as options
from release.cli.answer import Json, answer, guarded, refuse
from release.cli.progress import progress


def register(app: typer.Typer) -> None:
    """Adds the command."""
    app.command("release", help="The whole path: a signed package, or refusals.")(release)


@guarded
@options.reads_table
def release(
    table: str = options.TableArgument,
    out: Path = typer.Option(..., "-o", "--out", help="New folder for the package."),
    policy: list[str] | None = options.Policy,
    openness: str | None = options.OpennessOption,
    job: Path | None = options.JobFile,
    title: str = typer.Option("", "--title", help="Title of the dataset; the file's name when absent."),
    publisher: str = typer.Option("", "--publisher", help="Who publishes."),
    licence: str = typer.Option("", "--licence", help="SPDX id of the licence of the released data."),
    workspace: Path | None = options.Workspace,
    json: bool = Json,
    *,
    reading: options.Reading,
) -> None:
    """Examines, plans, treats, verifies and signs."""
    from release.desk.examined import decisions
    from release.desk.keys import keys_of
    from release.desk.path import Description, prepare, produce
    from release.desk.produced import document, lines
    from release.nouns.plan import Plan

    options.new_folder(out)
    spec = options.read_job_file(job)
    with options.workspace() as work, progress(quiet=json) as watch:
        found = reading.examine(table, work=work, policy=policy, progress=watch, job=spec, home=workspace)
        plan = prepare(found, openness=options.wanted(openness), job=spec)
        if not isinstance(plan, Plan):
            refuse(plan, as_json=json)
            return
        done = produce(
            found,
            plan,
            keys=keys_of(workspace, found.table.dataset.name),
            out=out,
            now=options.now(),
            description=Description(title, publisher, licence),
            progress=watch,
        )
    if isinstance(done, tuple):
        refuse(done, as_json=json)
        return
    answer(document(done), (*decisions(found), *lines(done)), as_json=json)
