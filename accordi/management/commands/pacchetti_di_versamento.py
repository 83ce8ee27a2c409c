"""`manage.py pacchetti_di_versamento CARTELLA`: what the preservation system still has to receive, one zip each."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from accordi.queries.conservazione import da_versare, pacchetto


class Command(BaseCommand):
    help = "Scrive in CARTELLA il pacchetto di versamento di ogni accordo firmato e non ancora versato."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("cartella", type=Path)

    def handle(self, *args: object, cartella: Path, **options: Any) -> None:
        if not cartella.is_dir():
            raise CommandError(f"La cartella {cartella} non c'è: creala e riprova.")
        accordi = da_versare().select_related("protocollo")
        for accordo in accordi:
            percorso = cartella / f"versamento-{accordo.codice_verifica}.zip"
            percorso.write_bytes(pacchetto(accordo))
            self.stdout.write(f"{percorso}: {accordo.titolo}")
        self.stdout.write(f"Pacchetti scritti: {len(accordi)}. Registra ogni versamento sulla pagina del suo accordo.")
