"""Who may do what to which release, and to which application: tables of data and pure decisions.

``releasing`` and ``access`` hold the two state machines, ``guards`` the conditions their rows name,
``transition`` the one function that decides, ``records`` the frozen values the store gives out, and
``document`` prints the same tables as the authorisation matrix and the diagram of ``docs/workflow.md``.
No I/O, no clock: everything a decision rests on comes in as :class:`release.workflow.guards.Facts`.
"""
