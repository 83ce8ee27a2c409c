"""The roll, the end of a meeting, the minutes (R22, R24 basic)."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.core.exceptions import PermissionDenied

from core.errori import Rifiuto
from core.models import RigaRegistro
from reti.models import Presenza
from reti.queries.impronta_verbale import verbale_integro
from reti.services.presenze import RigaAppello, registra_presenze, segna_svolto
from reti.stati import StatoIncontro
from tests.factories.reti import AdesioneFactory, ConvocazioneFactory, IncontroFactory, SoggettoFactory
from tests.factories.utenti import UtenteFactory
from tests.factories.verbali import verbalizza

pytestmark = pytest.mark.django_db
INIZIO = datetime(2023, 3, 7, 9, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _dopo(orologio):
    with orologio(INIZIO + timedelta(hours=3)):
        yield


@pytest.fixture
def incontro(provincia):
    incontro = IncontroFactory(rete__convocante=provincia, stato=StatoIncontro.CONVOCATO)
    for nome in ("Alfa", "Beta"):
        ConvocazioneFactory(incontro=incontro, adesione__rete=incontro.rete, adesione__soggetto__denominazione=nome)
    return incontro


def righe(incontro, *esiti, **altro):
    convocazioni = incontro.convocazioni.select_related("adesione__soggetto")
    return [RigaAppello(adesione=c.adesione, esito=e, **altro) for c, e in zip(convocazioni, esiti, strict=True)]


def scritte(incontro):
    campi = ("adesione__soggetto__denominazione", "esito", "da_remoto", "arrivo", "uscita")
    return list(incontro.presenze.values_list(*campi))


def test_l_appello_scrive_presenti_assenti_e_orari(incontro, coordinatore):
    """R22: in the room or remote, with arrival and departure; who wasn't there has no times."""
    orari = {"arrivo": time(10, 5), "uscita": time(12, 0), "da_remoto": True}
    assert (
        registra_presenze(
            utente=coordinatore, incontro=incontro, righe=righe(incontro, "presente", "giustificato", **orari)
        )
        == 2
    )
    assert scritte(incontro) == [
        ("Alfa", "presente", True, time(10, 5), time(12, 0)),
        ("Beta", "giustificato", False, None, None),
    ]


def test_ripetere_l_appello_non_cambia_nulla(incontro, coordinatore):
    for attese in (2, 0):
        appello = righe(incontro, "presente", "assente")
        assert registra_presenze(utente=coordinatore, incontro=incontro, righe=appello) == attese
    assert RigaRegistro.objects.filter(azione="incontro.presenze").count() == 1


def test_l_appello_si_corregge_fino_al_verbale(incontro, coordinatore):
    registra_presenze(utente=coordinatore, incontro=incontro, righe=righe(incontro, "presente", "assente"))
    segna_svolto(utente=coordinatore, incontro=incontro)
    assert (
        registra_presenze(utente=coordinatore, incontro=incontro, righe=righe(incontro, "presente", "giustificato"))
        == 1
    )
    verbalizza(coordinatore, incontro)
    with pytest.raises(Rifiuto, match="questo è «verbalizzato»"):
        registra_presenze(utente=coordinatore, incontro=incontro, righe=righe(incontro, "presente", "presente"))


@pytest.mark.parametrize("minuti", [-31, -30])
def test_le_presenze_si_registrano_da_quando_si_apre_la_sala(incontro, coordinatore, orologio, minuti):
    appello = righe(incontro, "presente", "presente")
    with orologio(INIZIO + timedelta(minutes=minuti)):
        if minuti < -30:
            with pytest.raises(Rifiuto, match="non è ancora cominciato"):
                registra_presenze(utente=coordinatore, incontro=incontro, righe=appello)
        else:
            assert registra_presenze(utente=coordinatore, incontro=incontro, righe=appello) == 2


