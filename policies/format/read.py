"""From a TOML file to a pack: read, inherit, check that every reference leads somewhere."""

from __future__ import annotations

from pathlib import Path
from typing import NoReturn

from policies.errors import PackError
from policies.format.case import read_cases
from policies.format.category import read_categories, read_impact
from policies.format.condition import read_condition
from policies.format.demand import (
    read_acceptance,
    read_attributes,
    read_models,
    read_obligations,
    read_suppression,
    read_treatments,
)
from policies.format.inherit import inherit
from policies.format.meta import read_meta
from policies.format.opening import read_engine, read_floors, read_release
from policies.format.process import read_process
from policies.format.rule import read_rules
from policies.format.scale import read_scales
from policies.format.whole import check_whole
from policies.pack import Pack
from policies.source.section import Section, read_source


def read_pack(path: Path, shipped: Path, trail: tuple[str, ...] = ()) -> Pack:
    """The pack at ``path`` with all it extends.  Raises PackError by file, line and key."""
    source = read_source(path, PackError)
    root = Section(source, source.data)
    pack = read_alone(root)
    if path.parent == shipped and path.stem != pack.meta.id:
        root.section("meta").fail(f"must be '{path.stem}', the name of the file", "id")
    trail = (*trail, pack.meta.id)
    for id in pack.meta.extends:
        parent = read_pack(_find(root, id, (path.parent, shipped), trail), shipped, trail)
        pack = inherit(root.fail, pack, parent)
    check_whole(root, pack)
    return pack


def _find(root: Section, id: str, folders: tuple[Path, ...], trail: tuple[str, ...]) -> Path:
    if id in trail:
        _refuse(root, f"names '{id}', which extends this pack in turn")
    for folder in folders:
        if (folder / f"{id}.toml").is_file():
            return folder / f"{id}.toml"
    return _refuse(root, f"names the pack '{id}', which is neither beside this file nor shipped")


def _refuse(root: Section, message: str) -> NoReturn:
    root.section("meta").fail(message, "extends")


def read_alone(root: Section) -> Pack:
    """What stands in this one file; unknown keys are refused here."""
    meta = read_meta(root)
    named = root.section("conditions")
    pack = Pack(
        meta=meta,
        engine=read_engine(root),
        scales=read_scales(root),
        categories=read_categories(root),
        impact=read_impact(root),
        attributes=read_attributes(root),
        conditions={name: read_condition(named, name, field=True) for name in named.keys()},  # noqa: SIM118
        rules=tuple(read_rules(root, meta.id).values()),
        release=read_release(root),
        floors=read_floors(root),
        treatments=read_treatments(root, meta.id),
        models=read_models(root),
        acceptance=read_acceptance(root),
        suppression=read_suppression(root),
        obligations=read_obligations(root),
        process=read_process(root),
        lineage=(f"{meta.id} {meta.version}",),
        cases=read_cases(root),
    )
    root.close()
    return pack
