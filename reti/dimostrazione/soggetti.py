"""Demonstration actors: public bodies by their real names, everyone else invented.

Fiscal codes are demonstrative (valid check digit, none is really in use by
these bodies); mail domains end in .example.
"""

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from core.orologio import fermo
from reti.models import Rappresentanza, Soggetto
from reti.services.comuni import importa_comuni
from reti.services.importazione import importa_soggetti
from reti.services.rappresentanze import POTERI, nomina_rappresentante
from reti.services.soggetti import designa_titolare
from utenti.demo import utente_dimostrativo
from utenti.models import Utente

SOGGETTI_CSV = Path(__file__).resolve().parents[1] / "data" / "soggetti_dimostrativi.csv"
AVVIO = datetime(2023, 1, 2, 9, 0, tzinfo=ZoneInfo("Europe/Rome"))
DAL = date(2020, 1, 1)
# Public bodies that sign in the demo; every private, third-sector and social body does.
PUBBLICI_CON_LEGALE = (
    "comune-di-cremona",
    "comune-di-crema",
    "azienda-sociale-cremonese",
    "comunita-sociale-cremasca",
    "regione-lombardia",
    "ats-val-padana",
)
NOMI = ("Giulia", "Andrea", "Chiara", "Davide", "Elisa", "Fabio", "Irene", "Matteo", "Nadia", "Stefano", "Teresa")
COGNOMI = ("Barbieri", "Conti", "Donati", "Fontana", "Guerini", "Lodigiani", "Marchi", "Negri", "Poli", "Soldi")


def costruisci(passo: Callable[[str], None]) -> None:
    """Build through the services; repeating changes nothing."""
    with fermo(AVVIO):
        conti = importa_comuni()
        passo(f"Comuni: {sum(conti.values())}.")
        coordinatrice = Utente.objects.get(email="coordinatrice@provincia.example")
        resoconto = importa_soggetti(utente=coordinatrice, contenuto=SOGGETTI_CSV.read_bytes())
        designa_titolare(utente=coordinatrice, soggetto=Soggetto.objects.get(slug="provincia-di-cremona"))
        passo(f"Soggetti: {resoconto.frase()}.")
        passo(f"Rappresentanti: {_provincia() + _legali(coordinatrice)} nuovi.")


def _provincia() -> int:
    """The Province: who signs, and who answers invitations."""
    amministratore = Utente.objects.get(email="amministratore@provincia.example")
    provincia = Soggetto.objects.titolare()
    incarichi = (
        ("dirigente@provincia.example", Rappresentanza.Titolo.DELEGATO, "Decreto di incarico dirigenziale", POTERI),
        ("coordinatrice@provincia.example", Rappresentanza.Titolo.REFERENTE, "", ("puo_rispondere",)),
    )
    return sum(
        _nomina(amministratore, provincia, Utente.objects.get(email=email), titolo, atto, poteri)
        for email, titolo, atto, poteri in incarichi
    )


def _legali(coordinatrice: Utente) -> int:
    """legale@<slug>.example with every power, for the bodies that sign or apply."""
    scelti = Soggetto.objects.exclude(natura=Soggetto.Natura.PUBBLICO) | Soggetto.objects.filter(
        slug__in=PUBBLICI_CON_LEGALE
    )
    nuovi = 0
    for n, soggetto in enumerate(scelti.order_by("slug")):
        persona = utente_dimostrativo(f"legale@{soggetto.slug}.example", NOMI[n % len(NOMI)], COGNOMI[n % len(COGNOMI)])
        atto = "Visura camerale" if soggetto.natura == Soggetto.Natura.PRIVATO else "Atto di nomina"
        nuovi += _nomina(coordinatrice, soggetto, persona, Rappresentanza.Titolo.LEGALE, atto, POTERI)
    return nuovi


def _nomina(
    utente: Utente, soggetto: Soggetto, persona: Utente, titolo: str, atto: str, poteri: tuple[str, ...]
) -> bool:
    if Rappresentanza.objects.filter(utente=persona, soggetto=soggetto, dal=DAL).exists():
        return False
    nomina_rappresentante(
        utente=utente, soggetto=soggetto, persona=persona, titolo=titolo, dal=DAL, atto=atto, poteri=poteri
    )
    return True
