"""``sluice budget [LINEAGE]``: the privacy accounts of the workspace, and what was charged to one."""

from __future__ import annotations

from pathlib import Path

import typer

from release.cli import source as options
from release.cli.answer import Json, answer, guarded


def register(app: typer.Typer) -> None:
    """Adds the command."""
    app.command("budget", help="Privacy budget spent and left, by lineage.")(budget)


@guarded
def budget(
    lineage: str | None = typer.Argument(None, metavar="[LINEAGE]", help="Show this account with its charges."),
    workspace: Path | None = options.Workspace,
    json: bool = Json,
) -> None:
    """Prints the accounts; changes nothing."""
    from release.desk.budget import document, lines
    from release.desk.keys import ledger_of

    with ledger_of(workspace) as store:
        found = document(store, lineage)
    answer(found, lines(found), as_json=json)
