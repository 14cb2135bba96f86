"""Breakages of this library."""


class PackError(ValueError):
    """A pack is not wholly understood and is refused whole; the text names file, line and key."""


class FactsError(ValueError):
    """The facts handed to the engine cannot be used: an attribute or a value that the pack does not know."""
