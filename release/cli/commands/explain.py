"""``sluice explain TABLE FIELD``: the whole derivation of one grade: evidence, rule, article, alternatives."""

from __future__ import annotations

import typer

from release.cli import source as options
from release.cli.answer import Json, answer, guarded
from release.cli.progress import progress


def register(app: typer.Typer) -> None:
    """Adds the command."""
    app.command("explain", help="Why this grade: evidence, rule, article, alternatives.")(explain)


@guarded
@options.reads_table
def explain(
    table: str = options.TableArgument,
    field: str = typer.Argument(metavar="FIELD", help="Name of the field."),
    policy: str = options.Policy,
    json: bool = Json,
    *,
    reading: options.Reading,
) -> None:
    """Examines the table and prints why ``field`` is graded as it is."""
    from release.desk.examined import explained

    with options.workspace() as work, progress(quiet=json) as watch:
        found = reading.examine(table, work=work, policy=policy, progress=watch)
    document, lines = explained(found, field)
    answer(document, lines, as_json=json)
