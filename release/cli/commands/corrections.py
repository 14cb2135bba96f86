"""``sluice corrections [list | confirm | remove | export | import]``: what people said of fields in this workspace."""

from __future__ import annotations

from pathlib import Path

import typer

from release.cli import source as options
from release.cli.answer import Json, answer, guarded, note, refuse, say
from release.cli.commands.override import By

Label = typer.Argument(metavar="LABEL", help="Id of the label, as the list shows it.")
Reason = typer.Option("", "--reason", metavar="TEXT", help="Why.")


def register(app: typer.Typer) -> None:
    """Adds the command group."""
    group = typer.Typer(help="What people said of fields: labelled evidence.", no_args_is_help=False)
    group.callback(invoke_without_command=True)(_default)
    group.command("list", help="Every word on a field, whoever's, with its reason.")(list_corrections)
    group.command("confirm", help="As a second person, confirm a word on a field.")(confirm)
    group.command("remove", help="Take a word on a field back.")(remove)
    group.command("export", help="The words in force as JSON Lines.")(export)
    group.command("import", help="Keep the words of a JSON Lines file, all or none.")(import_)
    app.add_typer(group, name="corrections")


@guarded
def _default(context: typer.Context, workspace: Path | None = options.Workspace) -> None:
    if context.invoked_subcommand is None:
        list_corrections(workspace=workspace, json=False)


@guarded
def list_corrections(workspace: Path | None = options.Workspace, json: bool = Json) -> None:
    """Prints every label."""
    from release.desk import terminal

    with terminal.desk_at(options.home_of(workspace)) as desk:
        found = terminal.all_labels(desk)
    lines = [terminal.line(one) for one in found] or ["Nobody corrected anything yet."]
    answer({"corrections": [terminal.document(one) for one in found]}, lines, as_json=json)


@guarded
def confirm(
    label: str = Label,
    reason: str = Reason,
    by: str = By,
    workspace: Path | None = options.Workspace,
    json: bool = Json,
) -> None:
    """Confirms a label as another person than the one who decided."""
    _settle(label, reason, by, workspace, json, confirm=True)


@guarded
def remove(
    label: str = Label,
    reason: str = Reason,
    by: str = By,
    workspace: Path | None = options.Workspace,
    json: bool = Json,
) -> None:
    """Removes a label; it stays in the journal."""
    _settle(label, reason, by, workspace, json, confirm=False)


@guarded
def export(
    out: Path | None = typer.Option(None, "-o", "--out", help="New file to write; stdout when absent."),
    workspace: Path | None = options.Workspace,
    json: bool = Json,
) -> None:
    """Writes one line a label in force; with --json one document that holds the lines."""
    import json as spelled

    from release.desk import terminal

    options.new_file(out)
    with terminal.desk_at(options.home_of(workspace)) as desk:
        lines = list(terminal.exported(terminal.all_labels(desk)))
    if out is not None:
        out.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    if json:
        told = {"file": out.name if out else "", "count": len(lines), "corrections": [spelled.loads(x) for x in lines]}
        answer(told, (), as_json=True)
        return
    for line in () if out is not None else lines:
        say(line)
    if out is not None:
        say(f"{len(lines)} corrections in {out.name}")


@guarded
def import_(
    file: Path = typer.Argument(metavar="FILE", help="JSON Lines, as sluice corrections export writes them."),
    by: str = By,
    workspace: Path | None = options.Workspace,
    json: bool = Json,
) -> None:
    """Keeps every word of the file under the name of who imports it, or none when a line is wrong."""
    from release.desk import terminal

    with terminal.desk_at(options.home_of(workspace)) as desk:
        kept, left = terminal.imported(desk, terminal.who(by), file)
    for one in left:
        note(one)
    lines = [*(terminal.line(one) for one in kept), f"{len(kept)} corrections kept, {len(left)} left out"]
    answer({"kept": [terminal.document(one) for one in kept], "left_out": list(left)}, lines, as_json=json)


def _settle(label: str, reason: str, by: str, workspace: Path | None, json: bool, *, confirm: bool) -> None:
    from release.desk import labels, terminal

    with terminal.desk_at(options.home_of(workspace)) as desk:
        verb = labels.confirm_label if confirm else labels.remove_label
        made = verb(desk, terminal.who(by), label, reason)
    if isinstance(made, tuple):
        refuse(made, as_json=json)
        return
    answer(terminal.document(made), [terminal.line(made)], as_json=json)
