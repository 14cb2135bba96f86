"""What is this field?  Categories with evidence, never grades.

Knows nothing of ``release``, ``policies`` or ``anonymizers``.  A classifier is one file in one of the
folders below, found by discovery, its examples inside it.
"""
