"""Opening a desk from what fits in a message to another process: a database URL, a folder, the name of a road."""

from __future__ import annotations

import importlib
from dataclasses import dataclass, field
from pathlib import Path

from release.desk.desk import Desk, Rules
from release.desk.road import Road
from release.store.engine import open_store, sqlite_url
from release.vault.workspace import open_vault

WHOLE_ROAD = "release.desk.whole:ROAD"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a service lives.  An empty ``database`` is the SQLite file of the workspace; ``road`` is module:name."""

    home: Path
    database: str = ""
    road: str = WHOLE_ROAD
    rules: Rules = field(default_factory=Rules)


def open_desk(place: Place) -> Desk:
    """The desk of this place, its workspace and tables made when they are new."""
    vault = open_vault(place.home)
    store = open_store(place.database or sqlite_url(vault.database))
    return Desk(store, vault, load_road(place.road), rules=place.rules)


def load_road(name: str) -> Road:
    """The road with this name."""
    module, _, member = name.partition(":")
    road: Road = getattr(importlib.import_module(module), member)
    return road
