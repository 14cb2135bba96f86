"""Privacy models by their published names, one file each: what must hold of every equivalence class.

A file sets ``MODEL``, cites its paper, declares which letters it takes and whether a failing class can only be
split into failing parts.  The search asks it which classes fail; the measures never do, they count for themselves.
"""
