"""What does the law say of a field?  Packs as data (TOML) and a pure engine that reads them.

Knows nothing of ``release``, ``classifiers`` or ``anonymizers``.  A pack is one ``.toml`` file in
``policies/packs``, its cases inside it.  No level, threshold or deadline of a law stands in Python.
"""
