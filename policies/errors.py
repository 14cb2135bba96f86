"""Breakages of this library."""


class PackError(ValueError):
    """A pack is not wholly understood and is refused whole; the text names file, line and key."""
