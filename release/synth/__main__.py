"""``python -m release.synth FOLDER``: the process that sees the data, draws the noise and fits the model.

It reads its task from standard input, writes its answer into FOLDER, and ends when the process that began it ends.
"""

from __future__ import annotations

import json
import os
import sys
import threading
import time
import traceback
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from release.nouns.errors import ReleaseError
from release.synth.confine import ANSWER, NO_MEMORY, PLACE, SHARE
from release.synth.domain import PublicField
from release.synth.request import Limits, Request

BROKEN = 1
HEADROOM_MB = 512  # of address space that is set aside and never held


def main(folder: Path) -> int:
    """Does the task; gives the exit code."""
    task = json.load(sys.stdin)
    request = read_back(task["request"])
    _bounded(request.limits)
    try:
        answer = _answer(Path(task["path"]), request, task["salt"], folder)
    except MemoryError:
        return NO_MEMORY
    except Exception as error:  # noqa: BLE001
        told = error.message if isinstance(error, ReleaseError) else ""
        place = traceback.extract_tb(error.__traceback__)[-1]
        (folder / PLACE).write_text(
            told or f"{type(error).__name__} in {Path(place.filename).name}:{place.lineno}", encoding="utf-8"
        )
        return NO_MEMORY if type(error).__name__ in ("OutOfMemoryException", "ArrowMemoryError") else BROKEN
    (folder / ANSWER).write_text(answer, encoding="utf-8")
    return 0


def _answer(path: Path, request: Request, salt: str, folder: Path) -> str:
    from release.synth.encode import encode
    from release.synth.kept import Kept, stored
    from release.synth.measure import Way, measure
    from release.synth.spend import Purse

    def told(share: float) -> None:
        staged = folder / f"{SHARE}.part"
        staged.write_text(f"{share:.3f}", encoding="ascii")
        staged.replace(folder / SHARE)

    coded = encode(path, request, salt=salt)
    purse = Purse(request.nrho, request.per_unit())
    way = Way(request.oneway, request.degree, request.max_size_mb)
    found = measure(request.method, coded, purse, way, told)
    return stored(Kept(found.tables, found.model, tuple(purse.log), os.urandom(32)))


def read_back(given: Mapping[str, Any]) -> Request:
    """The Request that was written as JSON types."""
    fields = tuple(
        PublicField(f["name"], tuple(f["keys"]), tuple(f["edges"]), f["decimals"], f["missing"])
        for f in given["fields"]
    )
    return Request(**{**given, "fields": fields, "limits": Limits(**given["limits"])})


def _bounded(limits: Limits) -> None:
    """The system's own limit behind the watch of the parent, which looks only so often."""
    try:
        import resource
    except ImportError:
        return
    most = (limits.memory_mb + HEADROOM_MB) * 2**20
    resource.setrlimit(resource.RLIMIT_DATA, (most, most))


def _end_with(parent: int) -> None:
    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(0.5)
        os._exit(BROKEN)

    threading.Thread(target=watch, daemon=True, name="watch-parent").start()


if __name__ == "__main__":
    _end_with(os.getppid())
    sys.exit(main(Path(sys.argv[1])))
