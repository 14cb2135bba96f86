"""``sluice synthesize TABLE --job JOB.toml -o OUT``: synthetic rows, charged to the ledger before any noise."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path

import typer

from release.cli import source as options
from release.cli.answer import Json, answer, guarded, refuse
from release.cli.progress import progress


def register(app: typer.Typer) -> None:
    """Adds the command."""
    app.command("synthesize", help="Differentially private synthetic rows, charged to the ledger.")(synthesize)


@guarded
@options.reads_table
def synthesize(
    table: str = options.TableArgument,
    job: Path = typer.Option(..., "--job", metavar="JOB.toml", help="Job file with a [synthesize] table."),
    out: Path = typer.Option(
        Path("synthetic.csv"),
        "-o",
        "--out",
        help="New CSV file; the noisy tables and the signed card are written beside it.",
    ),
    review: Path | None = typer.Option(
        None, "--review", metavar="DIR", help="New folder of evidence for reviewers: fidelity, attacks. Not private."
    ),
    control: str | None = typer.Option(
        None, "--control", metavar="TABLE", help="With --review: raw rows of people who are not in the table."
    ),
    dry_run: bool = typer.Option(False, "--dry-run", help="Only tell what it would cost; read no row, charge nothing."),
    policy: list[str] | None = options.Policy,
    publisher: str = typer.Option("", "--publisher", help="Who publishes."),
    workspace: Path | None = options.Workspace,
    json: bool = Json,
    *,
    reading: options.Reading,
) -> None:
    """Grades, charges the budget, then measures noisy tables, fits a model, makes rows from it, signs and writes."""
    from release.nouns.errors import BadInput

    spec = options.read_job_file(job)
    if spec is None or not spec.synthesize:
        raise BadInput(f"{job.name} has no [synthesize] table.", "Add epsilon and delta, and [synthesize.fields.NAME].")
    if dry_run:
        from release.desk.synthesis_plan import plan_lines, planned

        told = planned(spec.synthesize, dataset=Path(table).stem)
        answer(told, plan_lines(told), as_json=json)
        return
    if control is not None and review is None:
        raise BadInput("--control is for --review.", "Name a folder for the reviewers' evidence: --review DIR.")
    options.new_file(out)
    if review is not None:
        options.new_folder(review)

    from release.desk import synthesis as desk
    from release.desk.keys import keys_of, ledger_of, salt_of
    from release.desk.synthesis_review import review as write_review
    from release.desk.synthesis_review import review_lines

    with ExitStack() as stack:
        work = stack.enter_context(options.workspace())
        watch = stack.enter_context(progress(quiet=json))
        store = stack.enter_context(ledger_of(workspace))
        # Opened before anything is charged: a wrong path costs nothing.
        beside = stack.enter_context(options.opened(control, reading.settings(spec))) if control is not None else None
        found = reading.examine(table, work=work, policy=policy, progress=watch, job=spec, home=workspace)
        name = found.table.dataset.name
        done = desk.synthesize(
            found,
            spec.synthesize,
            store=store,
            salt=salt_of(workspace, name),
            signing=keys_of(workspace, name).signing,
            out=out,
            work=work,
            now=options.now(),
            publisher=publisher,
            progress=watch,
        )
        evidence = None
        if review is not None and not isinstance(done, tuple):
            watch("review", 0.0)
            evidence = write_review(found, done, review, work=work, control=beside)
    if isinstance(done, tuple):
        refuse(done, as_json=json)
        return
    document, lines = desk.document(done), list(desk.lines(done))
    if evidence is not None:
        document, lines = {**document, "review": evidence}, [*lines, *review_lines(evidence)]
    answer(document, lines, as_json=json)
