"""A pack: one guideline, wholly understood, with everything it inherits already inside.

``load`` and ``load_file`` refuse a half-understood pack whole (PackError with file, line and key).  Packs are found
by looking into ``policies/packs``: a new file there is a new pack, and nothing else needs an edit.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import cache, lru_cache
from pathlib import Path

from policies.digest import digest
from policies.errors import PackError
from policies.format.authority import Authority
from policies.format.case import Case
from policies.format.category import Category, Impact
from policies.format.condition import Condition
from policies.format.demand import (
    AcceptanceEntry,
    AttributeEntry,
    ModelEntry,
    Obligation,
    Suppression,
    TreatmentEntry,
)
from policies.format.meta import Meta
from policies.format.opening import Engine, FloorEntry, ReleaseEntry
from policies.format.process import Process
from policies.format.rule import Rule
from policies.format.scale import Scale
from policies.openness import ORDER

PACKS = Path(__file__).parent / "packs"


@dataclass(frozen=True, slots=True, eq=False)
class Pack:
    """Everything the engine reads, inherited parts included; ``lineage`` names the packs it was made of.

    ``engine`` and ``suppression`` are None only in abstract packs, and in a pack that is several at once: ``parts``
    then holds them, and each grades by itself."""

    meta: Meta
    engine: Engine | None
    scales: Mapping[str, Scale]
    categories: Mapping[str, Category]
    impact: Impact
    attributes: Mapping[str, AttributeEntry]
    conditions: Mapping[str, Condition]
    rules: tuple[Rule, ...]
    release: tuple[ReleaseEntry, ...]
    floors: tuple[FloorEntry, ...]
    treatments: tuple[TreatmentEntry, ...]
    models: tuple[ModelEntry, ...]
    acceptance: tuple[AcceptanceEntry, ...]
    suppression: Suppression | None
    obligations: Mapping[str, Obligation]
    process: Process
    lineage: tuple[str, ...]
    cases: tuple[Case, ...]
    parts: tuple[Pack, ...] = ()

    def digest(self) -> str:
        """SHA-256 over everything that decides, inherited parts included; the cases decide nothing and stay out."""
        return _digest(self)

    def in_force(self, on: datetime.date) -> bool:
        """Whether the guideline applies on that day."""
        return self.meta.effective <= on and (self.meta.until is None or on < self.meta.until)

    def outside(self, on: datetime.date) -> str:
        """Why the guideline does not apply on that day, in one sentence; empty when it does."""
        if self.parts:
            return next((why for part in self.parts if (why := part.outside(on))), "")
        if on < self.meta.effective:
            return f"The policy {self.meta.id} is in force from {self.meta.effective}, and not yet on {on}."
        if self.meta.until is not None and on >= self.meta.until:
            return f"The policy {self.meta.id} was in force until {self.meta.until}, and no longer is on {on}."
        return ""

    def entries(self, path: str) -> tuple[Category, ...]:
        """The entries at and above a category path, the longest first."""
        found: list[Category] = []
        while path:
            if path in self.categories:
                found.append(self.categories[path])
            path = path.rpartition(".")[0]
        return tuple(found)

    def opens(self, scale: str, level: str) -> tuple[str, Authority]:
        """The openness that a level allows, the strictest where several entries speak, and where that stands."""
        said = [(e.levels[level], e.authority) for e in self.release if e.scale == scale and level in e.levels]
        return max(said, key=lambda pair: ORDER[pair[0]])


@lru_cache(maxsize=64)
def _digest(pack: Pack) -> str:
    """Worked out once a pack; packs are compared by identity, so the cache is safe."""
    if pack.parts:
        return digest([part.digest() for part in pack.parts])
    return digest({f.name: getattr(pack, f.name) for f in fields(pack) if f.name not in ("cases", "parts")})


def load_file(path: str | Path) -> Pack:
    """The pack in a TOML file.  What it extends is looked for beside it, then among the packs shipped here.

    Raises PackError naming file, line and key of the first thing that is not understood."""
    from policies.format.read import read_pack

    return read_pack(Path(path), PACKS)


@cache
def load(id: str) -> Pack:
    """The shipped pack called ``id``, or several at once (``a+b``).  Raises PackError when there is none, or when what
    is named cannot grade."""
    from policies.compose import PLUS, compose

    if PLUS in id:
        return compose(id.split(PLUS))
    pack = load_shipped(id)
    if pack.meta.profile:
        return compose([id])
    if pack.meta.abstract:
        raise PackError(f"The pack '{id}' only holds what others inherit: choose one of {', '.join(ids())}.")
    return pack


@cache
def load_shipped(id: str) -> Pack:
    """The shipped pack called ``id``, abstract or not.  Raises PackError when there is none."""
    path = PACKS / f"{id}.toml"
    if not path.is_file() or path.parent != PACKS:
        raise PackError(f"There is no policy pack '{id}': choose one of {', '.join(ids())}.")
    return load_file(path)


@cache
def ids() -> tuple[str, ...]:
    """The ids of all packs that can grade, in alphabetical order."""
    return tuple(pack.meta.id for pack in found())


@cache
def profiles() -> tuple[Pack, ...]:
    """Every pack that only adds to others and may be asked for beside them, by id."""
    packs = (load_file(path) for path in sorted(PACKS.glob("*.toml")))
    return tuple(pack for pack in packs if pack.meta.profile)


@cache
def found() -> tuple[Pack, ...]:
    """Every pack in ``policies/packs`` that can grade, by id."""
    packs = (load_file(path) for path in sorted(PACKS.glob("*.toml")))
    return tuple(pack for pack in packs if not pack.meta.abstract)
