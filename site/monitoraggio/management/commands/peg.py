"""`manage.py peg CODICE [--json] [--al YYYY-MM-DD]`: the objective sheet for scripts and for a terminal."""

import json
from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from core.errori import Rifiuto
from monitoraggio.models import Obiettivo
from monitoraggio.queries import scheda
from monitoraggio.schede import Scheda
from monitoraggio.services import controlla_data


class Command(BaseCommand):
    help = "Mostra la scheda di un obiettivo; con --json nel formato del file di origine."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("codice", help="per esempio 2023_3504")
        parser.add_argument("--json", action="store_true", help="stampa JSON")
        parser.add_argument("--al", default="", help="la scheda com'era in quel giorno (AAAA-MM-GG)")

    def handle(self, *args: Any, codice: str, al: str, **options: Any) -> None:
        obiettivo = Obiettivo.objects.filter(codice=codice).first()
        if obiettivo is None:
            noti = ", ".join(Obiettivo.objects.values_list("codice", flat=True)) or "nessuno"
            raise CommandError(f"L'obiettivo «{codice}» non esiste. Obiettivi presenti: {noti}.")
        foglio = scheda(obiettivo, self._giorno(obiettivo, al))
        if options["json"]:
            self.stdout.write(json.dumps(foglio.come_dict(), ensure_ascii=False, indent=1))
        else:
            self._tabella(foglio)

    def _giorno(self, obiettivo: Obiettivo, al: str) -> date | None:
        if not al:
            return None
        try:
            giorno = date.fromisoformat(al)
            controlla_data(obiettivo, giorno)
        except Rifiuto as rifiuto:
            raise CommandError(rifiuto.frase)
        except ValueError:
            raise CommandError(f"«{al}» non è una data: scrivila come 2023-12-31.")
        return giorno

    def _tabella(self, foglio: Scheda) -> None:
        self.stdout.write(f"{foglio.obiettivo} (al {foglio.al:%d/%m/%Y})")
        self.stdout.write(f"{'Ind.':6}{'previsto':>9}{'raggiunto':>10}  {'semaforo':20}{'origine':12}{'record':>6}")
        for r in foglio.indicatori:
            self.stdout.write(
                f"{r.indicatore.codice:6}{r.previsto_testo:>9}{r.raggiunto_testo:>10}  "
                f"{r.luce.parola!s:20}{r.origine:12}{r.record:>6}"
            )
        self.stdout.write(f"{'Fase':6}{'inizio':>12}{'fine':>12}  tempi")
        for f in foglio.fasi:
            inizio, fine = (f"{d:%d/%m/%Y}" if d else "-" for d in (f.inizio, f.fine))
            self.stdout.write(f"{f.fase.codice:6}{inizio:>12}{fine:>12}  {f.luce.parola}")
