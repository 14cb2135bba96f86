"""A package as one zip: only the files one audience may see, the same bytes every time.

What a reader would get wrong: a zip usually holds clock times and permissions of the machine that made it; here
both are constants, so that two people who zip the same package get the same digest.
"""

from __future__ import annotations

import os
import zipfile
from pathlib import Path

from release.nouns.errors import BadInput
from release.publish.audience import Audience, may_see
from release.publish.manifest import MANIFEST, SIGNATURE, read_manifest

EPOCH = (1980, 1, 1, 0, 0, 0)
CHUNK = 1 << 20
STORED = (".zip", ".xlsx", ".parquet")


def member(name: str) -> zipfile.ZipInfo:
    """A zip entry without a clock or an owner; already compressed formats are stored as they are."""
    info = zipfile.ZipInfo(name, date_time=EPOCH)
    info.compress_type = zipfile.ZIP_STORED if name.endswith(STORED) else zipfile.ZIP_DEFLATED
    info.external_attr = 0o644 << 16
    info.create_system = 3
    return info


def write_zip(package: Path, out: Path, *, audience: Audience) -> Path:
    """Zips the files of ``package`` that ``audience`` may see, manifest and signature included, to ``out``.

    The file appears under its name only when whole.  Raises BadInput when ``out`` exists.
    """
    if out.exists():
        raise BadInput(f"{out.name} exists already.", "Name a file that does not.")
    manifest = read_manifest((package / MANIFEST).read_bytes())
    names = [entry.path for entry in manifest.files if may_see(audience, entry.audience)]
    half = out.with_name(f".{out.name}.half")
    try:
        with zipfile.ZipFile(half, "w") as archive:
            for name in sorted([*names, MANIFEST, SIGNATURE]):
                with (package / name).open("rb") as source, archive.open(member(name), "w", force_zip64=True) as sink:
                    while piece := source.read(CHUNK):
                        sink.write(piece)
        os.replace(half, out)  # noqa: PTH105
    finally:
        half.unlink(missing_ok=True)
    return out
