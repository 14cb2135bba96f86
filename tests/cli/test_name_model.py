"""What a classification says of the name model: which one voted, or that none did."""

from __future__ import annotations

from pathlib import Path

from classifiers.ner.model import version
from release.samples.samples import write
from tests.cli.run import sluice


def test_classify_names_the_model_or_says_that_there_is_none(tmp_path: Path) -> None:
    ran = sluice("classify", write("people", tmp_path, rows=60), "--json", home=tmp_path / "home")
    assert ran.code == 0, ran.err
    told = ran.json()
    assert "ner" in told and told["ner"] == version()
