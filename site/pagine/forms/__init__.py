"""Forms of editors."""
