"""A package re-proved: by its folder, with the raw table where there is one, under a key where one is trusted."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from release.desk.attested import check_card, is_card
from release.desk.path import open_table
from release.nouns.digest import plain
from release.nouns.errors import BadInput
from release.publish.check import check_package
from release.publish.proof.result import CheckResult

KEY_BYTES = 32


def check_folder(folder: Path, *, raw: str | None, key: Path | None, work: Path) -> CheckResult:
    """Every check, in order, up to the first that fails.  Raises BadInput when there is no folder or key to read."""
    if is_card(folder):
        return check_card(folder, trusted_key=trusted(key) if key is not None else None)
    if not folder.is_dir():
        raise BadInput(
            f"{folder.name} is not a folder.",
            "Give the folder of a package (unpack a zip first), or a protected table with its card.",
        )
    table = open_table(raw, work=work) if raw is not None else None
    return check_package(folder, raw=table, trusted_key=trusted(key) if key is not None else None, work=work)


def trusted(path: Path) -> bytes:
    """The 32 bytes of an Ed25519 public key: raw, or base64 as MANIFEST.sig and ``/api/v1/key`` spell it."""
    try:
        content = path.read_bytes()[:4096]
    except OSError:
        raise BadInput(f"{path.name} cannot be read.", "Give a file with an Ed25519 public key.") from None
    if len(content) == KEY_BYTES:
        return content
    try:
        found = base64.b64decode(content.strip(), validate=True)
    except (binascii.Error, ValueError):
        found = b""
    if len(found) != KEY_BYTES:
        raise BadInput(f"{path.name} is not an Ed25519 public key.", "Give its 32 bytes, raw or in base64.")
    return found


def document(result: CheckResult) -> dict[str, Any]:
    """``sluice verify --json``."""
    return {"ok": result.ok, "first_failure": result.first_failure, "checks": plain(result.checks)}


def lines(result: CheckResult) -> Iterator[str]:
    """One line a check, and the verdict."""
    for check in result.checks:
        yield f"  {'✓' if check.ok else '✗'} {check.name:<13} {check.detail}"
    yield "everything holds" if result.ok else f"✗ {result.first_failure}"
