"""MANIFEST.json: every file of a package with its digest, and what they all come from.

What a reader would get wrong: nothing in it is a bare digest of anything that was not released.  The input, the full
plan and the reviewers' files are guessable, so they enter only under the release key or with a keyed salt inside
them; the digest of released rows is public even where the rows are for grantees, and confirms only the whole table.
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from release.nouns.digest import canonical
from release.nouns.errors import Tampered
from release.nouns.openness import Openness
from release.nouns.plan import PolicyRef
from release.publish.audience import Audience

MANIFEST = "MANIFEST.json"
SIGNATURE = "MANIFEST.sig"
MANIFEST_FORMAT = 1
MAX_MANIFEST = 4 << 20
MAX_FILES = 1000
MAX_PATH = 400


@dataclass(frozen=True, slots=True)
class FileEntry:
    """One file: POSIX path below the package, SHA-256, size in bytes, who may see it, media type."""

    path: str
    sha256: str
    bytes: int
    audience: Audience
    media_type: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """``plan`` is the SHA-256 of plan.json; ``sealed`` holds keyed digests (``input``, ``plan``) that only the holder
    of the release key can check; ``previous`` is the SHA-256 of the manifest of the version before, empty for a
    first one; ``created`` is UTC, ISO 8601."""

    name: str
    title: str
    publisher: str
    created: str
    tool: str
    openness: Openness
    policy: PolicyRef
    plan: str
    sealed: Mapping[str, str]
    previous: str
    rows: int
    fields: tuple[str, ...]
    files: tuple[FileEntry, ...]
    notes: tuple[str, ...] = ()
    format: int = MANIFEST_FORMAT

    def to_bytes(self) -> bytes:
        """The canonical bytes that are signed."""
        return canonical(self)

    def file(self, path: str) -> FileEntry:
        """The entry of ``path``; KeyError when there is none."""
        for entry in self.files:
            if entry.path == path:
                return entry
        raise KeyError(path)


def is_plain_path(path: str) -> bool:
    """Whether ``path`` stays below the package on every system: relative, no ``..``, no device, no control sign."""
    if not path or len(path) > MAX_PATH or path != unicodedata.normalize("NFC", path):
        return False
    if any(unicodedata.category(sign) in ("Cc", "Cf", "Cs") or sign in '\\:*?"<>|' for sign in path):
        return False
    return all(part and part[0] not in ". " and part[-1] not in ". " for part in path.split("/"))


def read_manifest(content: bytes) -> Manifest:
    """Parses manifest bytes, whoever wrote them.  Raises Tampered when they are not exactly a canonical manifest."""
    if len(content) > MAX_MANIFEST:
        raise Tampered(f"{MANIFEST} is larger than {MAX_MANIFEST >> 20} MiB.")
    try:
        document = json.loads(content)
    except (ValueError, RecursionError):
        raise Tampered(f"{MANIFEST} is not JSON.") from None
    manifest = _manifest(document)
    try:
        same = manifest.to_bytes() == content
    except UnicodeEncodeError:
        same = False
    if not same:
        raise Tampered(f"{MANIFEST} is not in canonical form: keys are unsorted, repeated, unknown or spaced out.")
    return manifest


def _manifest(document: Any) -> Manifest:
    if _get(document, "format", int) != MANIFEST_FORMAT:
        raise Tampered(f"{MANIFEST} has a format this version does not read.")
    policy = _get(document, "policy", dict)
    files = tuple(_entry(item) for item in _get(document, "files", list))
    paths = [entry.path for entry in files]
    if len(paths) > MAX_FILES or len({path.casefold() for path in paths}) != len(paths):
        raise Tampered(f"{MANIFEST} lists a file twice or more than {MAX_FILES} files.")
    return Manifest(
        name=_get(document, "name", str),
        title=_get(document, "title", str),
        publisher=_get(document, "publisher", str),
        created=_get(document, "created", str),
        tool=_get(document, "tool", str),
        openness=Openness(_one_of(document, "openness", tuple(Openness))),
        policy=PolicyRef(*(_get(policy, key, str) for key in ("id", "version", "digest"))),
        plan=_get(document, "plan", str),
        sealed={key: _get(_get(document, "sealed", dict), key, str) for key in _get(document, "sealed", dict)},
        previous=_get(document, "previous", str),
        rows=_count(document, "rows"),
        fields=_strings(document, "fields"),
        files=files,
        notes=_strings(document, "notes"),
    )


def _entry(item: Any) -> FileEntry:
    path = _get(item, "path", str)
    if not is_plain_path(path) or path in (MANIFEST, SIGNATURE):
        raise Tampered(f"{MANIFEST} lists a path that leaves the package or is no plain path.")
    sha256 = _get(item, "sha256", str)
    if len(sha256) != 64 or set(sha256) - set("0123456789abcdef"):
        raise Tampered(f"{MANIFEST} lists a digest that is not SHA-256 for {path}.")
    audience = Audience(_one_of(item, "audience", tuple(Audience)))
    return FileEntry(path, sha256, _count(item, "bytes"), audience, _get(item, "media_type", str))


def _get(document: Any, key: str, kind: type) -> Any:
    value = document.get(key) if isinstance(document, dict) else None
    if not isinstance(value, kind) or isinstance(value, bool):
        raise Tampered(f"{MANIFEST} has no {key} of the right kind.")
    return value


def _count(document: Any, key: str) -> int:
    value: int = _get(document, key, int)
    if not 0 <= value < 1 << 53:
        raise Tampered(f"{MANIFEST} has a {key} that cannot be a count.")
    return value


def _strings(document: Any, key: str) -> tuple[str, ...]:
    values = _get(document, key, list)
    if not all(isinstance(value, str) for value in values):
        raise Tampered(f"{MANIFEST} has no {key} of the right kind.")
    return tuple(values)


def _one_of(document: Any, key: str, words: tuple[str, ...]) -> str:
    value: str = _get(document, key, str)
    if value not in words:
        raise Tampered(f"{MANIFEST} has a {key} this version does not know.")
    return value
