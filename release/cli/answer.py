"""How every command answers: text or one JSON document on stdout, notes on stderr, and the exit code.

What a reader would get wrong: an exception that nobody foresaw may carry a cell in its text, so only its type and
place are shown; the text comes with SLUICE_TRACEBACK=1, on a machine where the operator may see the data.
"""

from __future__ import annotations

import functools
import json
import os
import sys
import traceback
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any, TypeVar

import typer

from anonymizers.errors import AnonymizerError
from classifiers.errors import ClassifierError
from policies.errors import PackError
from release.nouns.digest import plain
from release.nouns.errors import ReleaseError
from release.nouns.refusal import Refusal

DONE, REFUSED, BAD, BROKEN = 0, 1, 2, 3

AGAIN = "Correct it and run the command again."
# The libraries say what is wrong; where to turn is known here.
NEXT: dict[type[Exception], str] = {
    AnonymizerError: "Correct the job file or the plan.",
    ClassifierError: "Correct the categories that the job file names.",
    PackError: "See: sluice policies list, and sluice policies check FILE.",
}

F = TypeVar("F", bound=Callable[..., Any])
Json = typer.Option(False, "--json", help="One JSON document on stdout.")


def say(text: str = "") -> None:
    """A line of the answer, on stdout."""
    sys.stdout.write(text + "\n")


def note(text: str) -> None:
    """A note to the person at the terminal, on stderr."""
    sys.stderr.write(text + "\n")


def answer(document: Any, lines: Iterable[str], *, as_json: bool) -> None:
    """Prints ``document`` as JSON or ``lines`` as text."""
    if as_json:
        say(json.dumps(plain(document), ensure_ascii=False, indent=2, allow_nan=False))
        return
    for line in lines:
        say(line)


def refuse(refusals: Sequence[Refusal], *, as_json: bool, document: Any = None) -> None:
    """Prints every refusal at once and ends the command with exit code 1."""
    if as_json:
        body = {**(plain(document) if document is not None else {}), "refusals": plain(list(refusals))}
        say(json.dumps(body, ensure_ascii=False, indent=2, allow_nan=False))
    else:
        note(f"Refused, for {len(refusals)} reason{'s' if len(refusals) != 1 else ''}:")
        for refusal in refusals:
            note(f"  ✗ {refusal.message}" + (f"  [{refusal.article}]" if refusal.article else ""))
            if refusal.remedy:
                note(f"    → {refusal.remedy}")
    raise typer.Exit(REFUSED)


def guarded(function: F) -> F:
    """Turns every foreseen breakage into one sentence and exit code 2, for every command alike."""

    @functools.wraps(function)
    def wrapper(*args: Any, **kwargs: Any) -> Any:
        as_json = bool(kwargs.get("json"))
        try:
            return function(*args, **kwargs)
        except ReleaseError as error:
            _fail(error.message, error.remedy or AGAIN, type(error).__name__, as_json=as_json)
        except (AnonymizerError, ClassifierError, PackError) as error:
            remedy = next(words for kind, words in NEXT.items() if isinstance(error, kind))
            _fail(str(error), remedy, type(error).__name__, as_json=as_json)
        except (typer.Exit, typer.Abort, SystemExit, KeyboardInterrupt):
            raise
        except BrokenPipeError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            raise typer.Exit(DONE) from None
        except RecursionError:
            _fail(
                "A file that was given is nested too deeply.",
                "Check that it is the right file.",
                "BadInput",
                as_json=as_json,
            )
        except OSError as error:
            if error.errno is None or os.environ.get("SLUICE_TRACEBACK"):
                raise
            _fail(*_of_the_system(error), type(error).__name__, as_json=as_json)
        except Exception as error:
            if os.environ.get("SLUICE_TRACEBACK"):
                raise
            place = traceback.extract_tb(error.__traceback__)[-1]
            _fail(
                f"Something unforeseen broke ({type(error).__name__} in {Path(place.filename).name}:{place.lineno}).",
                "SLUICE_TRACEBACK=1 shows the details, which may quote the table.",
                "Unforeseen",
                as_json=as_json,
                code=BROKEN,
            )

    return wrapper  # type: ignore[return-value]


def _of_the_system(error: OSError) -> tuple[str, str]:
    """What the operating system says of a file, by the file's name only."""
    name = Path(os.fsdecode(error.filename)).name if isinstance(error.filename, (str, bytes)) else "A file"
    why = (error.strerror or "unknown reason").lower()
    return f"{name} cannot be read or written: {why}.", "Check the path, its rights and the room left on the disk."


def misused(message: str) -> None:
    """Tells a wrong use of the command line as the one JSON document, for callers that read nothing else."""
    _fail(message, "See: sluice COMMAND --help.", "BadUse", as_json=True)


def _fail(message: str, remedy: str, kind: str, *, as_json: bool, code: int = BAD) -> None:
    if as_json:
        say(json.dumps({"error": {"kind": kind, "message": message, "remedy": remedy}}, ensure_ascii=False, indent=2))
    else:
        note(f"✗ {message}")
        if remedy:
            note(f"  → {remedy}")
    raise typer.Exit(code)
