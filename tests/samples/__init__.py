"""Tests of release/samples."""
