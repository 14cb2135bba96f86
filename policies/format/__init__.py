"""What a pack consists of: one file a noun, each with its frozen value and the reader that understands it.

A reader refuses by line what it does not understand, so a value that exists has been understood; references between
nouns (levels, markers, conditions, attributes) are checked when the whole pack stands, in ``whole``.
"""
