"""Minutes at the same instant: both texts kept, one approval (R24)."""

from datetime import UTC, datetime, timedelta

import pytest

from core.orologio import fermo
from core.registro import verifica
from reti.models import Verbale
from reti.services.approvazione import matura_verbali
from reti.services.verbali import Scritto, VersioneSuperata, salva_verbale
from tests.contemporanei import insieme
from tests.factories.reti import AdesioneFactory, ConvocazioneFactory, IncontroFactory, PresenzaFactory, SoggettoFactory
from tests.factories.utenti import UtenteFactory
from tests.factories.verbali import invia, redigi

ADESSO = datetime(2023, 3, 8, 9, 0, tzinfo=UTC)


def riunione():
    incontro = IncontroFactory(rete__convocante=SoggettoFactory(provincia=True), svolto=True)
    seggio = AdesioneFactory(rete=incontro.rete)
    ConvocazioneFactory(incontro=incontro, adesione=seggio)
    PresenzaFactory(incontro=incontro, adesione=seggio)
    return incontro


def salva(utente, incontro, versione, testo):
    return salva_verbale(utente=utente, incontro=incontro, scritto=Scritto(versione, testo))


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("versione", [0, 1])
def test_due_che_salvano_insieme_uno_passa_e_tutti_e_due_i_testi_restano(versione):
    """The first version as any later one."""
    incontro = riunione()
    una, due = UtenteFactory(ruolo="coordinatore"), UtenteFactory(ruolo="coordinatore")
    if versione:
        redigi(una, incontro, "Prima.")
    esiti = insieme(
        lambda: salva(una, incontro, versione, "Di una."), lambda: salva(due, incontro, versione, "Di due.")
    )
    assert {type(e) for e in esiti} == {Verbale, VersioneSuperata}
    verbale = Verbale.objects.get()
    salvata, respinta = (verbale.versioni.filter(respinta=r).last().testo for r in (False, True))
    assert {salvata, respinta} == {"Di una.", "Di due."}
    assert (verbale.testo, verbale.versione) == (salvata, versione + 1)
    assert verifica()[1] == ""


@pytest.mark.django_db(transaction=True)
def test_due_che_guardano_insieme_approvano_una_volta_sola():
    incontro = riunione()
    with fermo(ADESSO):
        invia(UtenteFactory(ruolo="coordinatore"), incontro)

    def guarda():
        with fermo(ADESSO + timedelta(days=30)):
            return matura_verbali()

    assert sorted(insieme(guarda, guarda)) == [0, 1]
    verbale = Verbale.objects.get()
    assert (verbale.stato, f"{verbale.approvato_il}") == ("approvato", "2023-03-19")
