"""`manage.py importa_confini FILE.geojson [--fonte "…"] [--dry-run]`: the ground of the map."""

from argparse import ArgumentParser
from pathlib import Path

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from reti.services.confini import importa_confini


class Command(BaseCommand):
    help = "Importa o aggiorna i confini dei comuni da un GeoJSON di dati aperti (gradi, WGS 84)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="file GeoJSON, un poligono per comune")
        parser.add_argument("--fonte", default="", help="fonte e licenza, scritte sulla mappa: «ISTAT, CC BY 4.0»")
        parser.add_argument("--dry-run", action="store_true", help="prova tutto e non scrive nulla")

    def handle(self, *args: object, file: Path, fonte: str, dry_run: bool, **options: object) -> None:
        try:
            esito = importa_confini(utente=None, contenuto=file.read_bytes(), fonte=fonte, prova=dry_run)
        except OSError:
            raise CommandError(f"Non riesco a leggere «{file}»: controlla il percorso.")
        except ValidationError as errore:
            raise CommandError(" ".join(errore.messages))
        self.stdout.write(f"{'Prova, nulla è stato scritto' if dry_run else 'Confini'}: {esito.frase()}.")
        if esito.sconosciuti:
            self.stdout.write(f"Non sono comuni di questa installazione: {', '.join(esito.sconosciuti)}.")
        if esito.senza_confine:
            self.stdout.write(f"Restano senza confine: {', '.join(esito.senza_confine)}.")
