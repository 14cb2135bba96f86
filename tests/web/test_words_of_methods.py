"""Every treatment and every kind of hierarchy has a sentence for everybody on a dataset's page."""

from __future__ import annotations

import pytest

from anonymizers.discovery import builders, treatments
from release.web.pages.plainly import GROUPED, TITLED

UNSAID = {"generalize", "redact"}  # told by the kind of hierarchy; told as hidden


@pytest.mark.parametrize("name", sorted({*treatments(), *builders()} - UNSAID))
def test_it_is_told_in_words(name: str) -> None:
    assert name in TITLED or name in GROUPED
