"""The Typer application with every command that needs no service.  ``wiring`` adds those that do."""

from __future__ import annotations

import importlib
from typing import Any

import typer
import typer.core

from release.cli.answer import misused

# The class of every wrong use; typer shows only its children.
UsageError: type[Exception] = typer.BadParameter.__bases__[0]

COMMANDS = (
    "policies",
    "classify",
    "explain",
    "override",
    "corrections",
    "retrain",
    "plan",
    "treat",
    "release",
    "verify",
    "hierarchy",
    "anonymize",
    "frontier",
    "risk",
    "attack",
    "utility",
    "quasi",
    "aggregate",
    "synthesize",
    "query",
    "budget",
    "regrade",
)

HELP = """Sluice 数闸: from a raw table to a graded, treated, verified, signed release.

A TABLE is a CSV, TSV, XLSX, XLS, Parquet, JSON or NDJSON file (also zipped or compressed), or a database URL with
--table or --query.  Exit codes: 0 done, 1 refused, 2 bad use or bad input."""


class Commands(typer.core.TyperGroup):
    """The commands; under ``--json`` a wrong use of one is a JSON document as well."""

    def invoke(self, ctx: Any) -> Any:
        """Runs the command that was named."""
        given = (*getattr(ctx, "_protected_args", ()), *ctx.args)
        try:
            return super().invoke(ctx)
        except UsageError as error:
            if "--json" not in given:
                raise
            shown: Any = error
            return misused(" ".join(shown.format_message().split()))


def application() -> typer.Typer:
    """The application, its commands in the order of the path."""
    app = typer.Typer(
        name="sluice",
        cls=Commands,
        help=HELP,
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_enable=False,
        rich_markup_mode=None,
    )
    for name in COMMANDS:
        importlib.import_module(f"release.cli.commands.{name}").register(app)
    return app
