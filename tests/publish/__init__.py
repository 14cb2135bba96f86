"""Tests of the package: written, described, signed, checked."""
