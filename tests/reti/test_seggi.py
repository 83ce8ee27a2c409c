"""Seats through their service: added, changed, ended; the committee keeps its members of law (R27)."""

from datetime import UTC, date, datetime

import pytest
from django.core.exceptions import PermissionDenied

from core.errori import Rifiuto
from core.models import RigaRegistro
from reti.models import Adesione, Rete
from reti.services.reti import costituisci_rete, modifica_rete
from reti.services.seggi import salva_seggio
from tests.contemporanei import insieme
from tests.factories.reti import AdesioneFactory, ReteFactory, SoggettoFactory
from tests.factories.utenti import UtenteFactory

pytestmark = pytest.mark.django_db
OGGI = datetime(2023, 4, 20, 9, 0, tzinfo=UTC)
IERI, DOMANI = date(2023, 4, 19), date(2023, 4, 21)
TRE_QUALIFICHE = list(Adesione.Qualifica)


@pytest.fixture(autouse=True)
def _aprile(orologio):
    with orologio(OGGI):
        yield


@pytest.fixture
def seggio(provincia):
    return AdesioneFactory(rete__convocante=provincia, soggetto__denominazione="Alfa")


@pytest.fixture
def comitato(provincia, coordinatore):
    rete = ReteFactory(tipo=Rete.Tipo.COMITATO_TECNICO, convocante=provincia, nome="Comitato")
    for qualifica in TRE_QUALIFICHE:
        AdesioneFactory(rete=rete, qualifica=qualifica)
    return costituisci_rete(utente=coordinatore, rete=rete, atto="Det. 1/2023", atto_data=date(2023, 4, 18))


def test_un_seggio_nasce_con_titolare_sostituti_e_chi_rappresenta(coordinatore, provincia):
    rete, capofila, comune = ReteFactory(convocante=provincia), SoggettoFactory(), SoggettoFactory()
    dati = {
        **{"soggetto": capofila, "ruolo": "promotore", "peso": 3, "nomina": "Delibera 4/2023", "dal": OGGI.date()},
        **{"titolare_nome": "Ada Rossi", "titolare_email": "ada@alfa.example", "rappresenta": [comune]},
    }
    sostituti = [{"nome": "Ugo Neri", "email": "ugo@alfa.example", "dal": None}]
    seggio = salva_seggio(utente=coordinatore, rete=rete, dati=dati, sostituti=sostituti)
    seggio = rete.adesioni.get(pk=seggio.pk)
    assert (seggio.titolare_nome, seggio.peso, seggio.nomina) == ("Ada Rossi", 3, "Delibera 4/2023")
    assert list(seggio.rappresenta.all()) == [comune]
    assert [(s.nome, s.dal) for s in seggio.sostituti.all()] == [("Ugo Neri", OGGI.date())]
    riga = RigaRegistro.objects.get(azione="seggio.aggiunto")
    assert (riga.dati["dal"], riga.dati["al"], riga.dati["sostituti"]) == ("2023-04-20", None, 1)
    assert "Ada Rossi" not in str(riga.dati)


def test_salvare_senza_cambiare_non_scrive_nulla(coordinatore, seggio):
    dati = {"ruolo": seggio.ruolo, "peso": 1, "rappresenta": [], "dal": seggio.dal}
    salva_seggio(utente=coordinatore, rete=seggio.rete, seggio=seggio, dati=dati)
    assert RigaRegistro.objects.count() == 0


def test_un_sostituto_si_corregge_e_finisce_ma_non_si_cancella(coordinatore, seggio):
    sostituto = seggio.sostituti.create(nome="Ugo Neri", dal=date(2022, 1, 1))
    riga = {"id": sostituto, "nome": "Ugo Neri", "email": "", "nomina": "", "dal": sostituto.dal, "al": IERI}
    salva_seggio(utente=coordinatore, rete=seggio.rete, seggio=seggio, dati={}, sostituti=[riga])
    assert [s.al for s in seggio.sostituti.all()] == [IERI]
    assert not seggio.sostituti.vigenti().exists()


@pytest.mark.parametrize("ruolo", ["partner", "operatore_cpi", "redattore", "revisore"])
def test_solo_chi_coordina_scrive_i_seggi(seggio, ruolo):
    with pytest.raises(PermissionDenied, match="Serve il ruolo di coordinatore"):
        salva_seggio(utente=UtenteFactory(ruolo=ruolo), rete=seggio.rete, seggio=seggio, dati={"al": DOMANI})


def test_un_seggio_di_un_altro_tavolo_non_si_tocca(coordinatore, seggio):
    with pytest.raises(Adesione.DoesNotExist):
        salva_seggio(utente=coordinatore, rete=ReteFactory(convocante=seggio.soggetto), seggio=seggio, dati={})


def test_un_seggio_resta_dello_stesso_ente(coordinatore, seggio):
    with pytest.raises(Rifiuto, match="Un seggio resta dello stesso ente"):
        salva_seggio(utente=coordinatore, rete=seggio.rete, seggio=seggio, dati={"soggetto": SoggettoFactory()})


@pytest.mark.parametrize(("dal", "al"), [(date(2022, 1, 1), None), (date(2019, 1, 1), date(2020, 1, 1))])
def test_lo_stesso_ente_non_siede_due_volte(coordinatore, seggio, dal, al):
    """Two voting seats of one body would count twice for the quorum."""
    dati = {"soggetto": seggio.soggetto, "dal": dal, "al": al}
    with pytest.raises(Rifiuto, match="Alfa ha già un seggio come questo dal 1 gennaio 2020"):
        salva_seggio(utente=coordinatore, rete=seggio.rete, dati=dati)
    assert seggio.rete.adesioni.count() == 1


