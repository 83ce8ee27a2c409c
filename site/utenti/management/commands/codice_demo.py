"""`manage.py codice_demo EMAIL`: the current one-time code of a demonstration account."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from utenti.codici import codice_di_adesso
from utenti.models import Utente


class Command(BaseCommand):
    help = "Mostra il codice di adesso di un utente dimostrativo."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email")

    def handle(self, *args: Any, email: str, **options: Any) -> None:
        codice = codice_di_adesso(Utente.objects.filter(email=email.lower()).first())
        if not codice:
            raise CommandError(
                f"Nessun codice per {email}: vale solo per gli utenti dimostrativi, dove i codici si possono mostrare."
            )
        self.stdout.write(codice)
