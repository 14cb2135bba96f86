"""Statistical disclosure control of frequency and magnitude tables: tabulation over code trees, primary rules,
optimal and heuristic cell suppression with an independent audit, controlled rounding, cell keys, small counts."""
