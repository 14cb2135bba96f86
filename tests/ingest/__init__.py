"""Tests of release/ingest."""
