"""``sluice classify TABLE``: what every field is, how sensitive, under which article."""

from __future__ import annotations

from pathlib import Path

import typer

from release.cli import source as options
from release.cli.answer import Json, answer, guarded
from release.cli.progress import progress


def register(app: typer.Typer) -> None:
    """Adds the command."""
    app.command("classify", help="What every field is, how grave, under which article.")(classify)


@guarded
@options.reads_table
def classify(
    table: str = options.TableArgument,
    policy: list[str] | None = options.Policy,
    workspace: Path | None = options.Workspace,
    json: bool = Json,
    *,
    reading: options.Reading,
) -> None:
    """Examines the table and prints one line a field, or the promised JSON document."""
    from release.desk.examined import document, lines

    with options.workspace() as work, progress(quiet=json) as watch:
        found = reading.examine(table, work=work, policy=policy, progress=watch, home=workspace)
    answer(document(found), lines(found), as_json=json)
