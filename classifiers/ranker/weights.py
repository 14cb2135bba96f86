"""The weights as data: one gzip file, a line of JSON (classes, scale, notes) and then signed bytes, row by row.

No pickle, so that opening somebody's file runs nothing.  The ``digest`` names the weights in every reason they give.
"""

from __future__ import annotations

import gzip
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

import numpy as np

from classifiers.errors import ClassifierError
from classifiers.ranker.features import BUCKETS

FORMAT = "sluice-ranker-1"
LEVELS = 127
LARGEST = 64 << 20  # bytes of a matrix that is read at most

Matrix = np.ndarray[tuple[int, int], np.dtype[np.float32]]


@dataclass(frozen=True, slots=True, eq=False)
class Weights:
    """``matrix`` is (BUCKETS + 1, classes), float32; the last row is the constant.  ``notes`` say whence."""

    classes: tuple[str, ...]
    matrix: Matrix
    notes: Mapping[str, str] = field(default_factory=dict)

    @property
    def digest(self) -> str:
        """Twelve hexadecimal digits of SHA-256 over classes and matrix."""
        told = hashlib.sha256("\n".join(self.classes).encode())
        told.update(np.ascontiguousarray(self.matrix, dtype="<f4").tobytes())
        return told.hexdigest()[:12]


def empty(classes: tuple[str, ...]) -> Weights:
    """Weights that know nothing."""
    return Weights(classes, np.zeros((BUCKETS + 1, len(classes)), dtype=np.float32))


def save(weights: Weights, path: Path) -> None:
    """Write the weights, rounded to 255 steps a class; the same weights give the same bytes."""
    scale = (np.abs(weights.matrix).max(axis=0) / LEVELS).astype(np.float32)
    steps = np.where(scale > 0, scale, np.float32(1.0)).astype(np.float32)
    head = {
        "format": FORMAT,
        "buckets": BUCKETS,
        "classes": list(weights.classes),
        "steps": [float(s) for s in steps],
        "notes": dict(weights.notes),
    }
    body = np.rint(weights.matrix / steps).astype(np.int8).tobytes()
    line = json.dumps(head, ensure_ascii=False, sort_keys=True).encode()
    path.write_bytes(gzip.compress(line + b"\n" + body, compresslevel=9, mtime=0))


def load(path: Path) -> Weights:
    """Read weights; ClassifierError when the file is not one, or was made for other features."""
    try:
        with gzip.open(path, "rb") as file:
            line, body = file.readline(1 << 20), file.read(LARGEST)
        head = json.loads(line)
    except (OSError, EOFError, ValueError) as error:
        raise ClassifierError(f"{path.name} cannot be read as weights of the ranker; train or restore it.") from error
    if not isinstance(head, dict) or head.get("format") != FORMAT or head.get("buckets") != BUCKETS:
        raise ClassifierError(f"{path.name} holds weights of another version of the ranker; train it again.")
    classes, steps = tuple(head["classes"]), np.array(head["steps"], dtype=np.float32)
    whole = np.frombuffer(body, dtype=np.int8)
    if len(steps) != len(classes) or len(whole) != (BUCKETS + 1) * len(classes):
        raise ClassifierError(f"{path.name} is cut short or damaged; restore it.")
    matrix = whole.reshape(BUCKETS + 1, len(classes)).astype(np.float32) * steps
    return Weights(classes, matrix, dict(head["notes"]))


NONE = Weights((), np.zeros((BUCKETS + 1, 0), dtype=np.float32))
SHIPPED = Path(__file__).with_name("weights.gz")


@lru_cache(maxsize=1)
def shipped() -> Weights:
    """The weights that ship with this library."""
    return load(SHIPPED)