@pytest.mark.parametrize("stato", ["bozza", "rinviato", "annullato", "verbalizzato"])
def test_negli_altri_stati_l_appello_e_chiuso(coordinatore, provincia, stato):
    incontro = IncontroFactory(rete__convocante=provincia, stato=stato)
    with pytest.raises(Rifiuto, match="convocato o svolto"):
        registra_presenze(utente=coordinatore, incontro=incontro, righe=[])


def test_orari_rovesciati_non_scrivono_nulla(incontro, coordinatore):
    appello = righe(incontro, "presente", "presente", arrivo=time(12), uscita=time(10))
    with pytest.raises(Rifiuto, match="Alfa: l'uscita è prima dell'arrivo"):
        registra_presenze(utente=coordinatore, incontro=incontro, righe=appello)
    assert Presenza.objects.count() == 0


def test_chi_non_era_invitato_non_entra_nell_appello(incontro, coordinatore):
    estraneo = AdesioneFactory(rete=incontro.rete, soggetto__denominazione="Estraneo")
    with pytest.raises(Rifiuto, match="Estraneo non è fra gli invitati"):
        registra_presenze(utente=coordinatore, incontro=incontro, righe=[RigaAppello(estraneo, "presente")])


def test_svolto_vuole_l_appello_completo(incontro, coordinatore):
    registra_presenze(utente=coordinatore, incontro=incontro, righe=righe(incontro, "presente", "presente")[:1])
    with pytest.raises(Rifiuto, match=r"Registra prima le presenze di: Beta\."):
        segna_svolto(utente=coordinatore, incontro=incontro)
    registra_presenze(utente=coordinatore, incontro=incontro, righe=righe(incontro, "presente", "assente"))
    assert segna_svolto(utente=coordinatore, incontro=incontro).stato == StatoIncontro.SVOLTO


def test_la_presenza_da_altri_vuole_una_prova(coordinatore, provincia):
    """R26: what counts for D1 has evidence."""
    incontro = IncontroFactory(rete__convocante=SoggettoFactory(), stato=StatoIncontro.CONVOCATO)
    seggio = AdesioneFactory(rete=incontro.rete, soggetto=provincia)
    ConvocazioneFactory(incontro=incontro, adesione=seggio)
    with pytest.raises(Rifiuto, match="Scrivi la prova"):
        registra_presenze(utente=coordinatore, incontro=incontro, righe=[RigaAppello(seggio, "presente")])
    registra_presenze(
        utente=coordinatore, incontro=incontro, righe=[RigaAppello(seggio, "presente", prova="Verbale n. 3")]
    )
    assert Presenza.objects.get().prova == "Verbale n. 3"


def test_il_verbale_si_chiude_con_un_impronta_che_scopre_ogni_modifica(incontro, coordinatore):
    """R24: text, decisions and attendance are locked together."""
    registra_presenze(utente=coordinatore, incontro=incontro, righe=righe(incontro, "presente", "assente"))
    segna_svolto(utente=coordinatore, incontro=incontro)
    decisioni = [{"testo": "Scrivere agli enti", "incaricato": "Alfa", "entro": date(2023, 4, 1)}]
    verbale = verbalizza(coordinatore, incontro, "Si è deciso.", decisioni)
    incontro.refresh_from_db()
    assert incontro.stato == StatoIncontro.VERBALIZZATO
    assert (len(verbale.impronta), verbale_integro(verbale)) == (64, True)
    incontro.decisioni.update(conclusa_il=date(2023, 3, 20))
    assert verbale_integro(verbale)
    incontro.presenze.filter(esito="assente").update(esito="giustificato")
    assert not verbale_integro(verbale)


@pytest.mark.parametrize("ruolo", ["partner", "operatore_cpi", "redattore", "revisore"])
def test_chi_non_coordina_non_registra(incontro, ruolo):
    utente = UtenteFactory(ruolo=ruolo)
    with pytest.raises(PermissionDenied):
        registra_presenze(utente=utente, incontro=incontro, righe=[])
