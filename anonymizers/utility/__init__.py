"""What a treated table is still good for, measured against the raw one.

``tables`` puts the two side by side as codes, ``metrics`` holds one metric a file (found by discovery), ``learn``
asks whether models trained on the treated table still predict raw rows.  What a reader would get wrong: a generalised
label is not a new value.  It stands for the values below it, evenly; ``*`` stands for the whole domain.
"""
