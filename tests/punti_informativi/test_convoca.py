"""F2: a meeting with the hosts of the points, convened from their list in one step."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from core.errori import Rifiuto
from core.models import Messaggio
from core.orologio import fermo
from monitoraggio.misure import MISURE
from punti_informativi.services.raccordo import convoca_punti
from reti.models import Convocazione, Incontro, Rete
from reti.services.incontri import modifica_incontro
from tests.factories.punti_informativi import PuntoFactory
from tests.factories.reti import RappresentanzaFactory, SoggettoFactory

pytestmark = pytest.mark.django_db
ROMA = ZoneInfo("Europe/Rome")
ORA = datetime(2026, 3, 10, 9, 0, tzinfo=ROMA)
DATI = {
    "titolo": "Raccordo con i punti",
    "inizio": datetime(2026, 4, 10, 10, 0, tzinfo=ROMA),
    "fine": datetime(2026, 4, 10, 12, 0, tzinfo=ROMA),
    "modalita": "presenza",
    "luogo": "Sala del Consiglio",
}


@pytest.fixture(autouse=True)
def marzo():
    with fermo(ORA):
        yield


@pytest.fixture
def provincia():
    return SoggettoFactory(titolare_piattaforma=True, tipo="provincia", denominazione="Provincia")


@pytest.fixture
def tre(provincia):
    """Three open points; two are of one host."""
    uno = PuntoFactory(attivo=True, sede__soggetto__email="uno@ente.example")
    altro = PuntoFactory(attivo=True, sede=uno.sede)
    due = PuntoFactory(attivo=True, sede__soggetto__email="due@ente.example")
    return uno, altro, due


def test_chi_ospita_due_punti_riceve_un_invito(tre, coordinatore):
    incontro = convoca_punti(utente=coordinatore, punti=tre, dati=DATI)
    assert sorted(Messaggio.objects.values_list("destinatario", flat=True)) == ["due@ente.example", "uno@ente.example"]
    assert (incontro.rete.tema, incontro.rete.tipo, incontro.stato) == ("punti_informativi", "rete", "convocato")
    assert incontro.rete.adesioni.count() == 2


def test_la_seconda_volta_usa_la_stessa_rete_e_gli_stessi_seggi_e_invita_solo_chi_si_e_scelto(tre, coordinatore):
    primo = convoca_punti(utente=coordinatore, punti=tre, dati=DATI)
    secondo = convoca_punti(utente=coordinatore, punti=[tre[2]], dati=DATI | {"titolo": "Solo Cremasco"})
    assert (Rete.objects.count(), primo.rete, primo.rete.adesioni.count()) == (1, secondo.rete, 2)
    assert [c.adesione.soggetto for c in secondo.convocazioni.all()] == [tre[2].soggetto]
    spostato = DATI["inizio"] + timedelta(days=7)
    modifica_incontro(utente=coordinatore, incontro=secondo, inizio=spostato, fine=spostato + timedelta(hours=2))
    assert secondo.convocazioni.count() == 1  # a new date invites nobody else


def test_un_seggio_finito_ne_fa_nascere_uno_nuovo(tre, coordinatore):
    primo = convoca_punti(utente=coordinatore, punti=[tre[2]], dati=DATI)
    with fermo(ORA + timedelta(days=2)):
        primo.rete.adesioni.update(al=date(2026, 3, 11))
        secondo = convoca_punti(utente=coordinatore, punti=[tre[2]], dati=DATI)
    assert secondo.rete.adesioni.filter(soggetto=tre[2].soggetto).count() == 2
    assert secondo.convocazioni.get().adesione.dal == date(2026, 3, 12)


def test_l_incontro_svolto_conta_per_f2(tre, coordinatore):
    incontro = convoca_punti(utente=coordinatore, punti=tre, dati=DATI)
    criteri = ({"tema": "punti_informativi"}, date(2026, 1, 1), date(2026, 12, 31))
    assert MISURE["incontri_tenuti"](*criteri).valore == 0
    Incontro.objects.filter(pk=incontro.pk).update(stato="svolto")
    assert MISURE["incontri_tenuti"](*criteri).valore == 1


def test_senza_punti_o_con_una_data_passata_non_nasce_nulla(tre, coordinatore):
    with pytest.raises(Rifiuto, match="Scegli almeno un punto"):
        convoca_punti(utente=coordinatore, punti=[], dati=DATI)
    ieri = {"inizio": ORA - timedelta(days=1), "fine": ORA - timedelta(hours=22)}
    with pytest.raises(Rifiuto, match="già passata"):
        convoca_punti(utente=coordinatore, punti=tre, dati=DATI | ieri)
    assert (Rete.objects.count(), Incontro.objects.count()) == (0, 0)


def test_un_partner_non_convoca(tre):
    with pytest.raises(PermissionDenied):
        convoca_punti(utente=RappresentanzaFactory().utente, punti=tre, dati=DATI)


def test_dalla_pagina_in_un_passo_e_niente_si_perde(tre, coordinatore, entra):
    client = entra(coordinatore)
    url = reverse("punti_convoca")
    assert client.get(url).context["punti"].initial["punti"] == [p.pk for p in sorted(tre, key=lambda p: p.nome)]
    modulo = {
        "titolo": "Raccordo",
        "giorno": "2026-04-10",
        "dalle": "10:00",
        "alle": "12:00",
        "modalita": "presenza",
        "luogo": "",
        "punti": [tre[0].pk],
    }
    pagina = client.post(url, modulo).content.decode()
    assert "Scrivi dove ci si trova" in pagina
    assert 'value="Raccordo"' in pagina
    risposta = client.post(url, modulo | {"luogo": "Sala"})
    incontro = Incontro.objects.get()
    assert risposta.url == reverse("gestione_incontri:scheda", args=[incontro.pk])
    assert Convocazione.objects.get().adesione.soggetto == tre[0].soggetto


def test_l_elenco_dei_punti_porta_i_suoi_filtri(tre, coordinatore, entra):
    comune = tre[2].sede.comune_id
    pagina = entra(coordinatore).get(f"{reverse('punti_convoca')}?sede__comune={comune}&servizi=x")
    assert pagina.context["punti"].initial["punti"] == [tre[2].pk]
