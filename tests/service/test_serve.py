"""The service as people start it: one command, a first account, a worker beside it, the whole real road over HTTP."""

from __future__ import annotations

import csv
import io
import os
import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import pytest

from release.nouns.errors import BadInput
from release.publish.manifest import read_manifest
from release.samples import samples
from release.wiring.serve import serve

ROOT = Path(__file__).parent.parent.parent
SCRIPT = """
import sys
from pathlib import Path
from release.wiring.serve import serve
serve(port=0, workspace=Path(sys.argv[1]))
"""
PASSWORD = "correct horse battery"

pytestmark = pytest.mark.slow


@dataclass
class Served:
    """A service in a process of its own, and what it says."""

    process: subprocess.Popen[str]
    lines: list[str] = field(default_factory=list)

    def found(self, pattern: str, seconds: float = 60.0) -> str:
        ends = time.monotonic() + seconds
        while time.monotonic() < ends:
            for line in self.lines:
                match = re.search(pattern, line)
                if match:
                    return match.group(1)
            assert self.process.poll() is None, self.lines
            time.sleep(0.05)
        raise AssertionError(f"it never said {pattern}: {self.lines}")


def start(home: Path) -> Served:
    process = subprocess.Popen([sys.executable, "-c", SCRIPT, str(home)], cwd=ROOT, stderr=subprocess.PIPE, text=True)
    served = Served(process)
    assert process.stderr is not None
    threading.Thread(target=lambda: served.lines.extend(iter(process.stderr.readline, "")), daemon=True).start()  # type: ignore[union-attr]
    return served


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Served]:
    running = start(tmp_path / "home")
    yield running
    if running.process.poll() is None:
        running.process.kill()
    running.process.wait()


def ok(response: httpx.Response) -> Any:
    assert response.is_success, response.text
    return response.json()


def key(client: httpx.Client, login: str, password: str) -> dict[str, str]:
    token = ok(client.post("/api/v1/session", json={"login": login, "password": password}))["csrf"]
    made = ok(client.post("/api/v1/keys", json={"label": "test"}, headers={"X-CSRF-Token": token}))
    client.cookies.clear()
    return {"Authorization": f"Bearer {made['secret']}"}


def until_done(client: httpx.Client, release: str, headers: dict[str, str], seconds: float = 120.0) -> Any:
    ends = time.monotonic() + seconds
    while time.monotonic() < ends:
        view = ok(client.get(f"/api/v1/releases/{release}", headers=headers))
        if view["jobs"][0]["status"] not in ("queued", "running"):
            assert view["jobs"][0]["status"] == "done", (view["jobs"][0], view["release"]["refusals"])
            return view
        time.sleep(0.2)
    raise AssertionError("the job did not end in time")


def children(pid: int) -> set[int]:
    found = subprocess.run(["ps", "-o", "pid=", "--ppid", str(pid)], capture_output=True, text=True, check=False)
    return {int(word) for word in found.stdout.split()}


def test_one_command_and_the_whole_real_road(served: Served, tmp_path: Path) -> None:
    base = served.found(r"(http://127\.0\.0\.1:\d+)/")
    password = served.found(r"First account: login admin, password (\S+)")
    with httpx.Client(base_url=base, timeout=30) as client:
        admin = key(client, "admin", password)
        for login, roles in (("steward", ["steward"]), ("reviewer", ["reviewer"])):
            person = {"login": login, "password": PASSWORD, "organisation": "health", "roles": roles}
            ok(client.post("/api/v1/accounts", json=person, headers=admin))
        steward, reviewer = key(client, "steward", PASSWORD), key(client, "reviewer", PASSWORD)
        table = samples.write("company", tmp_path, rows=400)
        with table.open("rb") as handle:
            files = {"file": (table.name, handle, "text/csv")}
            made = ok(client.post("/api/v1/datasets", data={"title": "企业登记"}, files=files, headers=steward))
        at = f"/api/v1/releases/{made['id']}"
        view = until_done(client, made["id"], steward)
        assert view["release"]["state"] == "graded" and view["examination"]["dataset"]["rows"] == 400
        ok(client.post(f"{at}/make-plan", json={"openness": "unconditional"}, headers=steward))
        until_done(client, made["id"], steward)
        ok(client.post(f"{at}/start-treatment", headers=steward))
        view = until_done(client, made["id"], steward)
        assert view["release"]["report_passed"]
        ok(client.post(f"{at}/submit", headers=steward))
        ok(client.post(f"{at}/approve", json={"comment": "sound"}, headers=reviewer))
        ok(client.post(f"{at}/publish", headers=steward))
        dataset = ok(client.get(f"/api/v1/datasets/{made['dataset']}"))
        manifest = read_manifest(client.get(f"/api/v1/datasets/{made['dataset']}/files/MANIFEST.json").content)
        assert manifest.title == "企业登记" and manifest.rows == dataset["listing"]["rows"]
        table_url = next(f["url"] for f in dataset["files"] if f["name"].endswith(".csv") and f["fetchable"])
        rows = list(csv.reader(io.StringIO(client.get(table_url).text.removeprefix("\ufeff"))))
        assert len(rows) == manifest.rows + 1
        assert len(ok(client.get(f"/api/v1/datasets/{made['dataset']}/preview"))["rows"]) == 20
        assert client.get("/").status_code == 200
    workers = children(served.process.pid)
    assert workers
    os.kill(served.process.pid, signal.SIGTERM)
    assert served.process.wait(20) in (0, -signal.SIGTERM)
    ends = time.monotonic() + 10
    while any(Path(f"/proc/{pid}").exists() for pid in workers) and time.monotonic() < ends:
        time.sleep(0.1)
    assert not any(Path(f"/proc/{pid}").exists() for pid in workers)
    assert PASSWORD not in "".join(served.lines)


def test_a_killed_worker_is_started_again_and_the_account_is_made_once(served: Served, tmp_path: Path) -> None:
    served.found(r"(http://127\.0\.0\.1:\d+)/")
    ends = time.monotonic() + 30
    while not (first := children(served.process.pid)) and time.monotonic() < ends:
        time.sleep(0.1)
    for pid in first:
        os.kill(pid, signal.SIGKILL)
    while not (children(served.process.pid) - first) and time.monotonic() < ends:
        time.sleep(0.1)
    assert children(served.process.pid) - first
    served.process.kill()
    served.process.wait()
    again = start(tmp_path / "home")
    again.found(r"(http://127\.0\.0\.1:\d+)/")
    assert not any("First account" in line for line in again.lines)
    again.process.terminate()
    again.process.wait(20)


def test_a_taken_port_and_a_file_for_a_workspace(tmp_path: Path) -> None:
    import socket

    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with pytest.raises(BadInput, match="Nothing can listen"):
            serve(port=taken.getsockname()[1], workspace=tmp_path / "home")
    (tmp_path / "file").write_text("x")
    with pytest.raises(BadInput, match="is a file"):
        serve(port=0, workspace=tmp_path / "file")
