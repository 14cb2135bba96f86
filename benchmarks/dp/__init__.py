"""Differential privacy measured: speed and error side by side."""
