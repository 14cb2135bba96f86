"""The job file: what a person decides about one table, in TOML.

``job`` holds the frozen values, ``read`` understands the file (unknown keys are refused by name and line, and every
treatment, model and hierarchy is checked by the plug-in it names), ``tables`` reads its single tables.
"""
