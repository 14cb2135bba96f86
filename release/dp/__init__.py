"""Differentially private tables: closed queries, exact bounded statistics in SQL, OpenDP's core noise.

Requesters never hand over SQL, plans or expressions.  A :class:`release.dp.query.Query` is data; its sensitivity is
computed here, checked by OpenDP's own privacy map, charged to the ledger, and only then is noise drawn.
"""
