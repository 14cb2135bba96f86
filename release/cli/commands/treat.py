"""``sluice treat TABLE --plan PLAN.json -o DIR``: the treated table with its evidence, from a plan made before."""

from __future__ import annotations

from pathlib import Path

import typer

from release.cli import source as options
from release.cli.answer import Json, answer, guarded, refuse
from release.cli.progress import progress


def register(app: typer.Typer) -> None:
    """Adds the command."""
    app.command("treat", help="A signed package under exactly the given plan.")(treat)


@guarded
@options.reads_table
def treat(
    table: str = options.TableArgument,
    plan: Path = typer.Option(..., "--plan", help="Plan file, as sluice plan -o writes it."),
    out: Path = typer.Option(..., "-o", "--out", help="New folder for the package."),
    workspace: Path | None = options.Workspace,
    json: bool = Json,
    *,
    reading: options.Reading,
) -> None:
    """Treats, verifies and packages under exactly this plan."""
    from release.desk.keys import keys_of
    from release.desk.path import produce, upheld
    from release.desk.planned import read_plan
    from release.desk.produced import document, lines

    options.new_folder(out)
    made = read_plan(plan)
    with options.workspace() as work, progress(quiet=json) as watch:
        found = reading.examine(table, work=work, policy=[made.policy.id], progress=watch, home=workspace)
        if short := upheld(found, made):
            refuse(short, as_json=json)
            return
        done = produce(
            found, made, keys=keys_of(workspace, found.table.dataset.name), out=out, now=options.now(), progress=watch
        )
    if isinstance(done, tuple):
        refuse(done, as_json=json)
        return
    answer(document(done), lines(done), as_json=json)
