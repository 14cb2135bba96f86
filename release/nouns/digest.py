"""One spelling for every value that is digested or signed.

Canonical JSON: sorted keys, no white space, UTF-8, no NaN.  Two equal values give the same bytes.
"""

from __future__ import annotations

import dataclasses
import hashlib
import json
from collections.abc import Mapping
from enum import Enum
from pathlib import Path
from typing import Any

CHUNK = 1 << 20


def plain(value: Any) -> Any:
    """``value`` as JSON types: dataclasses become objects, tuples arrays, enums their values."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {f.name: plain(getattr(value, f.name)) for f in dataclasses.fields(value)}
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, Mapping):
        return {str(k): plain(v) for k, v in value.items()}
    if isinstance(value, (list, tuple, set, frozenset)):
        items = [plain(v) for v in value]
        return sorted(items) if isinstance(value, (set, frozenset)) else items
    return value


def canonical(value: Any) -> bytes:
    """The canonical JSON bytes of ``value``.  Raises ValueError on NaN or infinity."""
    text = json.dumps(plain(value), sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)
    return text.encode()


def digest(value: Any) -> str:
    """SHA-256 of the canonical JSON, hexadecimal."""
    return hashlib.sha256(canonical(value)).hexdigest()


def file_digest(path: Path) -> str:
    """SHA-256 of a file's bytes, hexadecimal; reads in pieces of 1 MiB."""
    sha = hashlib.sha256()
    with path.open("rb") as handle:
        while piece := handle.read(CHUNK):
            sha.update(piece)
    return sha.hexdigest()
