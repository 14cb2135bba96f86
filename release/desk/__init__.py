"""Use cases: plain functions ``verb(desk, actor, …)``, one transaction each, asking the workflow tables every time.

``desk`` is what they are given; ``people``, ``datasets``, ``grading``, ``planning``, ``review``, ``publication``,
``access``, ``download``, ``catalogue``, ``audit`` and ``jobs`` hold the verbs by noun; ``advance`` is the only way from
one state of a release to the next.  ``labels``, ``dissents`` and ``history`` are what people say of fields, ``decided``
and ``proof`` how it is laid over what was found, ``weights`` what the ranker learned from it; ``gradings`` follows a
pack that changed, ``lineage`` says what is out already.  ``road`` and ``whole`` lead to the pure path of ``path``;
``upkeep`` is what the service does for itself, ``opening`` how a process gets its desk, ``terminal`` what the command
line does with labels.  ``aggregate`` answers with protected tables instead of microdata.
"""
