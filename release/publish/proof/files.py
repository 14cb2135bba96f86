"""The files of a package against its manifest, and the manifest against its signature.

What a reader would get wrong: the package may be hostile.  So nothing is followed that is a link, nothing is read
beyond the size the manifest gives, and nothing is parsed before its digest and the signature hold.
"""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Iterator
from pathlib import Path

from release.nouns.errors import Tampered
from release.publish.audience import Audience
from release.publish.manifest import MANIFEST, MAX_MANIFEST, SIGNATURE, FileEntry, Manifest, read_manifest
from release.publish.signature import MAX_SIGNATURE_FILE, Signature, holds, key_id, read_signature

CHUNK = 1 << 20
MAX_DEPTH = 8


def small_file(path: Path, limit: int) -> bytes:
    """The bytes of a regular file of at most ``limit`` bytes.  Raises Tampered otherwise."""
    try:
        status = path.lstat()
        if not stat.S_ISREG(status.st_mode):
            raise Tampered(f"{path.name} is not a plain file.")
        if status.st_size > limit:
            raise Tampered(f"{path.name} is larger than it can be.")
        return path.read_bytes()
    except OSError as error:
        raise Tampered(f"{path.name} is missing or cannot be read ({type(error).__name__}).") from None


def signed_manifest(folder: Path, trusted_key: bytes | None) -> tuple[Manifest, Signature]:
    """The manifest, once its signature holds.  Raises Tampered when it does not, or is not by ``trusted_key``."""
    if folder.is_symlink() or not folder.is_dir():
        raise Tampered(f"{folder.name} is not a folder.")
    message = small_file(folder / MANIFEST, MAX_MANIFEST)
    signature = read_signature(small_file(folder / SIGNATURE, MAX_SIGNATURE_FILE))
    if trusted_key is not None and signature.public_key != trusted_key:
        raise Tampered(
            f"{SIGNATURE} is by key {signature.key_id()}, not by the key that is trusted, {key_id(trusted_key)}."
        )
    if not holds(message, signature):
        raise Tampered(f"{MANIFEST} is not what was signed: the signature does not fit it.")
    return read_manifest(message), signature


def present(folder: Path, manifest: Manifest) -> tuple[FileEntry, ...]:
    """The listed files that are there, after proving that they are whole and that nothing else lies beside them.

    A copy may lack every file of the stricter audiences (that is what a download is), never a part of an audience.
    Raises Tampered for the first file that is off, in the order of the manifest.
    """
    found = set(_walk(folder))
    listed = {entry.path for entry in manifest.files}
    extra = sorted(found - listed - {MANIFEST, SIGNATURE})
    absent = {
        audience
        for audience in (Audience.GRANTEE, Audience.REVIEWER)
        if not any(entry.path in found for entry in manifest.files if entry.audience is audience)
    }
    here = tuple(entry for entry in manifest.files if entry.path in found or entry.audience not in absent)
    for entry in here:
        if entry.path not in found:
            raise Tampered(f"{entry.path} is listed in {MANIFEST} and missing.")
        _prove(folder / entry.path, entry)
    if extra:
        raise Tampered(f"{_printable(extra[0])} is in the package but not listed in {MANIFEST}.")
    return here


def _walk(folder: Path, prefix: str = "", depth: int = 0) -> Iterator[str]:
    """Every file below ``folder`` as a POSIX path.  Raises Tampered on a link, a device or a folder too deep."""
    with os.scandir(folder) as entries:
        for entry in sorted(entries, key=lambda entry: entry.name):
            path = f"{prefix}{entry.name}"
            if entry.is_symlink():
                raise Tampered(f"{_printable(path)} is a link: a package holds only plain files.")
            if entry.is_dir(follow_symlinks=False):
                if depth >= MAX_DEPTH:
                    raise Tampered(f"{_printable(path)} lies deeper than a package goes.")
                yield from _walk(Path(entry.path), f"{path}/", depth + 1)
            elif entry.is_file(follow_symlinks=False):
                yield path
            else:
                raise Tampered(f"{_printable(path)} is not a plain file.")


def _prove(path: Path, entry: FileEntry) -> None:
    size = path.lstat().st_size
    if size != entry.bytes:
        raise Tampered(f"{entry.path} has {size:,} bytes, and {MANIFEST} says {entry.bytes:,}.")
    sha = hashlib.sha256()
    with path.open("rb") as handle:
        while piece := handle.read(CHUNK):
            sha.update(piece)
    if sha.hexdigest() != entry.sha256:
        raise Tampered(f"{entry.path} is not the file that was signed: its bytes have changed.")


def _printable(path: str) -> str:
    """A name nobody vouches for, fit to be shown."""
    return "".join(sign if sign.isprintable() else sign.encode("unicode_escape").decode() for sign in path)[:120]
