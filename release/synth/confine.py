"""Runs a synthesis in a process of its own, which is killed when it takes more memory or time than it may.

What a reader would get wrong: nothing of what the process says reaches anybody but the type and place of what broke in
it.  The salt goes in by its standard input, because a command line can be read by everyone on the machine.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from release.nouns.digest import plain
from release.nouns.errors import ReleaseError
from release.synth.request import Limits, Request

ROOT = Path(__file__).parents[2]
EVERY_S = 0.05
ANSWER, PLACE, SHARE = "answer.json", "broke.txt", "share.txt"
NO_MEMORY = 17  # exit code of a process that ran into its own limit
MEMORY = "The synthesis took more memory than the {} MB it may have, and was stopped; its budget is spent."
LESS = "List fewer values or bins, lower max_size_mb, or raise memory_limit_mb."
TIME = "The synthesis took longer than the {:g} seconds it may have, and was stopped; its budget is spent."
FASTER = 'List fewer values, lower max_size_mb, write method = "mst", or raise time_limit_s.'


def run_confined(
    path: Path,
    request: Request,
    *,
    salt: str,
    work: Path,
    told: Callable[[float], None] = lambda _: None,
    clock: Callable[[], float] = time.monotonic,
) -> str:
    """What ``kept.stored`` wrote, of the Parquet file at ``path``.  Raises ReleaseError when the process was killed or
    broke; ``told`` hears the share of the budget that is spent."""
    with tempfile.TemporaryDirectory(prefix="synthesis-", dir=work) as name:
        folder = Path(name)
        task = {"path": str(path.absolute()), "request": plain(request), "salt": salt}
        code = _watched(folder, task, request.limits, told, clock)
        if code == NO_MEMORY:
            raise ReleaseError(MEMORY.format(request.limits.memory_mb), LESS)
        if code != 0:
            raise ReleaseError(
                f"The synthesis broke ({_place(folder, code)}); its budget is spent.",
                "Tell who maintains this: only the place is named, never a value.",
            )
        return (folder / ANSWER).read_text(encoding="utf-8")


def _watched(
    folder: Path,
    task: Mapping[str, Any],
    limits: Limits,
    told: Callable[[float], None],
    clock: Callable[[], float],
) -> int:
    """The exit code.  The process is dead when this returns or raises, whatever happened."""
    paths = os.pathsep.join(filter(None, (str(ROOT), os.environ.get("PYTHONPATH", ""))))
    started = clock()
    process = subprocess.Popen(  # noqa: S603
        [sys.executable, "-m", "release.synth", str(folder)],
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "PYTHONPATH": paths},
    )
    try:
        assert process.stdin is not None
        try:
            process.stdin.write(json.dumps(task).encode("utf-8"))
            process.stdin.close()
        except BrokenPipeError:
            pass  # it ended before it read: its exit code tells
        while process.poll() is None:
            if resident_mb(process.pid) > limits.memory_mb:
                raise ReleaseError(MEMORY.format(limits.memory_mb), LESS)
            if clock() - started > limits.time_s:
                raise ReleaseError(TIME.format(limits.time_s), FASTER)
            told(_share(folder))
            time.sleep(EVERY_S)
        return process.returncode
    finally:
        if process.poll() is None:
            process.kill()
            process.wait()


def resident_mb(pid: int) -> float:
    """What the process holds in memory, in MB; 0 where the system does not tell (its own limit then stops it)."""
    try:
        pages = int(Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()[1])
    except (OSError, ValueError, IndexError):
        return 0.0
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20


def _share(folder: Path) -> float:
    try:
        return float((folder / SHARE).read_text(encoding="ascii"))
    except (OSError, ValueError):
        return 0.0


def _place(folder: Path, code: int) -> str:
    """The type and place of what broke: neither quotes the table."""
    try:
        return (folder / PLACE).read_text(encoding="utf-8")
    except OSError:
        return f"its process ended with code {code}"
