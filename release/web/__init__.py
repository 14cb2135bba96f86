"""The faces of the desk that speak HTTP: the JSON interface (``api``) and the pages (``pages``) behind one ``shield``.

``app`` puts them together, ``identity`` says who asks, ``problem`` is the only place that knows HTTP codes, ``intake``
and ``send`` move files, ``rate`` counts.  No right is decided here.
"""
