"""A synthesis as it is kept with its charge: the noisy tables, the model fitted to them, what was paid for, a seed.

What a reader would get wrong: the seed is not the noise's.  It decides ties and pairings when rows are made from the
model, after all noise is in, so that the same question gives the same rows again.
"""

from __future__ import annotations

import base64
import json
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from release.synth.fit import Noisy
from release.synth.model import Model
from release.synth.tree import Tree


@dataclass(frozen=True, slots=True)
class Kept:
    """``log`` has one entry a noisy draw: what of, mechanism, scale, ρ."""

    tables: tuple[Noisy, ...]
    model: Model
    log: tuple[Mapping[str, Any], ...]
    seed: bytes


def stored(kept: Kept) -> str:
    """As text; the model's tables as compressed float32."""
    model = kept.model
    return json.dumps(
        {
            "tables": [
                {"clique": m.clique, "sigma": m.sigma, "values": _packed(m.values.astype("<i8"))} for m in kept.tables
            ],
            "sizes": model.sizes,
            "cliques": model.tree.cliques,
            "parents": model.tree.parents,
            "model": [_packed(table.astype("<f4")) for table in model.tables],
            "total": model.total,
            "log": kept.log,
            "seed": kept.seed.hex(),
        },
        separators=(",", ":"),
        allow_nan=False,
    )


def restored(text: str) -> Kept:
    """What ``stored`` kept."""
    kept: Mapping[str, Any] = json.loads(text)
    sizes = tuple(kept["sizes"])
    tree = Tree(tuple(tuple(c) for c in kept["cliques"]), tuple(kept["parents"]))
    tables = tuple(
        Noisy(tuple(m["clique"]), _unpacked(m["values"], "<i8", sizes, m["clique"]), m["sigma"]) for m in kept["tables"]
    )
    made = tuple(_unpacked(t, "<f4", sizes, c) for t, c in zip(kept["model"], tree.cliques, strict=True))
    return Kept(tables, Model(sizes, tree, made, kept["total"]), tuple(kept["log"]), bytes.fromhex(kept["seed"]))


def _packed(table: np.ndarray) -> str:
    return base64.b64encode(zlib.compress(table.tobytes())).decode("ascii")


def _unpacked(text: str, kind: str, sizes: Sequence[int], clique: Sequence[int]) -> np.ndarray:
    numbers = np.frombuffer(zlib.decompress(base64.b64decode(text)), kind).astype(np.float64)
    return numbers.reshape([sizes[f] for f in clique])
