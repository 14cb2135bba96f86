"""The anonymity search and its measures: how fast, against whom, and which of ARX's answers they reproduce."""
