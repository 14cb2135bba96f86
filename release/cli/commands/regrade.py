"""``sluice regrade``: every dataset of the workspace's catalogue under its pack as it is now, with every difference."""

from __future__ import annotations

from pathlib import Path

import typer

from release.cli import source as options
from release.cli.answer import Json, answer, guarded


def register(app: typer.Typer) -> None:
    """Adds the command."""
    app.command("regrade", help="Grade the catalogue again after a pack changed, and list every difference.")(regrade)


@guarded
def regrade(
    policy: str | None = typer.Option(None, "--policy", metavar="ID", help="Only datasets under this pack."),
    workspace: Path | None = options.Workspace,
    database: str = typer.Option(
        "", "--database", envvar="SLUICE_DATABASE", help="postgresql://… ; a file in the workspace when absent."
    ),
    json: bool = Json,
) -> None:
    """Looks at every dataset whose pack is another by now, writes down what changes, and does what follows from it."""
    from release.desk.gradings import known_policy, regrade_all
    from release.desk.opening import Place, open_desk
    from release.desk.regraded import lines

    desk = open_desk(Place(options.home_of(workspace), database))
    try:
        done = regrade_all(desk, known_policy(desk, policy))
    finally:
        desk.store.close()
    answer(done, lines(done), as_json=json)
