"""How is a table made to say less, and how much does it still say?

Knows nothing of ``release``, ``policies`` or ``classifiers``.  A treatment, a hierarchy builder, a privacy
model or a measure is one file, found by discovery, its examples inside it.  ``measures`` shares no code
with ``treatments`` or ``search``: a proof made by the code that made the claim proves nothing.

For notebooks the package itself offers a few functions on pandas DataFrames (``docs/library.md``), found when they are
asked for: importing the package loads nothing.  Every privacy model is one of them by its name, ``k_anonymity(5)``.
"""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import Any

_FACE = {
    "anonymize": "anonymizers.frame.anonymize",
    "Anonymized": "anonymizers.frame.anonymize",
    "measure_risk": "anonymizers.frame.look",
    "draw_frontier": "anonymizers.frame.look",
    "propose_hierarchy": "anonymizers.frame.look",
    "treat": "anonymizers.frame.treat",
    "simulate_attacks": "anonymizers.frame.attack",
    "AnonymizerError": "anonymizers.errors",
}


def __getattr__(name: str) -> Any:
    if name in _FACE:
        return getattr(import_module(_FACE[name]), name)
    if not name.startswith("_") and (Path(__file__).parent / "models" / f"{name}.py").is_file():
        return import_module("anonymizers.frame.models").constructor(name.replace("_", "-"))
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted([*globals(), *_FACE, *import_module("anonymizers.frame.models").names()])
