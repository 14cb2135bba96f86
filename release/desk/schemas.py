"""The fingerprint of a table's schema: which fields it has and what their values parse as, in any order."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from typing import Any

from release.nouns.dataset import Dataset
from release.nouns.digest import digest


def fingerprint(fields: Iterable[tuple[str, str]]) -> str:
    """SHA-256 over the sorted (name, type) pairs.  The name of the table and its rows say nothing here."""
    return digest(sorted([unicodedata.normalize("NFC", name), type_] for name, type_ in fields))


def schema_of(dataset: Dataset) -> str:
    """The fingerprint of an ingested table."""
    return fingerprint((field.name, field.type.value) for field in dataset.fields)


def schema_of_document(examination: Mapping[str, Any]) -> str:
    """The fingerprint of a stored examination."""
    return fingerprint((f["name"], str(f.get("type", ""))) for f in examination["dataset"]["fields"])
