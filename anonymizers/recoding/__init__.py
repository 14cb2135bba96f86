"""Recodings, one file each with ``RECODING``: local (peeling the lattice), cell suppression, multidimensional cuts and
microaggregation.  They share the problem and the models with the search, and nothing with each other."""
