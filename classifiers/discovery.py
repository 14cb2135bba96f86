"""Finds every classifier: one file in one of the four folders is all it takes to add one.

The order is that of the category tree, never that of the file system, so that two machines agree.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterable
from functools import lru_cache

from classifiers.category import Tree, tree
from classifiers.classifier import Classifier
from classifiers.errors import ClassifierError

FOLDERS = ("person", "organisation", "thing", "text")


def collect(declared: Iterable[tuple[str, Classifier]], categories: Tree) -> tuple[Classifier, ...]:
    """Order ``(where, classifier)`` pairs by the tree; refuse two of one category and a category nobody knows."""
    chosen: dict[str, tuple[str, Classifier]] = {}
    for where, classifier in declared:
        if classifier.category not in categories:
            raise ClassifierError(
                f"{where}: the category {classifier.category!r} is not in categories.toml; add it there."
            )
        if classifier.category in chosen:
            other = chosen[classifier.category][0]
            raise ClassifierError(f"{where} and {other} both claim {classifier.category!r}; merge them into one file.")
        chosen[classifier.category] = (where, classifier)
    return tuple(chosen[id_][1] for id_ in categories if id_ in chosen)


def _declared() -> Iterable[tuple[str, Classifier]]:
    for folder in FOLDERS:
        package = importlib.import_module(f"classifiers.{folder}")
        for info in pkgutil.iter_modules(package.__path__, prefix=f"classifiers.{folder}."):
            module = importlib.import_module(info.name)
            one = getattr(module, "CLASSIFIER", None)
            many = getattr(module, "CLASSIFIERS", () if one is None else (one,))
            if not many:
                raise ClassifierError(f"{info.name} sets neither CLASSIFIER nor CLASSIFIERS; every file there must.")
            for classifier in many:
                if not isinstance(classifier, Classifier):
                    raise ClassifierError(f"{info.name}: CLASSIFIERS may hold only Classifier values.")
                yield info.name, classifier


@lru_cache(maxsize=1)
def found() -> tuple[Classifier, ...]:
    """Every classifier of this installation, in the order of the category tree."""
    return collect(_declared(), tree())
