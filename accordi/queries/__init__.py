"""Reads across models, named for the answer."""
