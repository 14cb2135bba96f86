"""One treatment a file, found by discovery: a module here sets ``TREATMENT`` and no other file is touched.

Its examples stand in it and are run by the conformance suite, which also tries every promise it declares on hostile
texts.  Treatments never import each other; what they share (distinct values, numbers, dates, ciphers) stands above.
"""
