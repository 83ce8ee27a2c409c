"""`manage.py utenti_demo URL`: where to go, which demonstration users exist, how to sign in."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from utenti.demo import PASSWORD
from utenti.models import Ruolo, Utente

PARTNER_MOSTRATI = 3


class Command(BaseCommand):
    help = "Dice dove andare e con quali utenti dimostrativi."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("url", nargs="?", default="http://localhost:8000")

    def handle(self, *args: Any, url: str, **options: Any) -> None:
        utenti = Utente.objects.filter(dimostrativo=True, is_active=True)
        if not utenti:
            self.stdout.write(f"Raccordo è su {url}/ ma non ci sono utenti dimostrativi: lancia «manage.py demo».")
            return
        provincia = list(utenti.exclude(ruolo=Ruolo.PARTNER).order_by("pk"))
        partner = list(utenti.filter(ruolo=Ruolo.PARTNER).order_by("pk"))
        self.stdout.write(f"\nRaccordo è pronto: {url}/\n\nUtenti dimostrativi (password: {PASSWORD}):")
        for utente in [*provincia, *partner[:PARTNER_MOSTRATI]]:
            self.stdout.write(f"  {utente.email:<42} {utente.get_ruolo_display()}")
        if len(partner) > PARTNER_MOSTRATI:
            self.stdout.write(f"  … e altri {len(partner) - PARTNER_MOSTRATI} partner")
        self.stdout.write(
            "\nIl secondo fattore: la pagina di accesso mostra il codice di adesso; "
            "oppure «manage.py codice_demo EMAIL».\n"
            f"Il personale della Provincia lavora in {url}/gestione/, i partner in {url}/area/.\n"
        )
        self.stdout.flush()
