"""``sluice attack RAW TREATED --job JOB.toml``: what somebody who knows part of the raw table gets out of the other."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path

import typer

from release.cli import source as options
from release.cli.answer import Json, answer, guarded
from release.cli.progress import progress


def register(app: typer.Typer) -> None:
    """Adds the command."""
    app.command("attack", help="Simulated attacks on a treated table, with their rates.")(attack)


@guarded
@options.reads_table
def attack(
    table: str = typer.Argument(help="The raw table: file, or database URL.", metavar="RAW"),
    treated: str = typer.Argument(help="The treated table, or the folder of a package.", metavar="TREATED"),
    job: Path = typer.Option(..., "--job", metavar="JOB.toml", help="Job file: who is known by what, what is secret."),
    previous: str | None = typer.Option(
        None, "--previous", metavar="DIR", help="An earlier release of the same people: package folder or table."
    ),
    control: str | None = typer.Option(
        None, "--control", metavar="TABLE", help="Raw rows of people who are not in the treated table."
    ),
    paired: bool = typer.Option(False, "--paired", help="Every raw row stands in its place in the treated table."),
    attacks: int = typer.Option(500, "--attacks", min=1, max=100_000, help="Attempts of each attack."),
    seed: int = typer.Option(0, "--seed", help="Which attempts: the same seed tries the same."),
    json: bool = Json,
    *,
    reading: options.Reading,
) -> None:
    """Linkage, linkability, singling out, inference, homogeneity; over two releases intersection and differencing.

    Changes nothing."""
    from release.desk.attacked import attack_lines, attack_tables, rows_of
    from release.desk.path import input_settings

    spec = options.read_job_file(job)
    plainly = input_settings(None, {})
    with ExitStack() as stack:
        watch = stack.enter_context(progress(quiet=json))
        watch("attack", 0.0)
        raw = stack.enter_context(options.opened(table, reading.settings(spec)))
        others = {
            name: stack.enter_context(options.opened(rows_of(path), plainly)) if path is not None else None
            for name, path in (("treated", treated), ("previous", previous))
        }
        beside = stack.enter_context(options.opened(control, reading.settings(spec))) if control is not None else None
        assert others["treated"] is not None
        found = attack_tables(
            raw,
            others["treated"],
            spec,
            control=beside,
            previous=others["previous"],
            paired=paired,
            attacks=attacks,
            seed=seed,
        )
    answer(found, attack_lines(found), as_json=json)
