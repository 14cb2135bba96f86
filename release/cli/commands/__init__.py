"""One file a command; each sets ``register(app)``.  Heavy imports stand inside the functions."""
