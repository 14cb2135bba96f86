"""What values are compared with: word lists as text files, their reader, and the checks that need more than a list.

The lists are facts written down for this project (``regions.csv`` has its own licence note beside it).  They say what a
column looks like, never who anybody is.
"""
