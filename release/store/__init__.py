"""Rows in, frozen values out: people, datasets, releases, applications, labels, jobs and the journal, on SQLite or
PostgreSQL.

``engine`` opens a database, ``work`` is one transaction, ``aggregate`` writes a state row together with its
journal entry (there is no other way to change one), ``journal`` proves the chain, and one module per noun reads
and writes the rest.  SQLAlchemy Core stays in this folder; nothing of it comes out.
"""
