"""Kernel with no domain noun: clock, terms, audit trail, outbox, private files, page furniture."""
