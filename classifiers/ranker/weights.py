"""The weights as data: one gzip file, a line of JSON (classes, scale, notes), then signed bytes, row by row, and then
the memory of corrections where a workspace made one.

No pickle, so that opening somebody's file runs nothing.  The ``digest`` names the weights in every reason they give.
"""

from __future__ import annotations

import gzip
import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path

import numpy as np

from classifiers.errors import ClassifierError
from classifiers.ranker import memory as remembered
from classifiers.ranker.features import BUCKETS
from classifiers.ranker.memory import Memory

FORMAT = "sluice-ranker-1"
LEVELS = 127
LARGEST = 64 << 20  # bytes of a matrix that is read at most

Matrix = np.ndarray[tuple[int, int], np.dtype[np.float32]]


@dataclass(frozen=True, slots=True, eq=False)
class Weights:
    """``matrix`` is (BUCKETS + 1, classes), float32; the last row is the constant.  ``notes`` say whence.

    ``memory`` is what corrections taught beside it; None where nobody corrected anything.
    """

    classes: tuple[str, ...]
    matrix: Matrix
    notes: Mapping[str, str] = field(default_factory=dict)
    memory: Memory | None = None

    @property
    def digest(self) -> str:
        """Twelve hexadecimal digits of SHA-256 over classes, matrix and memory."""
        return _digest(self)


@lru_cache(maxsize=4)
def _digest(weights: Weights) -> str:
    told = hashlib.sha256("\n".join(weights.classes).encode())
    told.update(np.ascontiguousarray(weights.matrix, dtype="<f4").tobytes())
    if weights.memory is not None:
        told.update(remembered.dump(weights.memory))
    return told.hexdigest()[:12]


def empty(classes: tuple[str, ...]) -> Weights:
    """Weights that know nothing."""
    return Weights(classes, np.zeros((BUCKETS + 1, len(classes)), dtype=np.float32))


def widened(weights: Weights, categories: Iterable[str]) -> Weights:
    """The weights with those of ``categories`` that are not among the classes yet; of these they know nothing."""
    more = sorted(set(categories) - set(weights.classes))
    if not more:
        return weights
    blank = np.zeros((BUCKETS + 1, len(more)), dtype=np.float32)
    return replace(weights, classes=(*weights.classes, *more), matrix=np.hstack([weights.matrix, blank]))


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
    if weights.memory is not None:
        head["remembered"] = len(weights.memory.lessons)
    body = np.rint(weights.matrix / steps).astype(np.int8).tobytes()
    body += remembered.dump(weights.memory) if weights.memory is not None else b""
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
    size, kept = (BUCKETS + 1) * len(classes), int(head.get("remembered", 0))
    if len(steps) != len(classes) or len(body) < size or (not kept and len(body) > size):
        raise ClassifierError(f"{path.name} is cut short or damaged; restore it.")
    whole = np.frombuffer(body, dtype=np.int8, count=size)
    matrix = whole.reshape(BUCKETS + 1, len(classes)).astype(np.float32) * steps
    memory = remembered.read(body[size:], kept, len(classes)) if kept else None
    return Weights(classes, matrix, dict(head["notes"]), memory)


NONE = Weights((), np.zeros((BUCKETS + 1, 0), dtype=np.float32))
SHIPPED = Path(__file__).with_name("weights.gz")


@lru_cache(maxsize=1)
def shipped() -> Weights:
    """The weights that ship with this library."""
    return load(SHIPPED)
