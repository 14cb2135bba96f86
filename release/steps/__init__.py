"""Steps on tables: profile, classify, grade, plan, treat, verify, and what each is made of.

A step takes values and paths and gives values; it knows nothing of users, databases or the service.  Those of ``treat``
are ``fitting`` (does the plan fit the table), ``reading``, ``coding`` and ``collapse`` (values to codes to tuples),
``search``, ``recode`` and ``shuffle``; what ``verify`` runs measures the written bytes and imports none of them.
"""
