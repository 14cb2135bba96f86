"""``python -m release.worker``: one worker for the workspace in $SLUICE_HOME (database in $SLUICE_DATABASE, if other).

The database URL comes by the environment because a command line can be read by everyone on the machine.
"""

from __future__ import annotations

import os
import sys

from release.desk.opening import WHOLE_ROAD, Place
from release.vault.workspace import default_home
from release.worker.child import end_with
from release.worker.loop import run

if __name__ == "__main__":
    if len(sys.argv) > 1:
        end_with(os.getppid())
    road = sys.argv[1] if len(sys.argv) > 1 else WHOLE_ROAD
    run(Place(default_home(), os.environ.get("SLUICE_DATABASE", ""), road))
