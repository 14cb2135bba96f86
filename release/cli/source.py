"""The table a command is about: its options, and the work folder in which its columnar copy lives and dies."""

from __future__ import annotations

import functools
import inspect
import os
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_type_hints

import typer

if TYPE_CHECKING:
    from release.cli.progress import Progress
    from release.desk.path import Examination
    from release.ingest.settings import InputSettings
    from release.job.job import Job
    from release.nouns.dataset import Table
    from release.nouns.openness import Openness

TableArgument = typer.Argument(help="File, or database URL with --table or --query.", metavar="TABLE")
Policy = typer.Option(
    None,
    "--policy",
    metavar="ID",
    help="Policy pack, cn-shanghai-open-data when absent; repeatable, or joined by a plus sign (the most restrictive "
    "wins); see: sluice policies list.",
)
OpennessOption = typer.Option(
    None, "--openness", metavar="KIND", help="unconditional or conditional; the most open allowed when absent."
)
Workspace = typer.Option(
    None, "--workspace", envvar="SLUICE_HOME", metavar="DIR", help="Folder of keys and ledger; ~/.sluice when absent."
)
JobFile = typer.Option(None, "--job", metavar="JOB.toml", help="Job file (TOML): roles, hierarchies, models, search.")

# Every command that reads a table takes these; they reach the function as one ``reading``.
READING: dict[str, tuple[Any, Any]] = {
    "encoding": (str | None, typer.Option(None, "--encoding", help="Encoding of the file; sniffed when absent.")),
    "delimiter": (str | None, typer.Option(None, "--delimiter", help="Delimiter of the file; sniffed when absent.")),
    "sheet": (str | None, typer.Option(None, "--sheet", help="Sheet of a workbook.")),
    "database_table": (str | None, typer.Option(None, "--table", help="Table of the database behind the URL.")),
    "query": (str | None, typer.Option(None, "--query", help="SELECT to read from the database behind the URL.")),
    "attribute": (
        list[str] | None,
        typer.Option(
            None, "--attribute", "-a", metavar="NAME=VALUE", help="Declared fact, e.g. update=hourly; repeatable."
        ),
    ),
    "on": (
        str | None,
        typer.Option(
            None, "--on", metavar="DATE", help="Day on which the policy must be in force, e.g. 2026-07-01; else today."
        ),
    ),
}


@dataclass(frozen=True, slots=True)
class Reading:
    """How to read the table, and what is declared of it."""

    options: Mapping[str, str]
    attributes: Mapping[str, str]
    on: date

    def settings(self, job: Job | None = None) -> InputSettings:
        """Input settings: the job's, overruled by what stands on the command line."""
        from release.desk.path import input_settings

        return input_settings(job, self.options)

    def examine(
        self,
        table: str,
        *,
        work: Path,
        policy: Sequence[str] | None,
        progress: Progress,
        job: Job | None = None,
        home: Path | None = None,
    ) -> Examination:
        """The table read, classified and graded, as these options, the job, and the labels and weights of the
        workspace in ``home`` say."""
        from release.desk.packs import chosen
        from release.desk.path import DEFAULT_POLICY, examine
        from release.desk.terminal import told_at

        asked = policy or [(job.policy if job is not None else "") or DEFAULT_POLICY]

        return examine(
            table,
            work=work,
            policy=chosen(asked, self.on),
            settings=self.settings(job),
            attributes=self.attributes,
            job=job,
            told=told_at(home_of(home)),
            progress=progress,
        )

    def opened(self, table: str, *, work: Path) -> Table:
        """Only the table read."""
        from release.desk.path import open_table

        return open_table(table, work=work, settings=self.settings())


def home_of(workspace: Path | None) -> Path:
    """The folder of the workspace: what was given, else $SLUICE_HOME or ~/.sluice."""
    from release.desk.keys import home_of as default

    return default(workspace)


