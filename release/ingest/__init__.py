"""Bytes or a database table in, one columnar table of text out; what cannot be read safely is refused in a sentence.

`read.ingest` is the door.  One reader a kind of input; what kind it is, the bytes say, never the file's name.
"""
