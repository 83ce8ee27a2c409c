"""`manage.py demo`: demonstration data, built through the services of every app."""

import time
from importlib import import_module

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from core.models import Installazione


class Command(BaseCommand):
    help = "Costruisce i dati dimostrativi: l'anno 2023 della Provincia di Cremona. Ripeterlo non cambia nulla."

    def handle(self, *args: object, **options: object) -> None:
        if not settings.DATI_DIMOSTRATIVI_AMMESSI:
            raise CommandError("Gli utenti dimostrativi hanno una password nota a tutti: qui non si creano.")
        inizio = time.monotonic()
        Installazione.corrente()
        Installazione.objects.update(dati_dimostrativi=True)
        for percorso in settings.FORNITORI_DEMO:
            import_module(percorso).costruisci(self._passo)
        self._passo(f"Dati dimostrativi pronti in {time.monotonic() - inizio:.0f} secondi.")

    def _passo(self, testo: str) -> None:
        self.stdout.write(testo)
        self.stdout.flush()
