"""One full pass over a table, and what it leaves behind for judging: counts and a bounded sample."""
