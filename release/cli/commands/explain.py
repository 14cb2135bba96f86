"""``sluice explain TABLE FIELD``: the whole derivation of one grade: evidence, rule, article, alternatives."""

from __future__ import annotations

from pathlib import Path

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
    policy: list[str] | None = options.Policy,
    lang: str = typer.Option("en", "--lang", metavar="LANG", help="Language of the derivation: en or zh."),
    workspace: Path | None = options.Workspace,
    json: bool = Json,
    *,
    reading: options.Reading,
) -> None:
    """Examines the table and prints why ``field`` is graded as it is."""
    from release.desk.examined import explained
    from release.nouns.errors import BadInput

    if lang not in ("en", "zh"):
        raise BadInput("--lang must be en or zh.", "Leave it out for English.")
    with options.workspace() as work, progress(quiet=json) as watch:
        found = reading.examine(table, work=work, policy=policy, progress=watch, home=workspace)
    document, lines = explained(found, field)
    if lang == "zh":
        lines = [*lines[: -len(document["derivation"])], *(f"  {line}" for line in document["derivation_zh"])]
    answer(document, lines, as_json=json)