def reads_table(function: Callable[..., Any]) -> Callable[..., Any]:
    """Gives a command the input options and hands them over as one ``reading``."""
    hints = get_type_hints(function)
    own = [
        p.replace(annotation=hints[p.name])
        for p in inspect.signature(function).parameters.values()
        if p.name != "reading"
    ]
    added = [
        inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=option, annotation=kind)
        for name, (kind, option) in READING.items()
    ]

    @functools.wraps(function)
    def wrapper(**given: Any) -> Any:
        words = {name: given.pop(name) for name in READING}
        declared, day = attributes(words.pop("attribute")), _day(words.pop("on"))
        chosen = {("table" if k == "database_table" else k): v for k, v in words.items() if v is not None}
        if "://" not in str(given.get("table", "://")):
            _only_of_a_database(chosen)
        return function(**given, reading=Reading(chosen, declared, day))

    parameters = [p.replace(kind=inspect.Parameter.KEYWORD_ONLY) for p in own] + added
    wrapper.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
    wrapper.__annotations__ = {p.name: p.annotation for p in parameters}
    return wrapper


def _day(given: str | None) -> date:
    """The day asked for, today when none is.  Raises BadInput on what is no date."""
    from release.nouns.errors import BadInput

    if given is None:
        return now().date()
    try:
        return date.fromisoformat(given)
    except ValueError:
        raise BadInput("--on must be a date.", "For example --on 2026-07-01.") from None


def _only_of_a_database(chosen: Mapping[str, str]) -> None:
    """Raises BadInput where a file is given and options speak of a database: nothing asked for is ignored."""
    from release.nouns.errors import BadInput

    for name in ("table", "query"):
        if name in chosen:
            raise BadInput(
                f"--{name} is for a database, and a file was given.", "Give a database URL, or leave it out."
            )


def new_folder(path: Path) -> Path:
    """Where a package is to lie.  Raises BadInput before any work when it cannot be made there."""
    from release.nouns.errors import BadInput

    if path.is_symlink() or (path.exists() and (not path.is_dir() or any(path.iterdir()))):
        raise BadInput(f"{path.name} exists already and is not an empty folder.", "Name a folder that does not exist.")
    _writable(path)
    return path


def new_file(path: Path | None) -> Path | None:
    """Where a file is to be written.  Raises BadInput before any work when it is there, or cannot be made there."""
    from release.nouns.errors import BadInput

    if path is None:
        return None
    if path.is_symlink() or path.exists():
        raise BadInput(f"{path.name} exists already.", "Name a new file: nothing is overwritten.")
    if not path.parent.is_dir():
        raise BadInput(f"There is no folder for {path.name}.", "Make its folder first.")
    _writable(path)
    return path


def _writable(path: Path) -> None:
    from release.nouns.errors import BadInput

    folder = next(p for p in path.absolute().parents if p.exists())
    if not folder.is_dir() or not os.access(folder, os.W_OK | os.X_OK):
        raise BadInput(f"{path.name} cannot be made where it is to lie.", "Name a folder that you may write to.")


def attributes(given: list[str] | None) -> dict[str, str]:
    """``name=value`` words as a mapping.  Raises BadInput on a word without an equals sign."""
    from release.nouns.errors import BadInput

    found = {}
    for word in given or []:
        name, equals, value = word.partition("=")
        if not (name and equals and value):
            raise BadInput("An --attribute must read NAME=VALUE.", "For example --attribute update=hourly.")
        found[name.strip()] = value.strip()
    return found


def wanted(openness: str | None) -> Openness | None:
    """The openness asked for.  Raises BadInput on a word that is none."""
    from release.nouns.errors import BadInput
    from release.nouns.openness import Openness

    if openness is None:
        return None
    if openness not in (Openness.UNCONDITIONAL, Openness.CONDITIONAL):
        raise BadInput("--openness must be unconditional or conditional.", "Leave it out for the most open allowed.")
    return Openness(openness)


def now() -> datetime:
    """The clock, read in one place."""
    return datetime.now(UTC)


def read_job_file(path: Path | None) -> Job | None:
    """The job file, or None when none was given."""
    if path is None:
        return None
    from release.job.read import read_job

    return read_job(path)


@contextmanager
def opened(source: str, made: InputSettings) -> Iterator[Table]:
    """The table as ingested into a private folder that is gone afterwards."""
    from release.desk.path import open_table

    with workspace() as work:
        yield open_table(source, work=work, settings=made)


@contextmanager
def workspace() -> Iterator[Path]:
    """A private folder for columnar copies, removed at the end whatever happens."""
    with tempfile.TemporaryDirectory(prefix="sluice-") as name:
        yield Path(name)
