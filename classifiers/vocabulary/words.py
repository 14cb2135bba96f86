"""Reads the word lists of this folder: blank-separated words, ``#`` starts a comment line."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from classifiers.errors import ClassifierError

HERE = Path(__file__).parent
Mask = npt.NDArray[np.bool_]


@lru_cache(maxsize=64)
def words(name: str) -> frozenset[str]:
    """The words of ``NAME.txt``; ClassifierError when there is no such list."""
    path = HERE / f"{name}.txt"
    if not path.is_file():
        raise ClassifierError(f"There is no word list {name!r}; add classifiers/vocabulary/{name}.txt.")
    lines = path.read_text(encoding="utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())


@lru_cache(maxsize=64)
def spaced(name: str) -> frozenset[str]:
    """The words of a list whose hyphens stand for blanks, in both spellings."""
    return words(name) | frozenset(word.replace("-", " ") for word in words(name))


@lru_cache(maxsize=64)
def _value_set(name: str) -> pa.Array:
    return pa.array(sorted(words(name)), pa.string())


def among(array: pa.Array, name: str) -> Mask:
    """Which values are words of the list; nulls are not."""
    return np.asarray(pc.is_in(array, value_set=_value_set(name)), dtype=np.bool_)


def squeezed(array: pa.Array) -> pa.Array:
    """Lower case without blanks, hyphens, full stops and the like, as the ``_english`` lists are written."""
    return pc.replace_substring_regex(pc.utf8_lower(array), "[^0-9a-z]", "")


def matches(array: pa.Array, regex: str) -> Mask:
    """Which values contain the RE2 expression; nulls do not."""
    return np.asarray(pc.fill_null(pc.match_substring_regex(array, regex), False), dtype=np.bool_)


def listed(*lines: str) -> tuple[str, ...]:
    """Comma-separated phrases, over as many lines as they need, in order and each once."""
    return tuple(dict.fromkeys(phrase.strip() for line in lines for phrase in line.split(",") if phrase.strip()))
