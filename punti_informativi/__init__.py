"""Information points: where a citizen finds help, when it is open, who verified it."""
