"""``sluice retrain``: the ranker learns from the workspace's corrections; versions, and the way back."""

from __future__ import annotations

from pathlib import Path

import typer

from release.cli import source as options
from release.cli.answer import Json, answer, guarded, refuse
from release.cli.commands.override import By


def register(app: typer.Typer) -> None:
    """Adds the command."""
    app.command("retrain", help="Teach the ranker the corrections of this workspace, or take it back.")(retrain)


@guarded
def retrain(
    versions: bool = typer.Option(False, "--list", help="Only list the trainings there were."),
    revert: bool = typer.Option(False, "--revert", help="Set the weights in use aside; those before are used again."),
    reason: str = typer.Option("", "--reason", metavar="TEXT", help="Why, for --revert."),
    by: str = By,
    workspace: Path | None = options.Workspace,
    json: bool = Json,
) -> None:
    """Trains from every correction in force, starting from the weights that ship, and tells what that changed.

    Weights that are worse than those that ship are not taken into use."""
    from release.desk import terminal, weights

    actor = terminal.who(by)
    with terminal.desk_at(options.home_of(workspace)) as desk:
        made = None
        if revert:
            made = weights.revert(desk, actor, reason)
        elif not versions:
            made = weights.ask(desk, actor, now=True)
        if isinstance(made, tuple):
            refuse(made, as_json=json)
            return
        every = weights.versions(desk, actor)
    found = weights.summary(every)
    lines = [
        f"{one['id']}  {one['state']:<10} {one['at'][:19]}Z  {one['corrections']} corrections  by {one['name']}"
        f"  {one['document'][:16]}"
        for one in found
    ]
    used = next((one["id"] for one in found if one["state"] == "in-use"), "")
    if found and not versions and not revert:
        lines.insert(0, found[0]["message"])
    lines.append(f"in use: {used or 'the weights that ship'}")
    answer({"in_use": used, "rankers": found}, lines, as_json=json)
