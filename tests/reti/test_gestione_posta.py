"""Back office of received mail: list, one message, its original, other dates, the desk (R21)."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse

from core.scrivania import voci_di
from reti.models import MessaggioRicevuto, Proposta
from reti.queries.posta import senza_segreti
from reti.stati import StatoIncontro
from tests.factories.reti import ConvocazioneFactory, IncontroFactory, RappresentanzaFactory
from tests.factories.utenti import UtenteFactory

pytestmark = pytest.mark.django_db
INIZIO = datetime(2023, 3, 7, 9, 0, tzinfo=UTC)
ELENCO = "gestione_posta_ricevuta:index"
SCHEDA = "gestione_posta_ricevuta:scheda"


@pytest.fixture(autouse=True)
def _prima(orologio):
    with orologio(INIZIO - timedelta(days=9)):
        yield


@pytest.fixture
def convocazione(provincia):
    incontro = IncontroFactory(
        rete__convocante=provincia, stato=StatoIncontro.CONVOCATO, titolo="Seduta", inizio=INIZIO
    )
    return ConvocazioneFactory(
        incontro=incontro, adesione__rete=incontro.rete, adesione__soggetto__denominazione="Alfa"
    )


def messaggio(numero=1, contenuto=b"From: a@b.example\r\n\r\nNon posso <script>", **altro):
    dati = {
        "esito": "rifiutato",
        "motivo": "Non è un calendario.",
        "mittente": "a@b.example",
        "oggetto": f"N. {numero}",
    }
    riga = MessaggioRicevuto(impronta=f"{numero:064d}", **dati | altro)
    riga.originale.save("m.eml", ContentFile(contenuto))
    return riga


def test_la_pagina_spiega_e_mostra_il_testo_senza_eseguirlo(entra, coordinatore, convocazione):
    riga = messaggio(convocazione=convocazione)
    testo = entra(coordinatore).get(reverse(SCHEDA, args=[riga.pk])).text
    assert "Non è un calendario." in testo
    assert "Non posso &lt;script&gt;" in testo
    assert reverse("gestione_incontri:risposta", args=[convocazione.pk]) in testo


def test_collegamenti_e_recapiti_personali_non_si_mostrano():
    gettone, recapito = "g" * 43, "0a" * 16
    assert senza_segreti(f"https://x.example/tavoli/risposta/{gettone}/ da r+{recapito}@x.example") == (
        "https://x.example/tavoli/risposta/…/ da r+…@x.example"
    )


def test_l_originale_si_scarica_e_non_si_apre(entra, coordinatore):
    risposta = entra(coordinatore).get(reverse("gestione_posta_ricevuta:originale", args=[messaggio().pk]))
    assert b"".join(risposta.streaming_content) == b"From: a@b.example\r\n\r\nNon posso <script>"
    assert risposta["Content-Type"] == "application/octet-stream"
    assert risposta["Content-Disposition"].startswith("attachment")
    assert risposta["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in risposta["Cache-Control"]


def test_visto_lascia_la_scrivania(entra, coordinatore, convocazione):
    riga = messaggio(convocazione=convocazione)
    messaggio(2)
    messaggio(3, esito="accolto")
    assert [v.titolo for v in voci_di(coordinatore)] == [
        "Risposta non accolta: Alfa",
        "1 messaggio ricevuto da guardare",
    ]
    entra(coordinatore).post(reverse(SCHEDA, args=[riga.pk]))
    riga.refresh_from_db()
    assert (riga.visto_da, riga.visto_il is None) == (coordinatore, False)
    assert [v.titolo for v in voci_di(coordinatore)] == ["1 messaggio ricevuto da guardare"]


def test_l_elenco_si_filtra_per_quello_che_resta_da_guardare(entra, coordinatore):
    messaggio(1)
    messaggio(2, esito="accolto")
    messaggio(3, visto_il=INIZIO, visto_da=coordinatore)
    testo = entra(coordinatore).get(reverse(ELENCO), {"da_vedere": "true"}).text
    assert [f"N. {n}" in testo for n in (1, 2, 3)] == [True, False, False]


@pytest.mark.parametrize("quanti", [1, 3])
def test_l_elenco_costa_le_stesse_letture(entra, coordinatore, convocazione, quanti, django_assert_num_queries):
    for n in range(quanti):
        messaggio(n, convocazione=convocazione)
    client = entra(coordinatore)
    client.get(reverse(ELENCO))
    with django_assert_num_queries(LETTURE):
        client.get(reverse(ELENCO))


LETTURE = 12


@pytest.fixture
def proposta(convocazione):
    inizio = INIZIO + timedelta(days=2)
    inizio = min(inizio, datetime.now(UTC) + timedelta(days=300))
    return Proposta.objects.create(
        convocazione=convocazione,
        messaggio=messaggio(esito="proposta"),
        inizio=inizio,
        fine=inizio + timedelta(hours=1),
    )


@pytest.mark.parametrize(
    ("decisione", "esito", "frase"),
    [
        ("accogli", "accolta", "L&#x27;incontro è spostato e tutti gli invitati"),
        ("respingi", "respinta", "L&#x27;incontro resta dov&#x27;è"),
        ("", "attesa", "Scegli se spostare"),
    ],
)
def test_un_clic_decide_la_proposta(entra, coordinatore, proposta, decisione, esito, frase):
    client = entra(coordinatore)
    incontro = proposta.convocazione.incontro
    assert "Sposta l'incontro" in client.get(reverse("gestione_incontri:scheda", args=[incontro.pk])).text
    url = reverse("gestione_posta_ricevuta:proposta", args=[proposta.pk])
    pagina = client.post(url, {"decisione": decisione, "vista": proposta.vista}, follow=True).text
    proposta.refresh_from_db()
    incontro.refresh_from_db()
    assert proposta.esito == esito
    assert (incontro.inizio == proposta.inizio) is (esito == "accolta")
    assert frase in pagina


def test_una_proposta_cambiata_sotto_gli_occhi_non_sposta_l_incontro(entra, coordinatore, proposta):
    """Who proposes may send another date while the page is open: the click holds for the one that was seen."""
    vista, incontro = proposta.vista, proposta.convocazione.incontro
    Proposta.objects.update(inizio=proposta.inizio + timedelta(hours=17), fine=proposta.fine + timedelta(hours=17))
    url = reverse("gestione_posta_ricevuta:proposta", args=[proposta.pk])
    pagina = entra(coordinatore).post(url, {"decisione": "accogli", "vista": vista}, follow=True).text
    assert "La data proposta è cambiata: guarda quella nuova" in pagina
    prima = incontro.inizio
    incontro.refresh_from_db()
    assert incontro.inizio == prima


def test_una_proposta_aspetta_sulla_scrivania(coordinatore, proposta):
    assert [(v.titolo, v.dettaglio.split(" propone ")[0]) for v in voci_di(coordinatore)] == [
        ("Un'altra data per Seduta", "Alfa")
    ]


@pytest.mark.parametrize("ruolo", ["partner", "redattore"])
def test_un_partner_non_vede_nulla(entra, convocazione, proposta, ruolo):
    """Not even the one invited."""
    utente = UtenteFactory(ruolo=ruolo)
    if ruolo == "partner":
        utente = RappresentanzaFactory(soggetto=convocazione.adesione.soggetto).utente
    client = entra(utente)
    riga = MessaggioRicevuto.objects.get()
    for nome, argomenti in ((ELENCO, []), (SCHEDA, [riga.pk]), ("gestione_posta_ricevuta:originale", [riga.pk])):
        risposta = client.get(reverse(nome, args=argomenti))
        assert (risposta.status_code, riga.motivo in risposta.text) == (302, False)
    assert [v.titolo for v in voci_di(utente) if v.url.startswith("/gestione/")] == []
