"""Invitations as iCalendar (RFC 5545, RFC 5546)."""
