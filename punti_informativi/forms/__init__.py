"""Shapes of input: filters of the list, what hosts may change, what the Province registers."""
