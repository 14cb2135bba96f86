"""What people say of a release, as opposed to what was measured of it: title, publisher, licence, purpose."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from release.nouns.errors import BadInput

# SPDX identifiers of the licences that open data is given under, with the IRI of their text.
LICENCES = {
    "CC0-1.0": "https://creativecommons.org/publicdomain/zero/1.0/",
    "CC-BY-4.0": "https://creativecommons.org/licenses/by/4.0/",
    "CC-BY-SA-4.0": "https://creativecommons.org/licenses/by-sa/4.0/",
    "ODbL-1.0": "https://opendatacommons.org/licenses/odbl/1-0/",
    "PDDL-1.0": "https://opendatacommons.org/licenses/pddl/1-0/",
    "ODC-By-1.0": "https://opendatacommons.org/licenses/by/1-0/",
}
MAX_NAME_BYTES = 80


@dataclass(frozen=True, slots=True)
class About:
    """``licence`` is an SPDX identifier, or ``LicenseRef-…`` for a licence of one's own; ``language`` a BCP 47 tag;
    ``apply_url`` where a conditional release is applied for.  Raises BadInput when title or publisher is missing."""

    title: str
    publisher: str
    licence: str
    description: str = ""
    contact: str = ""
    keywords: tuple[str, ...] = ()
    language: str = "zh-CN"
    version: str = "1.0.0"
    apply_url: str = ""
    landing_page: str = ""

    def __post_init__(self) -> None:
        for name in ("title", "publisher"):
            if not getattr(self, name).strip():
                raise BadInput(f"The release has no {name}.", f"Give a {name}.")
        if self.licence not in LICENCES and not re.fullmatch(r"LicenseRef-[A-Za-z0-9.-]+", self.licence):
            raise BadInput(
                "The licence is not one this tool knows.", f"Give one of {', '.join(LICENCES)} or LicenseRef-NAME."
            )

    def licence_iri(self) -> str:
        """Where the licence's text is; a ``urn:`` for a licence of one's own."""
        return LICENCES.get(self.licence, f"urn:licence:{self.licence}")


def file_name(name: str) -> str:
    """``name`` as a file name that is safe on every system and still readable, Chinese included."""
    folded = unicodedata.normalize("NFC", name)
    clean = re.sub(r"[^\w.-]+", "-", folded, flags=re.UNICODE).strip("-._")
    while len(clean.encode()) > MAX_NAME_BYTES:
        clean = clean[:-1]
    return clean.strip("-._") or "data"
