"""The catalogue for other machines: Atom, DCAT-AP 3 as JSON-LD, and the CKAN actions that harvesters use.

Everything here is what anybody may read: built from published releases as the anonymous public sees them.
"""
