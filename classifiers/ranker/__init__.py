"""A small learned ranker behind the rules: letters of names, neighbours and shapes of values, as evidence.

Multinomial logistic regression over hashed features, trained with the score of the rules as an offset, so that it
learns only what the rules do not say.  ``features`` turns a column into numbers, ``learn`` fits, ``refit`` keeps
corrections in a ``memory`` beside the weights and ``recall`` asks it,
``weights`` keeps the result as data, ``evidence`` hands it to the posterior, ``train`` makes the file that ships.
"""
