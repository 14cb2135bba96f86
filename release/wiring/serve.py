"""The service in one command: the web, one worker beside it, and a first account when there is none.

The worker is a process of its own and is started again when it dies; it ends with the service, however that ends.
"""

from __future__ import annotations

import os
import secrets
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from release.desk import people
from release.desk.desk import Desk
from release.desk.opening import WHOLE_ROAD, Place, open_desk
from release.nouns.errors import BadInput
from release.vault.workspace import default_home
from release.workflow.records import Person

FIRST_LOGIN = "admin"
RESTART_SECONDS = 1.0
Say = Callable[[str], None]


def to_stderr(line: str) -> None:
    """Says a line where it does not mix with answers."""
    print(line, file=sys.stderr, flush=True)


def serve(
    host: str = "127.0.0.1",
    port: int = 8000,
    workspace: Path | None = None,
    database_url: str = "",
    *,
    road: str = WHOLE_ROAD,
    before: Callable[[Desk], None] | None = None,
    say: Say = to_stderr,
) -> None:
    """Serves until it is asked to end (Ctrl-C, SIGTERM).

    ``workspace`` is the folder of keys, uploads and packages ($SLUICE_HOME or ~/.sluice when None); an empty
    ``database_url`` is an SQLite file in it.  ``before`` is given the desk before the first request (the demo fills
    it).  Raises BadInput when the port is taken or the workspace cannot be used.
    """
    import uvicorn

    from release.web.app import create_app
    from release.web.pages.include import include_pages

    place = Place(_folder(workspace), database_url, road)
    listening = _listen(host, port)
    desk = open_desk(place)
    if before is not None:
        before(desk)
    first_account(desk, say)
    with worker(place):
        say(f"Sluice 数闸: http://{_shown(host)}:{listening.getsockname()[1]}/  (Ctrl-C ends it)")
        # No access log: addresses are what people searched for.
        config = uvicorn.Config(
            create_app(desk, include_pages), log_level="warning", access_log=False, server_header=False
        )
        uvicorn.Server(config).run(sockets=[listening])
    desk.store.close()


def first_account(desk: Desk, say: Say = to_stderr) -> str:
    """Makes the first authority account of a new service and says its password once; empty when there is one."""
    password = secrets.token_urlsafe(12)
    made = people.first_authority(desk, FIRST_LOGIN, password)
    if not isinstance(made, Person):
        return ""
    say(f"First account: login {FIRST_LOGIN}, password {password} (shown this once; change it after signing in)")
    return password


@contextmanager
def worker(place: Place) -> Iterator[None]:
    """One worker process while the block runs."""
    stopping = threading.Event()
    keeper = threading.Thread(target=_keep_running, args=(place, stopping), name="worker-keeper")
    keeper.start()
    try:
        yield
    finally:
        stopping.set()
        keeper.join()


def _keep_running(place: Place, stopping: threading.Event) -> None:
    environment = {**os.environ, "SLUICE_HOME": str(place.home), "SLUICE_DATABASE": place.database}
    while not stopping.is_set():
        process = subprocess.Popen([sys.executable, "-m", "release.worker", place.road], env=environment)  # noqa: S603
        while process.poll() is None and not stopping.wait(0.2):
            pass
        if process.poll() is None:
            process.terminate()
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
        else:
            stopping.wait(RESTART_SECONDS)


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.socket(family, socket.SOCK_STREAM)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((host, port))
    except (OSError, OverflowError):
        listening.close()
        raise BadInput(f"Nothing can listen on {host}:{port}.", "Choose another --port.") from None
    return listening


def _folder(workspace: Path | None) -> Path:
    folder = (workspace or default_home()).expanduser().absolute()
    if folder.exists() and not folder.is_dir():
        raise BadInput(f"The workspace {folder.name} is a file.", "Name a folder.")
    return folder


def _shown(host: str) -> str:
    return f"[{host}]" if ":" in host else host
