"""One utility metric a file, each with ``UTILITY``: a definition with its source, bounds and worked examples.

Files here know ``anonymizers.utility`` and nothing of one another.
"""
