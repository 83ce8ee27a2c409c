"""`manage.py firma_dimostrativa`: sign a PDF outside the platform, as with one's own card, to try the whole way."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from pyhanko.pdf_utils.misc import PdfError

from accordi.dimostrazione.firmatari import FIRMATARI, firma_pdf, p12_di


class Command(BaseCommand):
    help = "Firma un PDF con un certificato dimostrativo e scrive accanto il file da ricaricare nella pagina."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email", choices=sorted(FIRMATARI), help="chi firma")
        parser.add_argument("documento", type=Path, help="il PDF scaricato dalla pagina della firma")

    def handle(self, *args: object, email: str, documento: Path, **options: Any) -> None:
        if settings.FIRMATARI_DIMOSTRATIVI is None:
            raise CommandError("Qui non ci sono firme dimostrative: si usano solo per provare, in locale.")
        if not p12_di(email).exists():
            raise CommandError("I certificati dimostrativi non ci sono ancora: li crea «manage.py demo».")
        try:
            firmato = firma_pdf(email, documento.read_bytes())
        except (OSError, PdfError) as errore:
            raise CommandError(f"Non riesco a firmare {documento}: è il PDF scaricato dalla pagina? ({errore})")
        esito = documento.with_name(f"{documento.stem}-firmato.pdf")
        esito.write_bytes(firmato)
        self.stdout.write(f"Firmato: {esito}. Ricaricalo nella pagina della firma digitale.")
