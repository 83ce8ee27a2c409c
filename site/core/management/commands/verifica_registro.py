"""`manage.py verifica_registro`: walk the audit chain."""

from django.core.management.base import BaseCommand, CommandError

from core.registro import verifica


class Command(BaseCommand):
    help = "Verifica la catena del registro delle operazioni."

    def handle(self, *args: object, **options: object) -> None:
        numero, difetto = verifica()
        if difetto:
            raise CommandError(f"Registro non integro: {difetto}.")
        self.stdout.write(f"Registro integro: {numero} righe verificate.")
