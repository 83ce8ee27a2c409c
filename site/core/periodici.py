"""Work that returns by itself: reading the mailbox, reminding who hasn't answered.

Settings list callables without arguments (PERIODICI, by dotted path); each returns
how many things it did and may be run again at any time. Nothing that a term
decides depends on them: terms are computed from dates.
"""

import logging

from django.conf import settings
from django.db import close_old_connections
from django.utils.module_loading import import_string

diario = logging.getLogger(__name__)


def esegui() -> dict[str, int | None]:
    """Run every periodic work once: name → things done, None where it failed (the others go on)."""
    esiti: dict[str, int | None] = {}
    for percorso in settings.PERIODICI:
        close_old_connections()
        try:
            esiti[percorso] = import_string(percorso)()
        except Exception:  # noqa: BLE001  one work's fault, whatever it is, must not stop the others; it is logged whole
            diario.exception("Lavoro periodico non riuscito: %s", percorso)
            esiti[percorso] = None
    return esiti
