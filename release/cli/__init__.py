"""The command line: one file a command.  Names, options and JSON keys are promises to people outside.

Every command takes ``--json`` (one document on stdout and nothing else there), exits 0 when done, 1 on a Refusal,
2 on bad use or bad input.  Heavy imports stand inside the functions, so that ``sluice --help`` is instant.
"""
