"""A TOML file read so that every complaint about it can name the line.

``tomllib`` gives values and no positions; ``lines`` finds where each key stands and ``section`` reads typed values and
refuses what nobody asked for.  Job files are read through the same door as packs.
"""
