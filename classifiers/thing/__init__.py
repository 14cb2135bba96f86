"""Fields of everything else: records, places, times, quantities, kinds and links.

They keep business data from being taken for people's; a column that fits nothing here and nothing elsewhere is unknown,
which is never the lowest grade.
"""
