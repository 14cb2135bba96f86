"""Tests of release/tabular."""
