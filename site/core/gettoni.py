"""Secrets that stand in an address: kept out of the logs."""

import logging
import re

# The 43 characters of secrets.token_urlsafe(): who holds them needs no account.
GETTONE = re.compile(r"(?<![\w-])[\w-]{43}(?![\w-])", re.ASCII)


class SenzaGettoni(logging.Filter):
    """Writes «…» in the place of a token, whatever logger the line comes from."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg, record.args = GETTONE.sub("…", record.getMessage()), None
        return True
