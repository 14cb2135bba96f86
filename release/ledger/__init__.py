"""The privacy ledger: charged before noise, in integers, by conditional updates that cannot overspend.

An account belongs to a lineage (all versions of the data of the same people).  A charge goes RESERVED → STARTED →
COMMITTED; RESERVED may become VOID because the data was not touched yet, STARTED may only become BURNT.
"""
