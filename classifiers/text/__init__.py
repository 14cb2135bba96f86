"""Running text: what people wrote freely (and may name anybody in), and what describes a thing or a rule."""
