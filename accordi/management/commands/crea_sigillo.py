"""`manage.py crea_sigillo`: a seal for demonstrations, at settings.SIGILLO_P12."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from accordi.sigillo import crea_sigillo
from core.models import Installazione


class Command(BaseCommand):
    help = "Crea il sigillo elettronico dimostrativo. In produzione si porta il proprio file PKCS#12."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--se-manca", action="store_true", help="non fa nulla quando il sigillo c'è già")

    def handle(self, *args: object, se_manca: bool, **options: Any) -> None:
        percorso = settings.SIGILLO_P12
        if percorso.exists():
            if se_manca:
                return
            raise CommandError(f"C'è già un sigillo in {percorso}: le firme apposte si verificano con quello.")
        if not settings.SIGILLO_PASSWORD:
            raise CommandError("Manca SIGILLO_PASSWORD: scegli una password e mettila nell'ambiente.")
        crea_sigillo(percorso, settings.SIGILLO_PASSWORD, ente=Installazione.corrente().ente)
        self.stdout.write(f"Sigillo dimostrativo creato in {percorso}.")
