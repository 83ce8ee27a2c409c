"""Digital signatures to try with: an authority made on this machine, and a .p12 for who has something to sign.

Only where settings.FIRMATARI_DIMOSTRATIVI names a folder, which the production settings never do: there the
authority isn't known, and what its certificates sign is refused like any stranger's.
"""

from collections.abc import Callable
from io import BytesIO
from pathlib import Path

from django.conf import settings
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import PdfSignatureMetadata, PdfSigner, SimpleSigner
from pyhanko.sign.fields import SigSeedSubFilter
from stdnum.it import codicefiscale

from accordi.autorita import nome, nuova_autorita
from accordi.dimostrazione.accordi import COORDINATRICE
from accordi.sigillo import AL, DAL
from reti.models import Rappresentanza
from reti.services.rappresentanze import registra_rappresentanza
from utenti.models import Utente

PASSWORD = "dimostrazione"  # noqa: S105  printed on purpose: nothing trusts it outside a demonstration
ENTE = "Dimostrazione Raccordo"
RADICE = "autorita.pem"
# Account → its fiscal code without the last letter, which checks the others. Nobody's.
FIRMATARI = {"legale@lavoro-vivo.example": "VVILVR75A01D150", "dirigente@provincia.example": "FRRMRC70B02D150"}


def costruisci(passo: Callable[[str], None]) -> None:
    """Register the fiscal codes, and make the files that are missing."""
    cartella = settings.FIRMATARI_DIMOSTRATIVI
    if cartella is None:
        return
    coordinatrice = Utente.objects.get(email=COORDINATRICE)
    for email in FIRMATARI:
        for poteri in Rappresentanza.objects.filter(utente__email=email, puo_firmare=True, codice_fiscale=""):
            poteri.codice_fiscale = codice_di(email)
            registra_rappresentanza(utente=coordinatrice, rappresentanza=poteri)
    crea_firmatari(cartella)
    passo(f"Firme digitali di prova: {cartella}, password «{PASSWORD}» (docs/firma.md dice come si usano).")


def codice_di(email: str) -> str:
    base = FIRMATARI[email]
    return base + codicefiscale.calc_check_digit(base)


def p12_di(email: str) -> Path:
    """Where that account's .p12 is."""
    return settings.FIRMATARI_DIMOSTRATIVI / f"{email.partition('@')[0]}-{email.partition('@')[2].split('.')[0]}.p12"


def crea_firmatari(cartella: Path) -> None:
    """The authority and a .p12 per person, all at once: its key isn't kept, so that nobody adds to them later."""
    if (cartella / RADICE).exists():
        return
    cartella.mkdir(parents=True, exist_ok=True)
    autorita = nuova_autorita(nome(ENTE, "Autorità di firma dimostrativa"), dal=DAL, al=AL)
    for email in FIRMATARI:
        autorita.rilascia(p12_di(email), PASSWORD, nome(ENTE, f"Prova {email}", f"TINIT-{codice_di(email)}"))
    autorita.scrivi(cartella / RADICE)


def firma_pdf(email: str, documento: bytes) -> bytes:
    """The document with that account's signature (PAdES) in a field of its own, as a program of hers would make it."""
    firmatario = SimpleSigner.load_pkcs12(str(p12_di(email)), passphrase=PASSWORD.encode())
    dati = PdfSignatureMetadata(field_name=p12_di(email).stem, md_algorithm="sha256", subfilter=SigSeedSubFilter.PADES)
    return PdfSigner(dati, firmatario).sign_pdf(IncrementalPdfFileWriter(BytesIO(documento))).getvalue()
