"""The path from a raw table to a signed release.

Arrows inside this package point left only:
nouns <- tabular, ingest, steps <- effects (store, vault, publish, ledger) <- desk <- web, cli <- wiring.
``tests/test_architecture.py`` holds the table that says so.
"""
