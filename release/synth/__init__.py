"""Synthetic rows: noisy tables of chosen fields, a model fitted to them, and rows made from the model.

Which tables are measured is chosen by OpenDP's noisy maximum, what they hold is noised by OpenDP's Gaussian, and the
charge of each is what OpenDP's own map says.  Everything after that sees noisy tables and public facts only, so it
costs nothing.  The work is done by a process of its own (``confine``) whose memory and time are limited.
"""
