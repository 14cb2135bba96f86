"""Spoils packages the way somebody would who wants them to pass: digests refreshed, signed again with another key."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from release.publish.manifest import MANIFEST, SIGNATURE
from release.publish.signature import SigningKey, sign

ATTACKER = SigningKey(bytes(range(1, 33)))


def dump(document: Any) -> bytes:
    return json.dumps(document, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def resign(folder: Path, change: Callable[[dict[str, Any]], object] | None = None) -> None:
    """Applies ``change`` to the manifest and signs whatever comes out."""
    manifest = json.loads((folder / MANIFEST).read_bytes())
    if change is not None:
        change(manifest)
    message = dump(manifest)
    (folder / MANIFEST).write_bytes(message)
    (folder / SIGNATURE).write_bytes(sign(message, ATTACKER).to_bytes())


def digests(folder: Path) -> None:
    """Makes the manifest agree with the files as they are now, drops what is gone, and signs."""

    def change(manifest: dict[str, Any]) -> None:
        manifest["files"] = [entry for entry in manifest["files"] if (folder / entry["path"]).exists()]
        for entry in manifest["files"]:
            content = (folder / entry["path"]).read_bytes()
            entry.update(sha256=hashlib.sha256(content).hexdigest(), bytes=len(content))
        manifest["plan"] = next(entry["sha256"] for entry in manifest["files"] if entry["path"] == "plan.json")

    resign(folder, change)


def refresh(folder: Path) -> None:
    """Makes Data Package, DCAT and manifest agree with the data files as they are now, and signs."""
    data = {}
    for path in sorted((folder / "data").iterdir()):
        content = path.read_bytes()
        data[f"data/{path.name}"] = (hashlib.sha256(content).hexdigest(), len(content))
    package = json.loads((folder / "datapackage.json").read_bytes())
    package["resources"] = [resource for resource in package["resources"] if resource["path"] in data]
    for resource in package["resources"]:
        sha, size = data[resource["path"]]
        resource.update(hash=f"sha256:{sha}", bytes=size)
    (folder / "datapackage.json").write_bytes(dump(package))
    dcat = json.loads((folder / "dcat.jsonld").read_bytes())
    dcat["dcat:distribution"] = dcat["dcat:distribution"][: len(data)]
    for item, (sha, size) in zip(dcat["dcat:distribution"], data.values(), strict=True):
        item["spdx:checksum"]["spdx:checksumValue"]["@value"] = sha
        item["dcat:byteSize"]["@value"] = str(size)
    (folder / "dcat.jsonld").write_bytes(dump(dcat))
    digests(folder)


def edit(path: Path, change: Callable[[Any], object]) -> None:
    """Changes a JSON file in place."""
    document = json.loads(path.read_bytes())
    change(document)
    path.write_bytes(dump(document))
