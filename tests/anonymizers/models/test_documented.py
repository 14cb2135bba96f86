"""The page on privacy models names every model, every parameter and every metric there is."""

from __future__ import annotations

from pathlib import Path

import pytest

from anonymizers.model import Model
from anonymizers.model_discovery import models
from anonymizers.search.problem import AGGREGATES, METRICS

PAGE = Path(__file__).parents[3] / "docs" / "privacy-models.md"


@pytest.mark.parametrize("made", models().values(), ids=lambda made: made.name)
def test_a_model_is_documented_with_its_parameters(made: Model) -> None:
    line = next(line for line in PAGE.read_text(encoding="utf-8").splitlines() if line.startswith(f"| `{made.name}` "))
    assert made.source in line
    for param in made.spec.params:
        assert f"`{param.name}" in line and param.meaning in line


@pytest.mark.parametrize("name", [*METRICS, *AGGREGATES])
def test_a_metric_is_documented(name: str) -> None:
    assert f"`{name}`" in PAGE.read_text(encoding="utf-8")
