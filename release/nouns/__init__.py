"""Frozen values of the path.  No I/O, no engine, no clock."""
