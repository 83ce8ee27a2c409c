"""Editorial content: Wagtail pages, blocks, menu, search; it routes to the domain's records."""