@pytest.mark.parametrize("altro", [{"dal": DOMANI}, {"dal": date(2022, 1, 1), "qualifica": "sociale"}])
def test_lo_stesso_ente_siede_ancora_dopo_la_fine_o_con_altra_qualifica(coordinatore, seggio, altro):
    Adesione.objects.filter(pk=seggio.pk).update(al=OGGI.date())
    salva_seggio(utente=coordinatore, rete=seggio.rete, dati={"soggetto": seggio.soggetto} | altro)
    assert seggio.rete.adesioni.count() == 2


def test_una_fine_prima_dell_inizio_e_rifiutata(coordinatore, seggio):
    prima = date(2019, 1, 1)
    with pytest.raises(Rifiuto, match="Alfa: la fine viene prima dell'inizio"):
        salva_seggio(utente=coordinatore, rete=seggio.rete, seggio=seggio, dati={"al": prima})
    riga = {"nome": "Ugo Neri", "dal": OGGI.date(), "al": prima}
    with pytest.raises(Rifiuto, match="Ugo Neri: la fine viene prima dell'inizio"):
        salva_seggio(utente=coordinatore, rete=seggio.rete, seggio=seggio, dati={}, sostituti=[riga])


def test_un_ente_non_rappresenta_anche_se_stesso(coordinatore, seggio):
    with pytest.raises(Rifiuto, match="Un ente rappresenta sempre sé stesso"):
        salva_seggio(utente=coordinatore, rete=seggio.rete, seggio=seggio, dati={"rappresenta": [seggio.soggetto]})


# -- The committee of L. 68/1999 ------------------------------------------------------


@pytest.mark.parametrize(
    ("dati", "giorno"),
    [
        ({"al": IERI}, "20 aprile 2023"),
        ({"dal": IERI}, "18 aprile 2023"),
        ({"qualifica": ""}, "18 aprile 2023"),
    ],
)
def test_un_comitato_costituito_non_perde_un_membro_ne_oggi_ne_il_giorno_dell_atto(
    coordinatore, comitato, dati, giorno
):
    """R27: after every change, on the day of the act and today."""
    sociale = comitato.adesioni.get(qualifica="sociale")
    with pytest.raises(Rifiuto, match=f"il {giorno} mancano esperto del settore sociale"):
        salva_seggio(utente=coordinatore, rete=comitato, seggio=sociale, dati=dati)
    sociale.refresh_from_db()
    assert (sociale.al, sociale.dal, sociale.qualifica) == (None, date(2020, 1, 1), "sociale")


def test_chi_subentra_si_aggiunge_prima_poi_si_chiude(coordinatore, comitato):
    """R27: the committee is never without, and a resignation can still be recorded."""
    nuovo = {"soggetto": SoggettoFactory(), "qualifica": "sociale", "dal": OGGI.date()}
    salva_seggio(utente=coordinatore, rete=comitato, dati=nuovo)
    sociale = comitato.adesioni.get(qualifica="sociale", dal=date(2020, 1, 1))
    salva_seggio(utente=coordinatore, rete=comitato, seggio=sociale, dati={"al": IERI})
    assert comitato.adesioni.vigenti().filter(qualifica="sociale").count() == 1


def test_mandati_finiti_da_soli_si_rinnovano_uno_alla_volta(coordinatore, comitato):
    """R27: what was missing already doesn't stop who puts it right."""
    comitato.adesioni.update(al=IERI)
    for qualifica in TRE_QUALIFICHE:
        nuovo = {"soggetto": SoggettoFactory(), "qualifica": qualifica, "dal": OGGI.date()}
        salva_seggio(utente=coordinatore, rete=comitato, dati=nuovo)
    assert comitato.adesioni.vigenti().count() == 3


def test_un_tavolo_costituito_non_diventa_comitato_senza_i_tre(coordinatore, seggio):
    """R27: the kind is a change like the others."""
    rete = costituisci_rete(utente=coordinatore, rete=seggio.rete, atto="Det. 2/2023", atto_data=IERI)
    with pytest.raises(Rifiuto, match="mancano funzionario del servizio, esperto"):
        modifica_rete(utente=coordinatore, rete=rete, dati={"tipo": Rete.Tipo.COMITATO_TECNICO})


def test_la_regola_del_comitato_e_della_legge(coordinatore, comitato):
    """R27."""
    with pytest.raises(Rifiuto, match="la fissa la legge 68/1999"):
        modifica_rete(utente=coordinatore, rete=comitato, dati={"composizione": [{"nome": "chiunque"}]})


def test_un_altro_tavolo_con_la_sua_regola_registra_chi_se_ne_va(coordinatore, seggio):
    """Only the law is a wall: the board's own rule shows who is missing."""
    regola = {"composizione": [{"nome": "operatori", "tipi": ["operatore"]}]}
    rete = modifica_rete(utente=coordinatore, rete=seggio.rete, dati=regola)
    rete = costituisci_rete(utente=coordinatore, rete=rete, atto="Det. 2/2023", atto_data=IERI)
    salva_seggio(utente=coordinatore, rete=rete, seggio=seggio, dati={"al": IERI})
    assert not rete.adesioni.vigenti().exists()


@pytest.mark.django_db(transaction=True)
def test_due_seggi_uguali_nello_stesso_istante_ne_fanno_uno(provincia, coordinatore):
    rete, ente = ReteFactory(convocante=provincia), SoggettoFactory()
    compiti = [
        lambda dal=dal: salva_seggio(utente=coordinatore, rete=rete, dati={"soggetto": ente, "dal": dal})
        for dal in (date(2023, 4, 1), date(2023, 4, 2))
    ]
    esiti = insieme(*compiti)
    assert sum(isinstance(e, Rifiuto) for e in esiti) == 1
    assert rete.adesioni.count() == 1
