"""The five stages of grading, over mutable working states that never leave this folder.

``state`` is what is known of each field so far, ``truth`` decides conditions in three values, ``effects`` moves
levels and writes the step down.
"""
