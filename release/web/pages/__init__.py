"""Server-rendered pages in Chinese and English, for public, requester, steward, reviewer and authority.

Pages call use cases of the desk and show what they give; no right is decided here.  They work without JavaScript;
htmx only refreshes the progress of a job.
"""
