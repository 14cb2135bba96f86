"""The entry point ``sluice``: the command line with the commands that need the service added."""

from __future__ import annotations

from release.cli.app import application


def run() -> None:
    """Runs the command line."""
    application()()


if __name__ == "__main__":
    run()
