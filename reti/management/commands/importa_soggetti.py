"""`manage.py importa_soggetti FILE.csv [--dry-run]`: the register from a CSV, with a report line by line."""

from argparse import ArgumentParser
from pathlib import Path

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from reti.services.importazione import RIFIUTATO, importa_soggetti


class Command(BaseCommand):
    help = "Importa i soggetti da un CSV (docs/dati-soggetti.md): le righe buone entrano, le altre sono elencate."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="file CSV con l'intestazione")
        parser.add_argument("--dry-run", action="store_true", help="prova tutto e non scrive nulla")

    def handle(self, *args: object, file: Path, dry_run: bool, **options: object) -> None:
        try:
            resoconto = importa_soggetti(utente=None, contenuto=file.read_bytes(), prova=dry_run)
        except OSError:
            raise CommandError(f"Non riesco a leggere «{file}»: controlla il percorso.")
        except ValidationError as errore:
            raise CommandError(" ".join(errore.messages))
        for riga in resoconto.righe:
            motivo = f": {riga.motivo}" if riga.esito == RIFIUTATO else ""
            self.stdout.write(f"riga {riga.numero}, {riga.nome or 'senza nome'}: {riga.esito}{motivo}")
        self.stdout.write(f"{'Prova, nulla è stato scritto' if dry_run else 'Fatto'}: {resoconto.frase()}.")
