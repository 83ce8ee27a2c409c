"""Points, services and groups in the language of the page; Italian, marked as such, where nobody translated (R60)."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse
from django.utils import translation

from core.lingue import in_lingua
from core.orologio import fermo
from pagine.impianto import prepara_sito
from punti_informativi.models import TraduzioneDestinatari, TraduzionePunto, TraduzioneServizio
from tests.factories.punti_informativi import (
    DestinatariFactory,
    LinguaFactory,
    OrarioFactory,
    PuntoFactory,
    ServizioFactory,
)

pytestmark = pytest.mark.django_db
DOMENICA = datetime(2023, 6, 11, 10, 0, tzinfo=ZoneInfo("Europe/Rome"))
FESTA = datetime(2023, 6, 2, 10, 0, tzinfo=ZoneInfo("Europe/Rome"))


def _servizio(nome, inglese=""):
    servizio = ServizioFactory(nome=nome, descrizione=f"{nome} in parole semplici")
    if inglese:
        TraduzioneServizio.objects.create(
            servizio=servizio, lingua="en", nome=inglese, descrizione=f"{inglese}, simply"
        )
    return servizio


@pytest.fixture
def home(db):
    return prepara_sito()


@pytest.fixture
def punto(home):
    gruppo = DestinatariFactory(nome="Giovani")
    TraduzioneDestinatari.objects.create(destinatari=gruppo, lingua="en", nome="Young people")
    punto = PuntoFactory(
        attivo=True,
        nome="Punto Lavoro",
        descrizione="Ti aiutiamo.",
        cosa_portare="Un documento.",
        servizi=[_servizio("Corsi", "Courses"), _servizio("Tirocini")],
        destinatari=[gruppo],
    )
    punto.lingue = [LinguaFactory(codice="ar", nome="arabo")]
    punto.save()
    TraduzionePunto.objects.create(punto=punto, lingua="en", descrizione="We help you.\nAlways.")
    return punto


def test_la_pagina_di_un_punto_e_nella_lingua_dell_indirizzo(punto, client):
    testo = client.get(f"/en{punto.get_absolute_url()}").content.decode()
    attesi = ("We help you.<br>Always.", "<strong>Courses</strong>: Courses, simply", "Young people", "<dd>Arabic</dd>")
    assert [a for a in attesi if a not in testo] == []
    testo = client.get(punto.get_absolute_url()).content.decode()
    attesi = ("Ti aiutiamo.", "<strong>Corsi</strong>: Corsi in parole semplici", "Giovani", "<dd>arabo</dd>")
    assert [a for a in attesi if a not in testo] == []


def test_quello_che_nessuno_ha_tradotto_resta_in_italiano_e_lo_dice(punto, client):
    """WCAG 3.1.2: a screen reader changes its voice for these words."""
    testo = client.get(f"/en{punto.get_absolute_url()}").content.decode()
    assert '<strong><span lang="it">Tirocini</span></strong>' in testo
    assert '<div lang="it"><p>Un documento.</p></div>' in testo
    pagina = client.get(punto.get_absolute_url()).content.decode()
    assert ' lang="it">' not in pagina.replace('<html lang="it">', "")


def test_un_testo_tradotto_non_porta_codice_nella_pagina(punto, client):
    punto.traduzioni.update(descrizione="<script>x</script>")
    punto.cosa_portare = "<img src=x>"
    punto.save()
    testo = client.get(f"/en{punto.get_absolute_url()}").content.decode()
    assert ("<script>x" in testo, "<img src=x" in testo) == (False, False)


def test_gli_orari_si_dicono_in_inglese(home, client):
    with fermo(DOMENICA):
        punto = OrarioFactory().punto
        testo = client.get(f"/en{punto.get_absolute_url()}").content.decode()
    assert "Closed now, opens tomorrow at " in testo
    assert "Monday 12 June" in testo


def test_le_feste_si_dicono_in_inglese(home, client):
    with fermo(FESTA):
        punto = OrarioFactory().punto
        assert "Closed today (Republic Day)" in client.get(f"/en{punto.get_absolute_url()}").content.decode()
        assert "Chiuso oggi (Festa della Repubblica)" in client.get(punto.get_absolute_url()).content.decode()


def test_un_servizio_si_cerca_con_il_suo_nome_inglese(punto, client):
    assert punto.nome in client.get("/en/punti-informativi/?q=courses").content.decode()
    assert punto.nome in client.get("/en/punti-informativi/?q=corsi").content.decode()
    assert 'scheda-punto"' not in client.get("/punti-informativi/?q=courses").content.decode()
    assert ">Courses</a>" in client.get("/en/ricerca/?q=courses").content.decode()


def test_le_query_dell_elenco_in_inglese_non_crescono_con_le_righe(punto, client, django_assert_max_num_queries):
    def conta():
        with django_assert_max_num_queries(80) as contatore:
            client.get("/en/punti-informativi/")
        return len(contatore.captured_queries)

    conta()
    uno = conta()
    for _n in range(3):
        PuntoFactory(attivo=True, servizi=[_servizio("Servizio", "Service")])
    assert conta() == uno


def test_senza_traduzione_il_testo_e_italiano_e_in_italiano_non_si_cerca_altro(punto, django_assert_num_queries):
    with translation.override("en"):
        assert in_lingua(punto, "descrizione") == ("We help you.\nAlways.", "en")
        assert in_lingua(punto, "cosa_portare") == ("Un documento.", "it")
    with django_assert_num_queries(0):
        assert in_lingua(punto, "descrizione") == ("Ti aiutiamo.", "it")


def _modulo(servizio, *lingue):
    righe = {"traduzioni-TOTAL_FORMS": len(lingue), "traduzioni-INITIAL_FORMS": 0}
    for n, lingua in enumerate(lingue):
        riga = {"lingua": lingua, "nome": f"Name {n}", "descrizione": "", "id": "", "ORDER": n + 1}
        righe |= {f"traduzioni-{n}-{nome}": valore for nome, valore in riga.items()}
    return {"nome": servizio.nome, "slug": servizio.slug, "descrizione": "x"} | righe


def test_la_provincia_scrive_le_traduzioni_dal_suo_modulo(entra, coordinatore):
    servizio = _servizio("Corsi")
    url = reverse("wagtailsnippets_punti_informativi_servizio:edit", args=[servizio.pk])
    client = entra(coordinatore)
    assert '<option value="en">English</option>' in client.get(url).content.decode()
    assert client.post(url, _modulo(servizio, "en")).status_code == 302
    assert list(servizio.traduzioni.values_list("lingua", "nome")) == [("en", "Name 0")]


def test_due_traduzioni_nella_stessa_lingua_sono_rifiutate_con_una_frase(entra, coordinatore):
    servizio = _servizio("Corsi")
    url = reverse("wagtailsnippets_punti_informativi_servizio:edit", args=[servizio.pk])
    risposta = entra(coordinatore).post(url, _modulo(servizio, "en", "en"))
    assert (risposta.status_code, servizio.traduzioni.count()) == (200, 0)
    assert "Name 1" in risposta.content.decode()
    assert "duplicati" in risposta.content.decode()
