"""Risk of a table beyond its own equivalence classes: how many sample uniques are unique in the population, how risky
one record or one household is, which few values single a record out.  Pure functions over class sizes, codes and
weights; nothing here reads a file, and an estimate that does not exist is nan, never 0."""
