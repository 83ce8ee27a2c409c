"""Texts on their way to a file of another program. A leaf: no database, no setting."""

import re

# Workbooks can't hold them, calendars may not (RFC 5545, 3.1), nobody sees them.
INVISIBILI = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")


def senza_invisibili(testo: str) -> str:
    """`testo` without control characters; tabs and ends of line stay."""
    return INVISIBILI.sub("", testo)
