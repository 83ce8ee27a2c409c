"""An accessibility report opens a case with a term of thirty days, on the desk until it is answered (R60)."""

import re
from datetime import date, timedelta

import pytest
from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from core.errori import Rifiuto
from core.models import Messaggio
from core.orologio import fermo
from core.registro import righe_di
from core.scarto import scarta_genere
from punti_informativi.models import Segnalazione
from punti_informativi.queries.segnalazioni import voci_segnalazioni_accessibilita
from punti_informativi.services.segnalazioni import rispondi, segnala
from tests.factories.utenti import UtenteFactory

pytestmark = pytest.mark.django_db
MODULO = "/accessibilita/segnala/"


@pytest.fixture(autouse=True)
def _limiti_vuoti():
    cache.clear()


@pytest.fixture
def coordinatore(db):
    return UtenteFactory(ruolo="coordinatore")


def _testo(risposta):
    return " ".join(risposta.content.decode().split())


def _manda(client, quando, **dati):
    pagina = client.get(MODULO).content.decode()
    gettone = re.search(r'name="gettone" value="([^"]+)"', pagina)[1]
    with fermo(quando + timedelta(seconds=20)):
        return client.post(MODULO, {"gettone": gettone, **dati})


def test_dal_pie_di_pagina_alla_risposta_senza_account(client, coordinatore, lunedi):
    """R60: no cookie, a due date, an answer; the address goes away with it."""
    anonimo = Client(enforce_csrf_checks=True)
    assert f'href="{MODULO}"' in anonimo.get("/punti-informativi/").content.decode()
    email = "maria@posta.example"
    risposta = _manda(
        anonimo, lunedi, testo="La mappa non si usa da tastiera", pagina="/punti-informativi/", email=email
    )
    caso = Segnalazione.objects.get()
    assert risposta["Location"] == f"/accessibilita/segnalazioni/{caso.codice}/"
    assert "rispondiamo entro il 7 giugno 2023" in _testo(anonimo.get(risposta["Location"]))
    assert anonimo.cookies == {}
    client.force_login(coordinatore)
    dove = reverse("punti_segnalazione", args=[caso.pk])
    assert "La mappa non si usa da tastiera" in _testo(client.get(dove))
    assert client.post(dove, {"risposta": "Corretto: ora si usa con Tab."}).status_code == 302
    caso.refresh_from_db()
    assert (caso.email, caso.chiusa_il, caso.chiusa_da) == ("", date(2023, 5, 8), coordinatore)
    assert "Corretto: ora si usa con Tab." in _testo(anonimo.get(risposta["Location"]))
    mail = Messaggio.objects.filter(destinatario=email).order_by("pk")
    assert [m.oggetto for m in mail] == ["Abbiamo ricevuto la tua segnalazione", "La risposta alla tua segnalazione"]
    assert "7 giugno 2023" in mail[0].testo
    assert "Corretto: ora si usa con Tab." in mail[1].testo
    assert [r.azione for r in righe_di(caso)] == ["accessibilita_segnalata", "accessibilita_risposta"]


def test_la_pagina_da_cui_si_viene_e_gia_scritta(client, lunedi):
    da = {"referer": "http://testserver/punti-informativi/?q=segreto"}
    assert 'name="pagina" value="/punti-informativi/"' in client.get(MODULO, headers=da).content.decode()
    altrove = {"referer": "https://altro.example/pagina"}
    assert "altro.example" not in client.get(MODULO, headers=altrove).content.decode()


def test_senza_email_la_risposta_si_legge_con_il_codice_e_il_testo_non_si_vede(client, coordinatore, lunedi):
    caso = segnala(testo="Il contrasto è basso")
    rispondi(utente=coordinatore, segnalazione=caso, risposta="Lo abbiamo alzato.")
    testo = _testo(client.get(reverse("punti:segnalazione", args=[caso.codice])))
    assert "Lo abbiamo alzato." in testo
    assert "Il contrasto è basso" not in testo
    assert Messaggio.objects.count() == 0
    assert client.get("/accessibilita/segnalazioni/inventato/").status_code == 404


@pytest.mark.parametrize(
    ("dopo", "urgenza", "in_ritardo"), [(0, 2, False), (22, 2, False), (23, 1, False), (30, 1, False), (31, 0, True)]
)
def test_il_termine_di_trenta_giorni_sta_sulla_scrivania(lunedi, dopo, urgenza, in_ritardo):
    """Day 0 is the day when it came: day 30 is in time, day 31 late, with no job having run."""
    caso = segnala(testo="Non leggo il modulo")
    with fermo(lunedi + timedelta(days=dopo)):
        (voce,) = voci_segnalazioni_accessibilita()
        assert (voce.urgenza, voce.entro, caso.in_ritardo) == (urgenza, date(2023, 6, 7), in_ritardo)


def test_una_risposta_vuota_o_doppia_o_di_altri_e_rifiutata(coordinatore, lunedi):
    caso = segnala(testo="Non leggo il modulo", email="maria@posta.example")
    with pytest.raises(PermissionDenied):
        rispondi(utente=UtenteFactory(), segnalazione=caso, risposta="Ciao")
    with pytest.raises(Rifiuto, match="Scrivi la risposta"):
        rispondi(utente=coordinatore, segnalazione=caso, risposta="  ")
    rispondi(utente=coordinatore, segnalazione=caso, risposta="Fatto")
    with pytest.raises(Rifiuto, match="già stato risposto"):
        rispondi(utente=coordinatore, segnalazione=caso, risposta="Ancora")
    assert voci_segnalazioni_accessibilita() == []


def test_niente_si_perde_di_quello_che_si_e_scritto(client, lunedi):
    risposta = _manda(client, lunedi, testo="", pagina="/avvisi/", email="non-una-mail")
    testo = _testo(risposta)
    assert "Scrivi che cosa non funziona: bastano due righe." in testo
    assert 'value="/avvisi/"' in testo
    assert 'value="non-una-mail"' in testo
    assert Segnalazione.objects.count() == 0


def test_un_programma_e_ringraziato_e_non_scrive_niente(client, lunedi):
    risposta = _manda(client, lunedi, testo="Compra", indirizzo_web="https://spam.example")
    assert "Abbiamo ricevuto la tua segnalazione." in _testo(risposta)
    assert Segnalazione.objects.count() == 0


def test_le_segnalazioni_chiuse_si_scartano_dopo_due_anni(coordinatore, lunedi, settings):
    chiusa, aperta = segnala(testo="Chiusa"), segnala(testo="Aperta")
    rispondi(utente=coordinatore, segnalazione=chiusa, risposta="Fatto")
    genere = "punti_informativi.services.scarto.segnalazioni_chiuse"
    with fermo(lunedi + timedelta(days=731)):
        assert scarta_genere(genere, settings.SCARTI[genere]) == 1
    assert list(Segnalazione.objects.all()) == [aperta]
