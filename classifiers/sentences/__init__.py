"""What identifies people inside sentences: looser than what is looked for in cells, because a redaction may be wrong.

A span too many costs a word of a text; a span too few costs a person's name.  So these shapes are used to take things
out of texts and never to say what a column is.  ``find`` puts them together; ``tags`` says what stands in their place.
"""
