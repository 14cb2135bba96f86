"""How far each combination of columns tells the rows of a table apart: measured for all of them, not guessed.

``coded`` reads columns as integers, ``lattice`` rolls them up over every subset, ``keys`` picks what matters.
"""
