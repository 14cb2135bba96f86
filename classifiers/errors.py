"""Breakages of this library.  No message holds a cell."""


class ClassifierError(ValueError):
    """A classifier, the category tree or the input table cannot be used; the text says what to do."""
