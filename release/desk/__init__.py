"""Use cases: plain functions ``verb(desk, actor, …)``, one transaction each, asking the workflow tables every time.

``desk`` is what they are given; ``people``, ``datasets``, ``grading``, ``planning``, ``review``, ``publication``,
``access``, ``download``, ``catalogue``, ``audit`` and ``jobs`` hold the verbs by noun; ``advance`` is the only way from
one state of a release to the next; ``road`` and ``whole`` lead to the pure path of ``path``; ``upkeep`` is what the
service does for itself, ``opening`` how a process gets its desk.  ``aggregate`` answers with protected tables instead
of microdata.
"""
