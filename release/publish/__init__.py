"""From a treated, verified table to a signed package, and back from a package to the proof of every claim in it.

``package`` writes and ``check`` re-proves; between them stand ``manifest`` and ``signature`` (what is signed),
``formats`` (the rows in every spelling), ``describe`` (what machines and reviewers read), ``report`` (what people
read), ``proof`` (one file per thing that is re-proved) and ``audience`` (who may see which file).
"""
