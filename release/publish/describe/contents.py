"""What a package holds, as the descriptions of it need to know it: files, columns, words."""

from __future__ import annotations

from dataclasses import dataclass

from release.nouns.openness import Openness
from release.publish.about import About
from release.publish.audience import Audience
from release.publish.formats.rows import Column

CSV = "text/csv"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PARQUET = "application/vnd.apache.parquet"
JSON = "application/json"
JSONLD = "application/ld+json"
HTML = "text/html"
TEXT = "text/plain"


@dataclass(frozen=True, slots=True)
class Written:
    """A file as written below the package: POSIX path, SHA-256, size, who may see it, media type."""

    path: str
    sha256: str
    bytes: int
    audience: Audience
    media_type: str


@dataclass(frozen=True, slots=True)
class Contents:
    """``data`` are the data files, the canonical CSV first; ``created`` is UTC, ISO 8601."""

    name: str
    about: About
    openness: Openness
    created: str
    rows: int
    columns: tuple[Column, ...]
    data: tuple[Written, ...]
    notes: tuple[str, ...]
    provenance: str
