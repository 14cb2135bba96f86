"""One kind of hierarchy a file, found by discovery: a module here sets ``BUILDER`` and no other file is touched.

A builder turns the distinct values of a column into rows (value, level 1, …), leaving out values that it cannot place;
``anonymizers.build`` counts and refuses those.  Its worked examples stand in it and are run by the conformance suite.
``cn_places.csv`` holds the codes (GB/T 2260) and names of China's provinces, cities and counties, from
modood/Administrative-divisions-of-China (WTFPL version 2), with the three codes it lacks added.
The other tables of codes (ICD-10, GB/T 4754, 6565, 3304, 4658) are facts recalled from the standards and kept to what
is certain; each builder says so in its ``source``.
"""
