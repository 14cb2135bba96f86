"""How is a table made to say less, and how much does it still say?

Knows nothing of ``release``, ``policies`` or ``classifiers``.  A treatment, a hierarchy builder, a privacy
model or a measure is one file, found by discovery, its examples inside it.  ``measures`` shares no code
with ``treatments`` or ``search``: a proof made by the code that made the claim proves nothing.
"""
