#!/usr/bin/env python3
"""Sets Sluice up and runs it, with nothing but Python ≥ 3.11 and the package index.

    python3 run.py demo     set up, run the main job on sample tables, then serve what there is to see
    python3 run.py test     set up, pass the tests            (--fast leaves out the slow ones)
    python3 run.py serve    the service on your own workspace
    python3 run.py lint     ruff and mypy
    python3 run.py sluice … any command of the command line

The environment lives in .venv and is made once; it is made anew when pyproject.toml or constraints.txt change.
No pip, venv module, make or compiler is needed on the machine: the pip that installs is in tools/.
"""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = BIN / ("python.exe" if os.name == "nt" else "python")


def stamp() -> str:
    """What the environment depends on; a change means it is made anew."""
    sha = hashlib.sha256()
    for name in ("pyproject.toml", "constraints.txt"):
        sha.update((ROOT / name).read_bytes())
    return sha.hexdigest()


def make_venv() -> None:
    """An environment without pip: Debian's Python has no ensurepip, and the pip in tools/ needs none."""
    if PYTHON.exists():
        return
    print("Making .venv …", file=sys.stderr, flush=True)
    import venv

    venv.create(VENV, with_pip=False, symlinks=os.name != "nt")


def install(*, dev: bool) -> None:
    """Installs the project, editable, with its pinned dependencies; instant when nothing has changed."""
    ready = VENV / (".ready-dev" if dev else ".ready")
    current = stamp()
    if any(r.exists() and r.read_text() == current for r in {ready, VENV / ".ready-dev"}):
        return
    make_venv()
    print("Installing the pinned dependencies (a minute, once) …", file=sys.stderr, flush=True)
    pip = next((ROOT / "tools").glob("pip-*.whl")) / "pip"
    command = [str(PYTHON), str(pip), "install", "--quiet", "--disable-pip-version-check", "--no-input"]
    command += ["--no-warn-script-location", "-c", str(ROOT / "constraints.txt"), "-e", str(ROOT)]
    if dev:
        command += ["--group", f"{ROOT / 'pyproject.toml'}:dev"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        sys.exit(
            f"{done.stdout}{done.stderr}\nInstalling failed: the lines above say why. Is the package index reachable?"
        )
    ready.write_text(current)


def call(*command: object, cwd: Path | None = None) -> int:
    """Runs a program of the environment and gives its exit code; Ctrl-C is the program's own affair."""
    process = subprocess.Popen([str(c) for c in command], cwd=cwd)
    while True:
        try:
            return process.wait()
        except KeyboardInterrupt:
            continue


def test(arguments: list[str]) -> int:
    """Lints, then the whole suite."""
    fast = "--fast" in arguments
    rest = [a for a in arguments if a != "--fast"]
    if not rest and (code := lint()):
        return code
    selection = ["-m", "not slow and not browser"] if fast else []
    if not any(a.startswith("-n") for a in rest):
        selection += ["-n", "2"]
    return call(PYTHON, "-m", "pytest", *selection, *rest, cwd=ROOT)


def lint() -> int:
    """ruff check, ruff format and mypy --strict."""
    return (
        call(PYTHON, "-m", "ruff", "check", ".", cwd=ROOT)
        or call(PYTHON, "-m", "ruff", "format", "--check", ".", cwd=ROOT)
        or call(PYTHON, "-m", "mypy", cwd=ROOT)
    )


def main(arguments: list[str]) -> int:
    if sys.version_info < (3, 11):
        sys.exit("Sluice needs Python 3.11 or newer.")
    command, rest = (arguments[0], arguments[1:]) if arguments else ("help", [])
    if command in ("test", "lint"):
        install(dev=True)
        return test(rest) if command == "test" else lint()
    if command in ("demo", "serve", "sluice"):
        install(dev=False)
        words = rest if command == "sluice" else [command, *rest]
        return call(PYTHON, "-m", "release.wiring.command", *words)
    if command == "setup":
        install(dev="--dev" in rest)
        return 0
    print(__doc__)
    return 0 if command in ("help", "-h", "--help") else 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
