"""Real tables that are not shipped: found by the environment variable SLUICE_DATA, skipped when they are not there."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

ROOT = Path(os.environ.get("SLUICE_DATA", Path(__file__).parent.parent.parent / "shared" / "data"))


def table(name: str) -> Path:
    """The path of a real table (or folder) by its name under the data folder; skips the test when it is absent."""
    path = ROOT / name
    if not path.exists():
        pytest.skip(f"The real table {name} is not here; set SLUICE_DATA to the folder that holds it.")
    return path
