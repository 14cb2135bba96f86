"""How much of what identifies people is found in running text: a generated set with gold spans, and its figures."""
