"""Demonstration data, one module per subject."""
