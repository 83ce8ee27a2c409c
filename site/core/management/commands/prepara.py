"""`manage.py prepara`: everything between the installation and the first page, in one process."""

from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandParser


class Command(BaseCommand):
    help = "Tabelle, sigillo e dati dimostrativi; poi dice dove andare. Ripeterlo non cambia nulla."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("indirizzo", help="L'indirizzo a cui risponderà il sito.")

    def handle(self, *args: Any, indirizzo: str, **options: Any) -> None:
        self.stdout.write("Tabelle…")
        self.stdout.flush()
        call_command("migrate", verbosity=0)
        call_command("crea_sigillo", se_manca=True)
        call_command("demo")
        call_command("utenti_demo", indirizzo)
