"""The entry point ``sluice``: the command line with the commands that need the service added."""

from __future__ import annotations

import sys
from io import TextIOWrapper

import typer

from release.cli.app import application
from release.wiring import service_commands


def whole() -> typer.Typer:
    """Every command there is."""
    app = application()
    service_commands.register(app)
    return app


def run() -> None:
    """Runs the command line.  A terminal that cannot spell a character gets a question mark, not a breakage."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="replace")
    whole()(prog_name="sluice")


if __name__ == "__main__":
    run()
