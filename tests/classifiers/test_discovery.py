"""The tree and the finding of classifiers."""

from __future__ import annotations

import pytest

from classifiers.category import ROLES, parse, tree
from classifiers.classifier import Classifier
from classifiers.discovery import collect, found
from classifiers.errors import ClassifierError


def test_the_tree_that_ships() -> None:
    known = tree()
    for id_ in known:
        category = known[id_]
        assert category.role in ROLES
        assert category.zh
        assert category.en
        assert category.parent == id_.rpartition(".")[0]
        assert all(child in known and known[child].parent == id_ for child in category.children)
    assert known.is_under("person.name.staff", "person.name")
    assert known.is_under("person.name", "person.name")
    assert not known.is_under("personal", "person")
    assert not known.is_under("person", "person.name")
    assert known.ancestors("person.name.staff") == ("person.name", "person")
    assert "person.basic.sex" in known.children("person.basic")


def test_a_tree_with_a_hole_is_refused() -> None:
    with pytest.raises(ClassifierError, match=r"a\.b has no parent"):
        parse('["a.b"]\nzh="x"\nen="x"\nrole="sensitive"')
    with pytest.raises(ClassifierError, match="unknown role"):
        parse('["a"]\nzh="x"\nen="x"\nrole="secret"')
    with pytest.raises(ClassifierError, match="exactly"):
        parse('["a"]\nzh="x"\nen="x"')
    with pytest.raises(ClassifierError, match="no category 'nothing'"):
        tree()["nothing"]


def test_two_of_one_category_are_refused() -> None:
    with pytest.raises(ClassifierError, match=r"two and one both claim"):
        collect([("one", Classifier("thing.date")), ("two", Classifier("thing.date"))], tree())


def test_a_category_nobody_knows_is_refused() -> None:
    with pytest.raises(ClassifierError, match=r"one: the category 'thing\.magic'"):
        collect([("one", Classifier("thing.magic"))], tree())


def test_the_order_is_that_of_the_tree() -> None:
    given = [("b", Classifier("thing.date")), ("a", Classifier("person.name"))]
    assert [c.category for c in collect(given, tree())] == ["person.name", "thing.date"]


def test_what_is_found_is_found_once() -> None:
    categories = [c.category for c in found()]
    assert categories
    assert len(set(categories)) == len(categories)
    assert found() is found()
