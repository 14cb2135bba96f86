"""Columns of text: which type every present value parses as, and the one spelling each type is kept in.

Everything here works on Arrow string arrays, whole columns at a time; nothing here reads or writes a file.
"""
