"""`manage.py periodici`: run the periodic work once (from a timer), or for ever with `--ogni SECONDI`."""

import time
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from core.periodici import esegui


class Command(BaseCommand):
    help = "Legge la casella delle risposte, manda i solleciti: una volta, o di continuo con --ogni."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--ogni", type=int, default=0, metavar="SECONDI", help="ripete con questa pausa")

    def handle(self, *args: Any, ogni: int, **options: Any) -> None:
        while True:
            esiti = esegui()
            if options["verbosity"]:
                for percorso, quanti in esiti.items():
                    self.stdout.write(f"{percorso}: {'non riuscito' if quanti is None else quanti}")
            if not ogni:
                break
            time.sleep(ogni)
        if None in esiti.values():
            raise CommandError("Qualche lavoro periodico non è riuscito: il motivo è nel diario del server.")
