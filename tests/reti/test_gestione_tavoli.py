"""The back office of boards: create, convene, call the roll, minute, all through its pages."""

from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse

from core.models import Messaggio
from reti.models import Convocazione, Incontro, Rete
from reti.stati import StatoIncontro
from tests.factories.reti import AdesioneFactory, ConvocazioneFactory, IncontroFactory, SoggettoFactory
from tests.factories.utenti import UtenteFactory

pytestmark = pytest.mark.django_db
INIZIO = datetime(2023, 3, 7, 9, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _prima(orologio):
    with orologio(INIZIO - timedelta(days=10)):
        yield


@pytest.fixture
def incontro(provincia):
    incontro = IncontroFactory(rete__convocante=provincia, stato=StatoIncontro.CONVOCATO)
    for nome in ("Alfa", "Beta"):
        ConvocazioneFactory(incontro=incontro, adesione__rete=incontro.rete, adesione__soggetto__denominazione=nome)
    return incontro


def dati_tavolo(provincia, *soggetti):
    """What the new-board page posts."""
    dati = {
        **{"nome": "Tavolo prova", "tipo": "tavolo", "tema": "altro", "convocante": provincia.pk, "dal": "2023-01-01"},
        **{"quorum_modo": "seggi", "approvazione": "silenzio"},
        **{"seggi-TOTAL_FORMS": 4, "seggi-INITIAL_FORMS": 0, "seggi-MIN_NUM_FORMS": 0, "seggi-MAX_NUM_FORMS": 1000},
    }
    for n in range(4):
        dati |= {f"seggi-{n}-soggetto": soggetti[n].pk if n < len(soggetti) else "", f"seggi-{n}-ruolo": "aderente"}
    return dati


def test_dal_tavolo_al_verbale(entra, coordinatore, provincia, orologio):
    """R20, R22: the coordinator's whole journey."""
    client = entra(coordinatore)
    alfa = SoggettoFactory(denominazione="Alfa")
    client.post(reverse("gestione_tavoli:add"), dati_tavolo(provincia, alfa))
    rete = Rete.objects.get()
    assert [a.soggetto for a in rete.adesioni.all()] == [alfa]
    dati = {"titolo": "Prima seduta", "giorno": "2023-03-07", "dalle": "10:00", "alle": "12:00"}
    client.post(f"{reverse('gestione_incontri:add')}?rete={rete.pk}", dati | {"modalita": "presenza", "luogo": "Sala"})
    incontro = Incontro.objects.get()
    assert (incontro.inizio, incontro.stato) == (INIZIO, "bozza")
    client.post(reverse("gestione_incontri:convoca", args=[incontro.pk]))
    assert Messaggio.objects.get().destinatario == alfa.email
    with orologio(INIZIO + timedelta(hours=2)):
        seggio = rete.adesioni.get()
        appello = {f"s{seggio.pk}-esito": "remoto", f"s{seggio.pk}-arrivo": "10:05", "azione": "svolto"}
        client.post(reverse("gestione_incontri:presenze", args=[incontro.pk]), appello)
        presenza = incontro.presenze.get()
        assert (presenza.esito, presenza.da_remoto, f"{presenza.arrivo:%H:%M}") == ("presente", True, "10:05")
        decisioni = {"decisioni-TOTAL_FORMS": 1, "decisioni-INITIAL_FORMS": 0, "decisioni-0-testo": "Scrivere"}
        scritto = {"testo": "Si è detto.", "versione": 0} | decisioni
        client.post(reverse("gestione_incontri:verbale", args=[incontro.pk]), scritto)
        client.post(reverse("gestione_incontri:invia_verbale", args=[incontro.pk]))
    with orologio(INIZIO + timedelta(days=11)):
        client.get(reverse("gestione_incontri:scheda", args=[incontro.pk]))
    incontro.refresh_from_db()
    assert incontro.stato == "verbalizzato"
    assert [d.testo for d in incontro.decisioni.all()] == ["Scrivere"]
    scheda = client.get(reverse("gestione_incontri:scheda", args=[incontro.pk])).text
    assert incontro.verbale.impronta in scheda


def test_un_appello_sbagliato_non_perde_quello_che_era_scritto(entra, coordinatore, incontro, orologio):
    alfa, beta = (c.adesione for c in incontro.convocazioni.all())
    dati = {
        f"s{alfa.pk}-esito": "presente",
        f"s{alfa.pk}-arrivo": "12:00",
        f"s{alfa.pk}-uscita": "10:00",
        f"s{beta.pk}-esito": "giustificato",
        f"s{beta.pk}-persona": "Chi ho scritto",
    }
    with orologio(INIZIO + timedelta(hours=3)):
        pagina = entra(coordinatore).post(reverse("gestione_incontri:presenze", args=[incontro.pk]), dati)
    assert "L&#x27;uscita è prima dell&#x27;arrivo." in pagina.text
    assert 'value="Chi ho scritto"' in pagina.text
    assert incontro.presenze.count() == 0


def test_il_rifiuto_di_un_servizio_resta_sulla_pagina(entra, coordinatore, provincia):
    rete = Rete.objects.create(
        slug="ct", nome="Comitato", tipo="comitato_tecnico", convocante=provincia, dal=INIZIO.date()
    )
    dati = {"atto": "Det. 7/2023", "atto_data": "2023-02-20"}
    pagina = entra(coordinatore).post(reverse("gestione_tavoli:costituzione", args=[rete.pk]), dati)
    assert "«Comitato» non può essere costituito: mancano funzionario del servizio" in pagina.text
    assert 'value="Det. 7/2023"' in pagina.text


def test_prima_di_convocare_si_vede_chi_e_senza_email_e_il_preavviso(entra, coordinatore, provincia, orologio):
    incontro = IncontroFactory(rete__convocante=provincia)
    AdesioneFactory(rete=incontro.rete, soggetto__denominazione="Muto", soggetto__email="")
    with orologio(INIZIO - timedelta(days=2)):
        testo = entra(coordinatore).get(reverse("gestione_incontri:convoca", args=[incontro.pk])).text
    assert "Muto: <span" in testo
    assert "senza indirizzo email" in testo
    assert "Il preavviso è di 2 giorni" in testo


def test_l_ufficio_registra_una_risposta(entra, coordinatore, incontro):
    convocazione = incontro.convocazioni.first()
    url = reverse("gestione_incontri:risposta", args=[convocazione.pk])
    entra(coordinatore).post(url, {"risposta": "no"})
    assert Convocazione.objects.filter(risposta="no", risposta_via="ufficio").get() == convocazione


LETTURA = ["index", "scheda"]
SCRITTURA = ["edit", "convoca", "rinvia", "annulla", "presenze", "verbale"]


@pytest.mark.parametrize("ruolo", ["operatore_cpi", "revisore"])
def test_chi_legge_tutto_vede_ma_non_scrive(entra, incontro, ruolo):
    client = entra(UtenteFactory(ruolo=ruolo))
    assert client.get(reverse("gestione_incontri:index")).status_code == 200
    scheda = client.get(reverse("gestione_incontri:scheda", args=[incontro.pk])).text
    assert reverse("gestione_incontri:annulla", args=[incontro.pk]) not in scheda
    for nome in SCRITTURA:
        risposta = client.post(reverse(f"gestione_incontri:{nome}", args=[incontro.pk]), {"motivo": "x"})
        assert (risposta.status_code, risposta.url) == (302, reverse("wagtailadmin_home"))
    incontro.refresh_from_db()
    assert incontro.stato == StatoIncontro.CONVOCATO


@pytest.mark.parametrize("nome", [*LETTURA, *SCRITTURA])
@pytest.mark.parametrize("ruolo", ["partner", "redattore"])
def test_chi_non_legge_non_entra(entra, incontro, ruolo, nome):
    args = [] if nome == "index" else [incontro.pk]
    risposta = entra(UtenteFactory(ruolo=ruolo)).get(reverse(f"gestione_incontri:{nome}", args=args))
    assert risposta.status_code == 302
    assert incontro.titolo not in risposta.text


def test_le_interrogazioni_dell_elenco_non_crescono(entra, coordinatore, incontro, django_assert_max_num_queries):
    client = entra(coordinatore)
    quante = []
    for _ in range(2):
        for nome in ("gestione_incontri:index", "gestione_tavoli:index"):
            with django_assert_max_num_queries(80) as contate:
                client.get(reverse(nome))
            quante.append(len(contate))
        for _ in range(3):
            altro = IncontroFactory(rete__convocante=incontro.rete.convocante)
            ConvocazioneFactory(incontro=altro, adesione__rete=altro.rete)
    assert quante[2] <= quante[0]
    assert quante[3] <= quante[1]
