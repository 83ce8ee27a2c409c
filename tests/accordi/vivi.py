"""Agreements in force for the tests of their life, made without the long way of signing."""

from datetime import UTC, date, datetime

from accordi.models import Accordo
from accordi.services.accordi import crea_accordo_libero
from core.orologio import fermo
from tests.factories.reti import RappresentanzaFactory

FIRMATO = datetime(2023, 3, 20, 9, 0, tzinfo=UTC)
DAL, SCADE = date(2023, 3, 21), date(2024, 3, 20)


def giorno(anno: int, mese: int, numero: int):
    """The clock held at 10:00 of that day in Rome."""
    return fermo(datetime(anno, mese, numero, 9, 0, tzinfo=UTC))


def in_forza(coordinatore, *soggetti, **campi) -> Accordo:
    """An active agreement of a year, with sixty days of notice, among the Province and the given bodies."""
    with fermo(FIRMATO):
        accordo = crea_accordo_libero(
            utente=coordinatore,
            tipo="collaborazione",
            titolo="Accordo di prova",
            testo="# Oggetto\nUn testo.",
            parti=soggetti,
        )
    base = {
        "stato": "attivo",
        "sottoscritto_il": FIRMATO,
        "efficace_dal": DAL,
        "scade_il": SCADE,
        "preavviso_giorni": 60,
    }
    Accordo.objects.filter(pk=accordo.pk).update(**base | campi)
    accordo.refresh_from_db()
    return accordo


def enti(quanti: int):
    """So many private bodies, each with its legal representative."""
    return [RappresentanzaFactory().soggetto for _n in range(quanti)]
