"""Attacks on a treated table by somebody who knows part of the raw one: what is tried, how often it succeeds, and how
often it would by chance or on people who are not in the table.

Pure functions over Arrow columns: raw × treated → rates with confidence intervals.  A rate without its baseline or
control says nothing, so every attack gives both.  The attackers are simulated with fixed draws: same tables, same
answer.
"""
