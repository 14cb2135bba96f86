"""``python -m release.worker``: one worker for the workspace in $SLUICE_HOME (database in $SLUICE_DATABASE, if other).

The database URL comes by the environment because a command line can be read by everyone on the machine.
"""

from __future__ import annotations

import os

from release.desk.opening import Place
from release.vault.workspace import default_home
from release.worker.loop import run

if __name__ == "__main__":
    run(Place(default_home(), os.environ.get("SLUICE_DATABASE", "")))
