"""What an address may hold and a log may not: personal tokens, and where a person is."""

import logging
import re

# The 43 characters of secrets.token_urlsafe(): who holds them needs no account.
GETTONE = re.compile(r"(?<![\w-])[\w-]{43}(?![\w-])", re.ASCII)
# «Near me» writes the browser's position in the address of the list (R33).
POSIZIONE = re.compile(r"([?&](?:lat|lon)=)[^&\s\"'#]+")


class SenzaGettoni(logging.Filter):
    """Writes «…» in the place of a token or of a coordinate, whatever logger the line comes from."""

    def filter(self, record: logging.LogRecord) -> bool:
        testo = GETTONE.sub("…", record.getMessage())
        record.msg, record.args = POSIZIONE.sub(r"\1…", testo), None
        return True
