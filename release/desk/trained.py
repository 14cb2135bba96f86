"""The ranker's weights that an examination listens to: those trained here, else those that ship."""

from __future__ import annotations

from typing import TYPE_CHECKING

from release.desk.decided import Told

if TYPE_CHECKING:
    from classifiers.ranker.weights import Weights


def ranker_of(told: Told) -> Weights:
    """The weights.  Raises ClassifierError when the file of trained ones cannot be read."""
    from classifiers.ranker.weights import load, shipped

    return load(told.ranker) if told.ranker is not None else shipped()
