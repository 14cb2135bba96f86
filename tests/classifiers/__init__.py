"""The classifiers library, tested on its own."""
