"""The face for notebooks: pandas DataFrames in, DataFrames with the same index out; the engine is the same as a job's.

Cells become text on the way in, as a file would spell them; whole numbers that pandas keeps as floats (because cells
are missing) are whole again.  Reached through the package itself: ``from anonymizers import anonymize, k_anonymity``.
"""
