"""Breakages of this library.  No message holds a cell; rows are counted or numbered."""


class AnonymizerError(ValueError):
    """Parameters, a hierarchy or a table cannot be used; the text says what to do."""
