"""Bytes and keys: raw uploads encrypted one key each, the workspace's own keys, released packages, scratch space.

``workspace`` is the folder layout, ``sealed`` the encrypted file format, ``objects`` the store of encrypted uploads
whose destruction is a key destroyed, ``keyring`` the keys, ``packages`` the released folders by digest, ``password``
the hashes of what people log in with, and ``disk`` the two ways of writing that survive a crash.
"""
