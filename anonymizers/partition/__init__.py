"""What recodings are made of: classes of units judged by the models, and ways to part or gather units.

``judged`` asks the models about any grouping of units, ``nearest`` gathers points into groups of least size,
``medians`` cuts them apart, ``spread`` prices what a group of values says less than its members."""
