"""Takes jobs from the queue and does each in a process of its own, so that the web never waits and can be killed.

``loop`` claims, watches, renews the lease and cancels; ``child`` is the process that does one job.  Any number of
workers may run; ``python -m release.worker`` is one.
"""
