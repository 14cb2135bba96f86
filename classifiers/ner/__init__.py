"""Names, places and organisations in Chinese by the LAC model, where the extra ``[ner]`` is installed.

Without it nothing here is used and nothing breaks: ``model.version`` is None, and whoever classifies says so.  The
reader is our own; of the package only the model's files are used, and only those whose SHA-256 are listed.
"""
