"""For every test: no network beyond this machine, and a floor under how many tests there are."""

from __future__ import annotations

import ipaddress
import os
import socket
from typing import Any

import pytest
from hypothesis import settings

# In CI the same examples each time, so that a red run is a change's own; elsewhere new ones each time.
settings.register_profile("ci", derandomize=True)
if os.environ.get("CI"):
    settings.load_profile("ci")

# Tests that vanish quietly prove nothing: the floor is raised as the suite grows.
FEWEST = 6000


def pytest_collection_finish(session: pytest.Session) -> None:
    """Refuses a whole run that collected too little, which a broken parametrisation would do in silence."""
    config = session.config
    whole = not config.option.keyword and not config.option.markexpr and config.args == config.getini("testpaths")
    if whole and not hasattr(config, "workerinput") and 0 < len(session.items) < FEWEST:
        pytest.exit(f"only {len(session.items)} tests were collected; {FEWEST} are the least", returncode=3)


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only this machine may be spoken to: a library that phones home fails the test that it does it in."""
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: Any) -> Any:
        if self.family in (socket.AF_INET, socket.AF_INET6):
            host = str(address[0])
            if host != "localhost" and not ipaddress.ip_address(host).is_loopback:
                raise AssertionError(f"a test tried to reach {host}")
        return connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", guarded)
