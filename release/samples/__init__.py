"""Tables to show and to try with: generated registers of people who do not exist, and two small open real tables.

`samples.write` is the door.  Everything generated follows from its seed alone, so two machines make the same bytes.
"""
