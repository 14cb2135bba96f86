"""Runs the command line as a user does: a process of its own, or in this one where a test needs to look inside."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from typer.testing import CliRunner

from release.cli.app import application

ROOT = Path(__file__).parent.parent.parent


@dataclass(frozen=True)
class Ran:
    """What a command printed and how it ended."""

    code: int
    out: str
    err: str

    def json(self) -> Any:
        """The one document on stdout; fails when anything else stands there."""
        return json.loads(self.out)


def sluice(*words: str | Path, home: Path | None = None) -> Ran:
    """A command in this process."""
    environment = {"SLUICE_HOME": str(home)} if home is not None else {}
    result = CliRunner().invoke(application(), [str(w) for w in words], env=environment)
    return Ran(result.exit_code, result.stdout, result.stderr)


def process(*words: str | Path) -> Ran:
    """A command in a process of its own."""
    command = [sys.executable, "-m", "release.wiring.command", *(str(w) for w in words)]
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=False)
    return Ran(done.returncode, done.stdout, done.stderr)
