"""Tag texts with the LAC model: which characters are a person, a place, an organisation.

What a reader would get wrong: the model does not look at the length it is told, so texts must never be padded.  Texts
of exactly the same length are read together, and the answer is the same as for each by itself.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from classifiers.ner.model import UNKNOWN_WORD, Model, model

PERSON, PLACE, ORGANISATION = "PER", "LOC", "ORG"
ENTITIES = frozenset({PERSON, PLACE, ORGANISATION})
CHARACTERS = 16_384  # in one call of the model
LONGEST = 256  # characters that are read together; the model was trained on sentences
SENTENCE = re.compile("[。！？!?；;\n]+")


@dataclass(frozen=True, slots=True)
class Entity:
    """``text[start:end]`` is a ``kind``: PER, LOC or ORG."""

    start: int
    end: int
    kind: str


def entities(texts: Sequence[str]) -> list[list[Entity]] | None:
    """The entities of every text, from left to right; None where the extra [ner] is not installed.

    Raises ClassifierError when a file of the model is not the pinned one."""
    loaded = model()
    return None if loaded is None else read(loaded, texts)


def read(loaded: Model, texts: Sequence[str]) -> list[list[Entity]]:
    """The entities of every text by a model that is there.  Long texts are read sentence by sentence."""
    pieces = [(place, start, piece) for place, text in enumerate(texts) for start, piece in _sentences(text)]
    distinct = list(dict.fromkeys(piece for _, _, piece in pieces))
    known = dict(zip(distinct, _tagged(loaded, distinct), strict=True))
    found: list[list[Entity]] = [[] for _ in texts]
    for place, start, piece in pieces:
        found[place] += [Entity(start + one.start, start + one.end, one.kind) for one in known[piece]]
    return found


def _sentences(text: str) -> list[tuple[int, str]]:
    """Pieces with where they begin, none longer than ``LONGEST``."""
    cuts = [0]
    for match in SENTENCE.finditer(text):
        cuts.append(match.end())
    cuts.append(len(text))
    pieces = []
    for start, end in pairwise(cuts):
        pieces += [(at, text[at : min(at + LONGEST, end)]) for at in range(start, end, LONGEST)]
    return pieces


def _tagged(loaded: Model, texts: Sequence[str]) -> list[list[Entity]]:
    by_length: dict[int, list[int]] = defaultdict(list)
    for place, text in enumerate(texts):
        if text:
            by_length[len(text)].append(place)
    found: list[list[Entity]] = [[] for _ in texts]
    for length, places in by_length.items():
        step = max(1, CHARACTERS // length)
        for start in range(0, len(places), step):
            part = places[start : start + step]
            for place, path in zip(part, _paths(loaded, [texts[p] for p in part], length), strict=True):
                found[place] = _entities(path, loaded.tags)
    return found


def _paths(loaded: Model, texts: Sequence[str], length: int) -> npt.NDArray[np.intp]:
    """The best row of tags for every text, all of one ``length``; shape (texts, length)."""
    other = loaded.numbers.get(UNKNOWN_WORD, 0)
    numbers = [[loaded.numbers.get(loaded.plain.get(c, c), other) for c in text] for text in texts]
    ids = np.asarray(numbers, np.int64)
    lengths = np.full(len(texts), length, np.int64)
    emissions = loaded.session.run(None, {"token_ids": ids, "length": lengths})[0]
    return viterbi(np.asarray(emissions), loaded.transitions)


def viterbi(emissions: npt.NDArray[np.float32], transitions: npt.NDArray[np.float32]) -> npt.NDArray[np.intp]:
    """The best paths (Viterbi, 1967) through ``emissions`` (texts, length, tags); shape (texts, length)."""
    texts, length, _ = emissions.shape
    score = emissions[:, 0]
    back: list[npt.NDArray[np.intp]] = []
    for place in range(1, length):
        step = score[:, :, None] + transitions
        back.append(step.argmax(axis=1))
        score = step.max(axis=1) + emissions[:, place]
    path = np.empty((texts, length), np.intp)
    path[:, -1] = score.argmax(axis=1)
    rows = np.arange(texts)
    for place in range(length - 1, 0, -1):
        path[:, place - 1] = back[place - 1][rows, path[:, place]]
    return path


def _entities(path: npt.NDArray[np.intp], tags: Sequence[str]) -> list[Entity]:
    """Runs of one word: a tag that ends in -I goes on with whatever stands before it, as LAC itself decodes."""
    found: list[Entity] = []
    names = [tags[number] for number in path]
    start = 0
    for place in range(1, len(names) + 1):
        if place == len(names) or not names[place].endswith("-I"):
            kind = names[start].rpartition("-")[0] or names[start]
            if kind in ENTITIES:
                found.append(Entity(start, place, kind))
            start = place
    return found
