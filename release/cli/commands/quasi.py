"""``sluice quasi TABLE``: which fields tell the rows apart, alone and together; roles suggested, with figures."""

from __future__ import annotations

import typer

from release.cli import source as options
from release.cli.answer import Json, answer, guarded
from release.cli.progress import progress


def register(app: typer.Typer) -> None:
    """Adds the command."""
    app.command("quasi", help="Which fields, alone and together, tell the rows apart.")(quasi)


@guarded
@options.reads_table
def quasi(
    table: str = options.TableArgument,
    size: int = typer.Option(4, "--size", metavar="N", help="Most fields in a combination, 1 to 5."),
    policy: list[str] | None = options.Policy,
    json: bool = Json,
    *,
    reading: options.Reading,
) -> None:
    """Measures every combination of up to ``size`` of the twelve strongest fields; changes nothing."""
    from release.desk.separation import document, lines, measure_separation

    with options.workspace() as work, progress(quiet=json) as watch:
        found = reading.examine(table, work=work, policy=policy, progress=watch)
        measured = measure_separation(found, size)
    answer(document(found, measured), lines(measured), as_json=json)
