"""`manage.py verifica_protocollo`: no number missing in the protocol register."""

from django.core.management.base import BaseCommand, CommandError

from accordi.models import Protocollo
from accordi.queries.protocollo import difetti


class Command(BaseCommand):
    help = "Verifica che nel registro di protocollo non manchi nessun numero."

    def handle(self, *args: object, **options: object) -> None:
        if frasi := difetti():
            raise CommandError("Registro di protocollo non integro: " + " ".join(frasi))
        self.stdout.write(f"Registro di protocollo integro: {Protocollo.objects.count()} registrazioni.")
