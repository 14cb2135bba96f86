"""``sluice budget [LINEAGE]``: privacy accounts, what was charged to one, and the proof of the chain."""

from __future__ import annotations

from pathlib import Path

import typer

from release.cli import source as options
from release.cli.answer import REFUSED, Json, answer, guarded


def register(app: typer.Typer) -> None:
    """Adds the command."""
    app.command("budget", help="Privacy budget spent and left, by lineage.")(budget)


@guarded
def budget(
    lineage: str | None = typer.Argument(
        None,
        metavar="[LINEAGE|verify]",
        help="Show the accounts of this lineage with its charges; verify recomputes the ledger's chain instead "
        "(write lineage:verify for a lineage of that name).",
    ),
    workspace: Path | None = options.Workspace,
    json: bool = Json,
) -> None:
    """Prints the accounts; changes nothing.  Exits 1 when the chain does not hold."""
    from release.desk.budget import VERIFY, document, lines, proof, proof_document, proof_lines
    from release.desk.keys import ledger_of

    with ledger_of(workspace) as store:
        if lineage == VERIFY:
            proven = proof(store)
            answer(proof_document(proven), proof_lines(proven), as_json=json)
            if proven.breaks:
                raise typer.Exit(REFUSED)
            return
        found = document(store, lineage)
    answer(found, lines(found), as_json=json)
