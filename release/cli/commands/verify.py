"""``sluice verify DIR [--raw TABLE]``: re-proves a package offline, and names what is off first."""

from __future__ import annotations

from pathlib import Path

import typer

from release.cli import source as options
from release.cli.answer import REFUSED, Json, answer, guarded


def register(app: typer.Typer) -> None:
    """Adds the command."""
    app.command("verify", help="Re-measures a package: digests, signature, every claim.")(verify)


@guarded
def verify(
    folder: Path = typer.Argument(metavar="DIR"),
    raw: str | None = typer.Option(None, "--raw", help="The table it was made from, to account for every row."),
    key: Path | None = typer.Option(None, "--key", help="Public key that must have signed (32 bytes or base64)."),
    json: bool = Json,
) -> None:
    """Exits 0 when every check holds, 1 otherwise."""
    from release.desk.verified import check_folder, document, lines

    with options.workspace() as work:
        result = check_folder(folder, raw=raw, key=key, work=work)
    answer(document(result), lines(result), as_json=json)
    if not result.ok:
        raise typer.Exit(REFUSED)
