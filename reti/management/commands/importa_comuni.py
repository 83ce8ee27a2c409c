"""`manage.py importa_comuni [FILE.csv]`: municipalities by ISTAT code."""

from argparse import ArgumentParser
from pathlib import Path

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from reti.services.comuni import COMUNI_CSV, importa_comuni


class Command(BaseCommand):
    help = "Importa o aggiorna i comuni da un CSV; senza file usa i 113 della provincia di Cremona."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, nargs="?", default=COMUNI_CSV, help="file CSV con l'intestazione")

    def handle(self, *args: object, file: Path, **options: object) -> None:
        try:
            conti = importa_comuni(file)
        except ValidationError as errore:
            raise CommandError(" ".join(errore.messages))
        self.stdout.write(f"Comuni: {', '.join(f'{nome} {numero}' for nome, numero in conti.items())}.")
