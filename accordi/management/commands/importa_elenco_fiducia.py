"""Fill the folder of trust anchors from the national trusted list."""

from argparse import ArgumentParser
from hashlib import sha256
from pathlib import Path
from typing import Any

from asn1crypto import pem
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from accordi.elenco_fiducia import ElencoIllegibile, certificati_in_vigore

PREFISSO = "elenco-"


class Command(BaseCommand):
    help = "Importa le autorità di firma in vigore dall'elenco di fiducia nazionale (XML, ETSI TS 119 612)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--impronta", required=True, help="SHA-256 del file, pubblicata accanto all'elenco")

    def handle(self, *args: Any, **opzioni: Any) -> None:
        """What the list no longer has goes away; certificates put there by hand stay."""
        xml = opzioni["file"].read_bytes()
        if sha256(xml).hexdigest() != opzioni["impronta"].replace(":", "").lower():
            raise CommandError("L'impronta non è quella del file: scaricalo di nuovo dal sito ufficiale.")
        try:
            certificati = certificati_in_vigore(xml)
        except (ElencoIllegibile, ValueError) as errore:
            raise CommandError(f"Elenco non importato: {errore}")
        if not certificati:
            raise CommandError("Nell'elenco non c'è nessun servizio qualificato in vigore: non cambio niente.")
        cartella: Path = settings.FIDUCIA_CARTELLA
        cartella.mkdir(parents=True, exist_ok=True)
        nuovi = {f"{PREFISSO}{c.sha256.hex()[:32]}.pem": pem.armor("CERTIFICATE", c.dump()) for c in certificati}
        for nome, contenuto in nuovi.items():
            (cartella / nome).write_bytes(contenuto)
        for vecchio in cartella.glob(f"{PREFISSO}*.pem"):
            if vecchio.name not in nuovi:
                vecchio.unlink()
        self.stdout.write(f"Autorità in vigore: {len(nuovi)}.")
