"""Fields that say something of a person: who, how to reach, what they are, have, did and suffered.

One file a notion, variants of a notion together.  Whose telephone a column holds is not decided here: the same shapes
stand under ``organisation`` too, and the other columns of the table tell.
"""
