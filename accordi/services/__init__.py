"""Verbs that change something with consequences."""
