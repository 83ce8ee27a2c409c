"""Minimal valid objects, with traits for states: one module per app."""
