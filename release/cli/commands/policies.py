"""``sluice policies [list | show ID | check FILE]``: the packs, and whether one can be trusted to be understood."""

from __future__ import annotations

from pathlib import Path

import typer

from release.cli.answer import BAD, Json, answer, guarded


def register(app: typer.Typer) -> None:
    """Adds the command group."""
    group = typer.Typer(help="The policy packs: list, show, check.", no_args_is_help=False)
    group.callback(invoke_without_command=True)(_default)
    group.command("list", help="Every pack that can grade.")(list_packs)
    group.command("show", help="One pack: scales, rules, articles, and how sure we are of each.")(show)
    group.command("check", help="Checks a pack file, its own cases included.")(check)
    app.add_typer(group, name="policies")


def _default(context: typer.Context) -> None:
    if context.invoked_subcommand is None:
        list_packs(json=False)


@guarded
def list_packs(json: bool = Json) -> None:
    """Prints id, version, jurisdiction, evidence, days in force and title of every pack."""
    from release.cli.source import now
    from release.desk.packs import additions, described, listed

    answer({"policies": described(), "profiles": additions()}, listed(now().date()), as_json=json)


@guarded
def show(pack_id: str = typer.Argument(metavar="ID"), json: bool = Json) -> None:
    """Prints one pack."""
    from release.desk.packs import shown

    document, lines = shown(pack_id)
    answer(document, lines, as_json=json)


@guarded
def check(file: Path = typer.Argument(metavar="FILE"), json: bool = Json) -> None:
    """Exits 0 when the pack is wholly understood and all its cases pass, 2 otherwise."""
    from policies.check import check as check_pack

    faults = check_pack(file)
    lines = [f"✗ {fault}" for fault in faults] or [f"✓ {file.name}: understood, and every case passes."]
    answer({"file": file.name, "ok": not faults, "faults": list(faults)}, lines, as_json=json)
    if faults:
        raise typer.Exit(BAD)
