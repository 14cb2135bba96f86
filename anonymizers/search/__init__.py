"""Which level of every hierarchy: the full-domain generalisation of least loss that satisfies every model asked for.

``solve.solve`` takes a ``problem.Problem`` and returns a proven optimum, the best found in time with the gap that is
left, or why there is none.  It sees distinct quasi-identifier tuples and their counts, never rows; ``collapse`` makes
them.  The search is deterministic: no clock decides anything but when to stop.
"""
