"""The Typer application with every command that needs no service.  ``wiring`` adds those that do."""

from __future__ import annotations

import importlib

import typer

COMMANDS = (
    "policies",
    "classify",
    "explain",
    "plan",
    "treat",
    "release",
    "verify",
    "anonymize",
    "risk",
    "aggregate",
)

HELP = """Sluice 数闸: from a raw table to a graded, treated, verified, signed release.

A TABLE is a CSV, TSV, XLSX, XLS, Parquet, JSON or NDJSON file (also zipped or compressed), or a database URL with
--table or --query.  Exit codes: 0 done, 1 refused, 2 bad use or bad input."""


def application() -> typer.Typer:
    """The application, its commands in the order of the path."""
    app = typer.Typer(
        name="sluice", help=HELP, no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False,
        rich_markup_mode=None,
    )  # fmt: skip
    for name in COMMANDS:
        importlib.import_module(f"release.cli.commands.{name}").register(app)
    return app
