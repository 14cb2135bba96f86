"""``sluice override TABLE FIELD``: a person says what a field is, with a reason; kept for every table of the schema."""

from __future__ import annotations

from pathlib import Path

import typer

from release.cli import source as options
from release.cli.answer import Json, answer, guarded, refuse
from release.cli.progress import progress

By = typer.Option("", "--by", envvar="SLUICE_PERSON", metavar="NAME", help="Who decides; your user name when absent.")


def register(app: typer.Typer) -> None:
    """Adds the command."""
    app.command("override", help="Say what a field is, with a reason; the next table of the schema knows it.")(override)


@guarded
@options.reads_table
def override(
    table: str = options.TableArgument,
    field: str = typer.Argument(metavar="FIELD", help="Name of the field."),
    category: str | None = typer.Option(None, "--category", metavar="ID", help="What it is, e.g. person.name."),
    reason: str = typer.Option("", "--reason", metavar="TEXT", help="Why.  Nothing is decided without a reason."),
    by: str = By,
    remove: bool = typer.Option(False, "--remove", help="Take the word on this field back."),
    confirm: bool = typer.Option(
        False, "--confirm", help="As a second person, confirm a word that leaves what a checksum proves for less."
    ),
    workspace: Path | None = options.Workspace,
    json: bool = Json,
    *,
    reading: options.Reading,
) -> None:
    """Keeps the word in the workspace and says whether it holds or waits for a second person."""
    from release.desk import terminal

    _one_of(category, remove, confirm)
    actor, home = terminal.who(by), options.home_of(workspace)
    with options.workspace() as work, progress(quiet=json) as watch, terminal.desk_at(home) as desk:
        if category is not None:
            read = reading.opened(table, work=work)
            made = terminal.override(desk, actor, read, field, category, reason, watch)
        else:
            read = reading.opened(table, work=work)
            made = terminal.settle(desk, actor, terminal.label_of(desk, read, field), reason, confirm=confirm)
    if isinstance(made, tuple):
        refuse(made, as_json=json)
        return
    answer(terminal.document(made), [terminal.line(made)], as_json=json)


def _one_of(category: str | None, remove: bool, confirm: bool) -> None:
    from release.nouns.errors import BadInput

    if (category is not None) + remove + confirm != 1:
        raise BadInput("Say one thing of the field.", "Give --category ID, or --remove, or --confirm.")
