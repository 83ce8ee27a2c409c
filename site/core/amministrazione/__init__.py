"""Back office of the kernel: the desk, the outbox, the audit trail."""
