"""What a written table still gives away: counted from its bytes with DuckDB, one file a measure.

Shares no code with the treatments, the search or the models: a measure that a plan's limit names counts for itself.
A file that measures a privacy model sets ``MEASURE``; ``classes``, ``risk`` and ``uniques`` describe the table as a
whole.  In every measure a missing value is a category of its own.
"""
