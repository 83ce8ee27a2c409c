"""An application whose agreement was given up: its clock, another agreement, an end with its reasons (R01)."""

from datetime import UTC, date, datetime

import pytest
from django.db import IntegrityError

from accordi.models import Accordo
from accordi.queries.termini import casi_in_ritardo, clock, in_corso
from accordi.services.accordi import crea_accordo
from accordi.services.istanze import ritira_istanza
from accordi.services.istruttoria import ammetti_istanza, prendi_in_carico, revoca_ammissione
from accordi.services.rifiuti import annulla_accordo
from accordi.stati import StatoAccordo
from core.errori import Rifiuto
from core.models import Messaggio
from core.orologio import fermo
from core.registro import righe_di
from tests.factories.accordi import IstanzaFactory, ProtocolloFactory
from tests.factories.reti import RappresentanzaFactory

pytestmark = pytest.mark.django_db
ANNO = {"dal": date(2023, 1, 1), "al": date(2023, 12, 31)}


def il(mese: int, giorno: int):
    """The clock held at 10:00 of that day of 2023."""
    return fermo(datetime(2023, mese, giorno, 9, tzinfo=UTC))


@pytest.fixture
def persona(provincia):
    return RappresentanzaFactory(puo_presentare=True)


@pytest.fixture
def istanza(coordinatore, persona):
    """Registered on 1 March, admitted on the 6th; its agreement was given up on the 10th."""
    protocollo = ProtocolloFactory(registrato_il=datetime(2023, 3, 1, 9, tzinfo=UTC))
    istanza = IstanzaFactory(presentata=True, protocollo=protocollo, capofila=persona.soggetto)
    istanza.presentata_da = persona.utente
    istanza.save()
    with il(3, 6):
        prendi_in_carico(utente=coordinatore, istanza=istanza)
        accordo = ammetti_istanza(utente=coordinatore, istanza=istanza)
    with il(3, 10):
        annulla_accordo(utente=coordinatore, accordo=accordo, motivo="Testo da rifare.")
    istanza.refresh_from_db()
    return istanza


def test_l_annullato_non_tiene_piu_l_istanza_e_il_termine_corre_dal_protocollo(istanza):
    """R01: nothing restarts; on day 31 the case is late, and it is on the desk."""
    assert (istanza.accordo, istanza.accordi.get().stato) == (None, "annullato")
    with il(3, 31):
        assert (clock(istanza).giorni, clock(istanza).fermo, clock(istanza).in_ritardo) == (30, False, False)
    with il(4, 1):
        assert (clock(istanza).giorni, clock(istanza).in_ritardo) == (31, True)
        assert list(in_corso(type(istanza).objects.all())) == [istanza]
        assert casi_in_ritardo(**ANNO) == [istanza]


def test_ne_nasce_un_altro_e_uno_solo(istanza, coordinatore):
    nuovo = crea_accordo(utente=coordinatore, istanza=istanza)
    assert crea_accordo(utente=coordinatore, istanza=istanza) == nuovo
    assert list(istanza.accordi.order_by("pk").values_list("stato", flat=True)) == ["annullato", "bozza"]
    assert type(istanza).objects.get(pk=istanza.pk).accordo == nuovo
    with pytest.raises(IntegrityError):
        Accordo.objects.create(istanza=istanza, tipo=nuovo.tipo, titolo="Terzo", testo="T", creato_il=nuovo.creato_il)


def test_firmato_il_secondo_il_conteggio_finisce_quel_giorno(istanza, coordinatore):
    """R01: B5 counts by the agreement that was made."""
    nuovo = crea_accordo(utente=coordinatore, istanza=istanza)
    firma = datetime(2023, 3, 28, 10, tzinfo=UTC)
    Accordo.objects.filter(pk=nuovo.pk).update(stato=StatoAccordo.SOTTOSCRITTO, sottoscritto_il=firma)
    with il(12, 31):
        assert (clock(istanza).giorni, clock(istanza).fermo, casi_in_ritardo(**ANNO)) == (27, True, [])


@pytest.mark.parametrize(("giorno", "in_ritardo"), [((3, 31), False), ((4, 5), True)])
def test_la_revoca_ferma_il_conteggio_e_non_cancella_un_ritardo(istanza, coordinatore, giorno, in_ritardo):
    """R01: an end with its reasons, which the applicant reads; who was late stays late."""
    with il(*giorno):
        revoca_ammissione(utente=coordinatore, istanza=istanza, motivi="Le risorse non ci sono più.")
    istanza.refresh_from_db()
    with il(12, 31):
        assert (clock(istanza).fermo, clock(istanza).al) == (True, date(2023, *giorno))
        assert casi_in_ritardo(**ANNO) == ([istanza] if in_ritardo else [])
        assert list(in_corso(type(istanza).objects.all())) == []
    assert (istanza.stato, righe_di(istanza).last().azione) == ("revocata", "istanza.revocata")
    mail = Messaggio.objects.get(destinatario=istanza.presentata_da.email, oggetto__startswith="L'accordo non si fa")
    assert "Le risorse non ci sono più." in mail.testo


def test_chi_ha_presentato_puo_ritirarla_e_non_e_in_ritardo(istanza, persona):
    with il(4, 5):
        ritira_istanza(utente=persona.utente, istanza=istanza, motivi="Abbiamo cambiato idea.")
        istanza.refresh_from_db()
        assert (istanza.stato, clock(istanza).fermo, clock(istanza).in_ritardo) == ("ritirata", True, False)


def test_finche_c_e_un_accordo_l_istanza_non_si_ritira_e_non_si_revoca(istanza, coordinatore, persona):
    accordo = crea_accordo(utente=coordinatore, istanza=istanza)
    for gesto in (
        lambda: ritira_istanza(utente=persona.utente, istanza=istanza),
        lambda: revoca_ammissione(utente=coordinatore, istanza=istanza, motivi="M"),
    ):
        with pytest.raises(Rifiuto, match=f"è nato l'accordo «{accordo.titolo}»"):
            gesto()
    annulla_accordo(utente=coordinatore, accordo=accordo, motivo="M")
    with pytest.raises(Rifiuto, match="Scrivi perché l'accordo non si fa"):
        revoca_ammissione(utente=coordinatore, istanza=istanza, motivi=" ")


def test_dalla_pagina_dell_istanza_si_prepara_l_altro_o_si_revoca(istanza, coordinatore, entra):
    pagina = f"/gestione/istanze/{istanza.pk}/"
    client = entra(coordinatore)
    html = client.get(pagina).content.decode()
    assert (f'action="{pagina}prepara-accordo/"' in html, f'action="{pagina}revoca/"' in html) == (True, True)
    assert client.post(f"{pagina}prepara-accordo/").url == pagina
    html = client.get(pagina).content.decode()
    assert (f'action="{pagina}prepara-accordo/"' in html, f'action="{pagina}revoca/"' in html) == (False, False)
    assert [f"/gestione/accordi/{a.pk}/" in html for a in istanza.accordi.all()] == [True, True]
