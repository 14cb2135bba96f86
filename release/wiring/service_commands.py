"""The commands that need the service: ``serve``, ``demo`` and ``audit``."""

from __future__ import annotations

import tempfile
from pathlib import Path

import typer

from release.cli import source as options
from release.cli.answer import REFUSED, Json, answer, guarded, note, say

DEMO_SAMPLE = "adult"
DemoWorkspace = typer.Option(Path(".sluice/demo"), "--workspace", help="Folder of the demo's service.")


def register(app: typer.Typer) -> None:
    """Adds the commands."""
    app.command("demo", help="Sample tables down the whole path, then the service with datasets at every stage.")(demo)
    app.command("serve", help="The service.")(serve)
    audit = typer.Typer(help="The journal, and proof that nobody bent it.")
    audit.callback(invoke_without_command=True)(_audit)
    audit.command("verify", help="Checks every entry and every seal.")(verify_journal)
    app.add_typer(audit, name="audit")


@guarded
def serve(
    host: str = typer.Option("127.0.0.1", "--host", help="Address to listen on."),
    port: int = typer.Option(8000, "--port", help="Port to listen on."),
    workspace: Path | None = options.Workspace,
    database: str = typer.Option(
        "", "--database", envvar="SLUICE_DATABASE", help="postgresql://… ; a file in the workspace when absent."
    ),
) -> None:
    """Serves until Ctrl-C."""
    from release.wiring.serve import serve as run

    run(host, port, workspace, database)


@guarded
def demo(
    host: str = typer.Option("127.0.0.1", "--host", help="Address to listen on."),
    port: int = typer.Option(8000, "--port", help="Port to listen on; 0 for any that is free."),
    workspace: Path = DemoWorkspace,
    serve_after: bool = typer.Option(True, "--serve/--no-serve", help="Start the service at the end."),
) -> None:
    """The main job on a real sample, said step by step; then the service."""
    from release.desk.opening import Place, open_desk
    from release.wiring.serve import serve as run
    from release.wiring.story import CAST, PASSWORD, tell

    note("1. The main job, on a real census extract (UCI Adult, CC BY 4.0), as any table of yours would go:")
    _main_job(workspace)
    note("2. A workspace with datasets at every stage of the path:")
    if not serve_after:
        desk = open_desk(Place(workspace.absolute()))
        tell(desk, lambda line: note(f"   {line}"))
        desk.store.close()
        return
    note(f"   sign in as {', '.join(login for login, *_ in CAST)} or admin; the password of all is {PASSWORD}")
    run(host, port, workspace, before=lambda desk: tell(desk, lambda line: note(f"   {line}")))


def _main_job(workspace: Path) -> None:
    """``release`` and ``verify`` as a user would type them, in a folder that is new each time."""
    from release.desk.examined import lines as found_lines
    from release.desk.keys import keys_of
    from release.desk.path import Description, examine, prepare, produce
    from release.desk.produced import lines as done_lines
    from release.desk.verified import check_folder
    from release.desk.verified import lines as check_lines
    from release.nouns.plan import Plan
    from release.samples import samples

    workspace.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="sluice-demo-") as name:
        folder = Path(name)
        table = samples.write(DEMO_SAMPLE, folder)
        out = Path(tempfile.mkdtemp(prefix="package-", dir=workspace))
        found = examine(table, work=folder / "work")
        say(f"$ sluice classify {table.name}")
        for line in found_lines(found):
            say(f"  {line}")
        say(f"$ sluice release {table.name} -o {out}")
        plan = prepare(found)
        if not isinstance(plan, Plan):
            raise typer.Exit(REFUSED)
        keys = keys_of(workspace / "home", found.table.dataset.name)
        words = Description("Adult census extract", "Becker and Kohavi, UCI (sample)", "CC-BY-4.0")
        done = produce(found, plan, keys=keys, out=out, now=options.now(), description=words)
        if isinstance(done, tuple):
            raise typer.Exit(REFUSED)
        for line in done_lines(done):
            say(f"  {line}")
        say(f"$ sluice verify {out} --raw {table.name}")
        for line in check_lines(check_folder(out, raw=str(table), key=None, work=folder)):
            say(f"  {line}")
    note(f"   the package and its report: {out / 'report.html'}")


@guarded
def _audit(
    context: typer.Context,
    workspace: Path | None = options.Workspace,
    limit: int = typer.Option(50, "--limit", help="How many entries, the newest first."),
    json: bool = Json,
) -> None:
    if context.invoked_subcommand is not None:
        return
    from release.desk.audit import newest
    from release.desk.opening import Place, open_desk

    desk = open_desk(Place(_home(workspace)))
    entries = newest(desk, limit)
    desk.store.close()
    lines = [f"{e.at[:19]}Z  {e.role:<10} {e.type:<16} {e.aggregate} #{e.seq}" for e in entries]
    answer({"entries": entries}, lines, as_json=json)


@guarded
def verify_journal(workspace: Path | None = options.Workspace, json: bool = Json) -> None:
    """Exits 0 when the journal is whole, 1 when it was bent."""
    from release.desk.audit import verify_journal as prove
    from release.desk.opening import Place, open_desk

    desk = open_desk(Place(_home(workspace)))
    proof = prove(desk)
    desk.store.close()
    lines = [f"✗ {fault.aggregate} #{fault.seq}: {fault.what}" for fault in proof.faults]
    lines = lines or [f"✓ {proof.entries} entries and {proof.seals} seals: the journal is whole."]
    answer(proof, lines, as_json=json)
    if proof.faults:
        raise typer.Exit(REFUSED)


def _home(workspace: Path | None) -> Path:
    from release.vault.workspace import default_home

    return (workspace or default_home()).expanduser().absolute()
