"""The descriptions of a package against its manifest: plan, evidence, Data Package, DCAT."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from release.nouns.dataset import FieldType
from release.nouns.errors import Tampered
from release.nouns.plan import Plan
from release.publish.describe.contents import CSV
from release.publish.describe.datapackage import TYPES
from release.publish.describe.dcat import ACCESS, RIGHTS
from release.publish.describe.public_plan import read_plan
from release.publish.formats.delimited import defused_name
from release.publish.formats.rows import Column
from release.publish.manifest import Manifest
from release.publish.proof.files import small_file

MAX_JSON = 64 << 20
TYPE_OF = {word: kind for kind, word in TYPES.items()}


def read_json(folder: Path, path: str) -> dict[str, Any]:
    """A JSON object of the package.  Raises Tampered when it is none."""
    try:
        document = json.loads(small_file(folder / path, MAX_JSON))
    except (ValueError, RecursionError):
        raise Tampered(f"{path} is not JSON.") from None
    if not isinstance(document, dict):
        raise Tampered(f"{path} is not a JSON object.")
    return document


def plan_agrees(folder: Path, path: str, manifest: Manifest) -> Plan:
    """The public plan, once it is the plan of the manifest and releases exactly the manifest's fields."""
    if manifest.file(path).sha256 != manifest.plan:
        raise Tampered(f"{path} is not the plan that MANIFEST.json names.")
    plan = read_plan(small_file(folder / path, MAX_JSON))
    released = tuple(field.field for field in plan.fields if field.method != "drop")
    if (
        plan.digest() != manifest.plan
        or plan.policy != manifest.policy
        or plan.openness is not manifest.openness
        or plan.dataset_name != manifest.name
        or plan.dataset_digest != manifest.sealed.get("input")
    ):
        raise Tampered(f"{path} disagrees with MANIFEST.json about policy, openness, name or input.")
    if released != manifest.fields:
        raise Tampered(f"{path} releases other fields than the package holds.")
    return plan


def columns_of(folder: Path, path: str, manifest: Manifest) -> tuple[Column, ...]:
    """The declared columns, once the Data Package lists exactly the data files with the digests of the manifest."""
    document = read_json(folder, path)
    resources = {str(_get(item, "path")): item for item in _items(document, "resources", path)}
    data = {entry.path: entry for entry in manifest.files if entry.path.startswith("data/")}
    if set(resources) != set(data):
        raise Tampered(f"{path} lists other data files than MANIFEST.json.")
    columns: tuple[Column, ...] = ()
    for name, resource in resources.items():
        if _get(resource, "bytes") != data[name].bytes or _get(resource, "hash") != f"sha256:{data[name].sha256}":
            raise Tampered(f"{path} gives another digest or size for {name} than MANIFEST.json.")
        if data[name].media_type != CSV:
            continue
        found = _columns(resource, path)
        names = tuple(column.name for column in found)
        if name.endswith(".excel.csv"):
            if names != tuple(defused_name(field) for field in manifest.fields):
                raise Tampered(f"{path} declares other fields for {name} than MANIFEST.json.")
        elif names != manifest.fields:
            raise Tampered(f"{path} declares other fields for {name} than MANIFEST.json.")
        else:
            columns = found
    if not columns:
        raise Tampered(f"{path} describes no canonical CSV.")
    return columns


def _columns(resource: Any, path: str) -> tuple[Column, ...]:
    schema = _get(resource, "schema")
    columns = []
    for field in _items(schema, "fields", path):
        kind = TYPE_OF.get(_get(field, "type"))
        if not isinstance(_get(field, "name"), str) or not isinstance(kind, FieldType):
            raise Tampered(f"{path} declares a field without a name or with an unknown type.")
        columns.append(Column(field["name"], kind))
    return tuple(columns)


def dcat_agrees(folder: Path, path: str, manifest: Manifest) -> None:
    """Raises Tampered when the DCAT description gives other access rights, files, sizes or digests."""
    document = read_json(folder, path)
    rights = _get(_get(document, "dct:accessRights"), "@id")
    if rights != ACCESS + RIGHTS[manifest.openness]:
        raise Tampered(f"{path} gives other access rights than MANIFEST.json.")
    told = sorted(
        (
            str(_get(_get(_get(item, "spdx:checksum"), "spdx:checksumValue"), "@value")),
            str(_get(_get(item, "dcat:byteSize"), "@value")),
        )
        for item in _items(document, "dcat:distribution", path)
    )
    held = sorted((entry.sha256, str(entry.bytes)) for entry in manifest.files if entry.path.startswith("data/"))
    if told != held:
        raise Tampered(f"{path} gives other data files than MANIFEST.json.")


def evidence_agrees(folder: Path, path: str, manifest: Manifest, plan: Plan) -> dict[str, Any]:
    """The public evidence, once it judges every limit of the plan, says that all hold, and tells of the same fields."""
    document = read_json(folder, path)
    dataset = _get(document, "dataset")
    if _get(dataset, "rows") != manifest.rows or _get(dataset, "openness") != manifest.openness.value:
        raise Tampered(f"{path} gives another row count or openness than MANIFEST.json.")
    told = [
        (_get(item, "name"), _get(item, "treatment"), _get(item, "role")) for item in _items(document, "fields", path)
    ]
    if told != [(field.field, field.method, field.role) for field in plan.fields]:
        raise Tampered(f"{path} tells of other fields or treatments than the plan.")
    verdicts = _items(document, "verdicts", path)
    judged = {(_get(item, "metric"), _get(item, "op"), _get(item, "limit")) for item in verdicts}
    missing = [limit.metric for limit in plan.limits if (limit.metric, limit.op, limit.value) not in judged]
    if missing:
        raise Tampered(f"{path} does not judge {missing[0]}, which the plan demands.")
    failed = [str(_get(item, "metric")) for item in verdicts if _get(item, "holds") is not True]
    if failed or not verdicts:
        raise Tampered(f"{path} itself says that {failed[0] if failed else 'nothing'} holds not.")
    return document


def reviewer_agrees(folder: Path, path: str, manifest: Manifest, public: Plan) -> Plan:
    """The full plan of the reviewers, once it is the plan the public one was made from."""
    document = read_json(folder, path)
    full = read_plan(json.dumps(document.get("plan")).encode())
    same = ("policy", "dataset_name", "openness", "limits", "search", "obligations", "reasons", "format")
    if any(getattr(full, name) != getattr(public, name) for name in same) or [
        (field.field, field.category, field.role, field.method) for field in full.fields
    ] != [(field.field, field.category, field.role, field.method) for field in public.fields]:
        raise Tampered(f"{path} is another plan than the public one.")
    return full


def _get(document: Any, key: str) -> Any:
    return document.get(key) if isinstance(document, Mapping) else None


def _items(document: Any, key: str, path: str) -> list[Any]:
    items = _get(document, key)
    if not isinstance(items, list):
        raise Tampered(f"{path} has no {key}.")
    return items
