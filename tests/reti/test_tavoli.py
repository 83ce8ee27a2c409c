"""Boards and seats: creation, change, constitution of the technical committee (R27)."""

from datetime import UTC, date, datetime

import pytest
from django.core.exceptions import PermissionDenied

from core.errori import Rifiuto
from core.models import RigaRegistro
from reti.models import Adesione, Rete
from reti.services.reti import costituisci_rete, crea_rete, modifica_rete
from tests.factories.reti import AdesioneFactory, ReteFactory, SoggettoFactory
from tests.factories.utenti import UtenteFactory

pytestmark = pytest.mark.django_db
OGGI = datetime(2023, 4, 20, 9, 0, tzinfo=UTC)
TRE_QUALIFICHE = list(Adesione.Qualifica)


@pytest.fixture(autouse=True)
def _aprile(orologio):
    with orologio(OGGI):
        yield


@pytest.fixture
def dati(provincia):
    return {"nome": "Tavolo è nuovo", "tipo": "tavolo", "tema": "altro", "convocante": provincia, "dal": OGGI.date()}


@pytest.fixture
def comitato(provincia):
    return ReteFactory(tipo=Rete.Tipo.COMITATO_TECNICO, convocante=provincia)


def test_una_rete_nasce_con_i_suoi_seggi(coordinatore, dati):
    ente = SoggettoFactory(denominazione="Ente invitato")
    rete = crea_rete(utente=coordinatore, dati=dati, seggi=[{"soggetto": ente, "dal": OGGI.date()}])
    assert rete.slug == "tavolo-e-nuovo"
    assert [str(a) for a in rete.adesioni.all()] == ["Ente invitato in Tavolo è nuovo"]
    assert RigaRegistro.objects.get(azione="rete.creata").dati == {"seggi": 1}


def test_due_reti_con_lo_stesso_nome_hanno_indirizzi_diversi(coordinatore, dati):
    nomi = [crea_rete(utente=coordinatore, dati=dati).slug for _ in range(3)]
    assert nomi == ["tavolo-e-nuovo", "tavolo-e-nuovo-2", "tavolo-e-nuovo-3"]


def test_un_nome_non_copre_un_altro_indirizzo(coordinatore, dati):
    """/tavoli/convocazioni/ is a page of ours: a board by that name gets another address."""
    assert crea_rete(utente=coordinatore, dati=dati | {"nome": "Convocazioni"}).slug == "convocazioni-2"


@pytest.mark.parametrize("ruolo", ["partner", "operatore_cpi", "redattore", "revisore"])
def test_solo_chi_coordina_crea_e_modifica(dati, ruolo):
    utente = UtenteFactory(ruolo=ruolo)
    with pytest.raises(PermissionDenied, match="Serve il ruolo di coordinatore"):
        crea_rete(utente=utente, dati=dati)
    rete = ReteFactory(convocante=dati["convocante"])
    with pytest.raises(PermissionDenied):
        modifica_rete(utente=utente, rete=rete, dati={"nome": "Altro"})
    with pytest.raises(PermissionDenied):
        costituisci_rete(utente=utente, rete=rete, atto="x", atto_data=OGGI.date())


def test_modificare_senza_cambiare_non_scrive_nulla(coordinatore):
    rete = ReteFactory()
    seggio = AdesioneFactory(rete=rete)
    modifica_rete(
        utente=coordinatore,
        rete=rete,
        dati={"nome": rete.nome},
        seggi=[{"id": seggio, "soggetto": seggio.soggetto, "ruolo": seggio.ruolo}],
    )
    assert not RigaRegistro.objects.filter(azione="rete.modificata").exists()


def test_un_seggio_si_chiude_con_la_data_di_fine(coordinatore):
    seggio = AdesioneFactory()
    modifica_rete(utente=coordinatore, rete=seggio.rete, dati={}, seggi=[{"id": seggio, "al": date(2023, 4, 30)}])
    seggio.refresh_from_db()
    assert seggio.al == date(2023, 4, 30)
    assert list(seggio.rete.adesioni.vigenti(date(2023, 5, 1))) == []


@pytest.mark.parametrize("manca", [q.value for q in TRE_QUALIFICHE])
def test_il_comitato_senza_una_qualifica_non_si_costituisce(coordinatore, comitato, manca):
    """R27: officials, social experts and medico-legal experts, all three."""
    for qualifica in TRE_QUALIFICHE:
        if qualifica != manca:
            AdesioneFactory(rete=comitato, qualifica=qualifica)
    etichetta = str(Adesione.Qualifica(manca).label).lower()
    with pytest.raises(Rifiuto, match=f"mancano {etichetta}"):
        costituisci_rete(utente=coordinatore, rete=comitato, atto="Det. 1/2023", atto_data=date(2023, 4, 18))
    comitato.refresh_from_db()
    assert (comitato.atto, comitato.atto_data) == ("", None)


def test_il_comitato_con_le_tre_qualifiche_si_costituisce(coordinatore, comitato):
    """R27."""
    for qualifica in TRE_QUALIFICHE:
        AdesioneFactory(rete=comitato, qualifica=qualifica)
    costituisci_rete(utente=coordinatore, rete=comitato, atto="Det. 1/2023", atto_data=date(2023, 4, 18))
    comitato.refresh_from_db()
    assert (comitato.atto, comitato.atto_data) == ("Det. 1/2023", date(2023, 4, 18))


def test_un_seggio_scaduto_non_vale_per_il_comitato(coordinatore, comitato):
    """R27: the seat must be valid on the day of the act."""
    for qualifica in TRE_QUALIFICHE:
        AdesioneFactory(rete=comitato, qualifica=qualifica, al=date(2023, 3, 1))
    with pytest.raises(Rifiuto, match="mancano"):
        costituisci_rete(utente=coordinatore, rete=comitato, atto="Det. 1/2023", atto_data=date(2023, 4, 18))


def test_un_comitato_costituito_non_perde_una_qualifica(coordinatore, comitato):
    """R27 stays true after the act."""
    seggi = [AdesioneFactory(rete=comitato, qualifica=q) for q in TRE_QUALIFICHE]
    costituisci_rete(utente=coordinatore, rete=comitato, atto="Det. 1/2023", atto_data=date(2023, 4, 18))
    with pytest.raises(Rifiuto, match="mancano esperto del settore sociale"):
        modifica_rete(utente=coordinatore, rete=comitato, dati={}, seggi=[{"id": seggi[1], "al": date(2023, 4, 19)}])
    seggi[1].refresh_from_db()
    assert seggi[1].al is None


def test_non_c_e_un_campo_per_compensi():
    """R27: members of the committee are not paid."""
    nomi = {c.name for modello in (Rete, Adesione) for c in modello._meta.get_fields()}
    assert not nomi & {"compenso", "gettone_presenza", "indennita", "retribuzione"}


@pytest.mark.parametrize(
    ("atto", "giorno", "frase"),
    [("  ", date(2023, 4, 18), "Scrivi gli estremi"), ("Det. 1", date(2023, 4, 21), "nel futuro")],
)
def test_un_atto_vuoto_o_futuro_e_rifiutato(coordinatore, atto, giorno, frase):
    with pytest.raises(Rifiuto, match=frase):
        costituisci_rete(utente=coordinatore, rete=ReteFactory(), atto=atto, atto_data=giorno)
