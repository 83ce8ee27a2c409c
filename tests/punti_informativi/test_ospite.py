"""The host's own area, the desk, the ties of the graph."""

from datetime import date, time, timedelta

import pytest
from django.urls import reverse

from core.scrivania import Voce
from punti_informativi.models import Proposta, PuntoInformativo, Servizio
from punti_informativi.orari import Fascia
from punti_informativi.queries import archi_punti, vita, voci_scrivania
from reti.grafo import Arco
from tests.factories.accordi import IstanzaFactory
from tests.factories.punti_informativi import OrarioFactory, PuntoFactory, ServizioFactory
from tests.factories.reti import RappresentanzaFactory, SedeFactory, SoggettoFactory
from tests.factories.utenti import UtenteFactory

pytestmark = pytest.mark.django_db


def _modulo(orari=(), **campi):
    """What a browser posts from the form of hours and contacts."""
    dati = {"accessibilita": "non_nota", "servizi": [s.pk for s in Servizio.objects.all()]} | campi
    dati |= {"orari-TOTAL_FORMS": str(len(orari)), "orari-INITIAL_FORMS": "0"}
    for n, riga in enumerate(orari):
        dati |= {f"orari-{n}-{nome}": valore for nome, valore in riga.items()}
    return dati


@pytest.fixture
def candidato(ospite):
    """A candidate of that body: its host edits it freely until the Province verifies it."""
    return PuntoFactory(sede=SedeFactory(soggetto=ospite.soggetto), nome="Sportello Lavoro")


def test_l_ospite_di_un_candidato_salva_orari_e_contatti_senza_attese(entra, ospite, candidato):
    OrarioFactory(punto=candidato)
    client = entra(ospite.utente)
    indirizzo = reverse("punti:modifica", args=[candidato.slug])
    assert 'value="09:00"' in client.get(indirizzo).content.decode()
    risposta = client.post(
        indirizzo,
        _modulo(
            [{"giorno": "1", "dalle": "9:00", "alle": "12:30"}, {"giorno": "", "dalle": "", "alle": ""}],
            telefono="0372 1",
            descrizione="Ti ascoltiamo.",
        ),
    )
    assert risposta.url == reverse("punti:miei")
    punto = PuntoInformativo.objects.get(pk=candidato.pk)
    assert [o.fascia for o in punto.orari.all()] == [Fascia(1, time(9), time(12, 30))]
    assert (punto.telefono, punto.descrizione) == ("0372 1", "Ti ascoltiamo.")
    assert not Proposta.objects.exists()


def test_togliere_una_riga(entra, ospite, candidato):
    OrarioFactory(punto=candidato)
    modulo = _modulo([{"giorno": "0", "dalle": "09:00", "alle": "12:30", "DELETE": "on"}]) | {
        "orari-INITIAL_FORMS": "1"
    }
    entra(ospite.utente).post(reverse("punti:modifica", args=[candidato.slug]), modulo)
    assert not candidato.orari.exists()


@pytest.mark.parametrize(
    ("righe", "frase"),
    [
        (
            [{"giorno": "0", "dalle": "9:00", "alle": "12:00"}, {"giorno": "0", "dalle": "11:00", "alle": "13:00"}],
            "Gli orari di lunedì si sovrappongono (9–12 e 11–13): correggi uno dei due.",
        ),
        (
            [{"giorno": "0", "dalle": "12:00", "alle": "9:00"}],
            "La chiusura viene prima dell'apertura: correggi uno dei due orari.",
        ),
        ([{"giorno": "0", "dalle": "nove", "alle": "12:00"}], "Scrivi l'ora come 9:00 o 14:30."),
    ],
)
def test_un_errore_ha_la_sua_frase_e_non_perde_quello_che_hai_scritto(entra, ospite, punto_ospitato, righe, frase):
    risposta = entra(ospite.utente).post(
        reverse("punti:modifica", args=[punto_ospitato.slug]), _modulo(righe, telefono="0372 99")
    )
    testo = risposta.content.decode().replace("&#x27;", "'")
    assert frase in testo
    assert 'value="0372 99"' in testo
    assert PuntoInformativo.objects.get(pk=punto_ospitato.pk).telefono == ""


def test_un_altro_partner_non_trova_il_punto(entra, punto_ospitato):
    client = entra(RappresentanzaFactory().utente)
    indirizzo = reverse("punti:modifica", args=[punto_ospitato.slug])
    assert (client.get(indirizzo).status_code, client.post(indirizzo, _modulo()).status_code) == (404, 404)
    assert list(client.get(reverse("punti:miei")).context["punti"]) == []


def test_chi_rappresenta_senza_potere_legge_ma_non_modifica(entra):
    rappresentanza = RappresentanzaFactory(puo_gestire_punti=False)
    punto = PuntoFactory(attivo=True, sede=SedeFactory(soggetto=rappresentanza.soggetto))
    client = entra(rappresentanza.utente)
    assert list(client.get(reverse("punti:miei")).context["punti"]) == [punto]
    assert "Orari e contatti" not in client.get(reverse("punti:miei")).content.decode()
    assert client.get(reverse("punti:modifica", args=[punto.slug])).status_code == 403


@pytest.mark.parametrize("nome", ["miei", "modifica", "candida"])
def test_senza_accesso_si_va_al_login(client, nome, punto_ospitato):
    argomenti = {"miei": [], "modifica": [punto_ospitato.slug], "candida": ["codice"]}[nome]
    assert client.get(reverse(f"punti:{nome}", args=argomenti)).url.startswith("/accesso/login/?next=")


def test_il_partner_candida_un_punto_dalla_sua_istanza(entra, ospite):
    istanza = IstanzaFactory(ammessa=True, avviso__attiva_punti=True, capofila=ospite.soggetto)
    sede, altra = SedeFactory(soggetto=ospite.soggetto), SedeFactory()
    servizio = ServizioFactory()
    client = entra(ospite.utente)
    indirizzo = reverse("punti:candida", args=[istanza.codice])
    assert list(client.get(indirizzo).context["form"].fields["sede"].queryset) == [sede]
    dati = {"nome": "Punto nuovo", "servizi": [servizio.pk]}
    assert client.post(indirizzo, dati | {"sede": altra.pk}).status_code == 200
    risposta = client.post(indirizzo, dati | {"sede": sede.pk})
    assert risposta.url == reverse("punti:modifica", args=["punto-nuovo"])
    assert PuntoInformativo.objects.get().istanza == istanza
    assert entra(RappresentanzaFactory().utente).get(indirizzo).status_code == 404


def test_la_scrivania_del_coordinatore(coordinatore, provincia):
    candidato = PuntoFactory(nome="Uno")
    verificato = PuntoFactory(nome="Due", verificato=True)
    PuntoFactory(attivo=True)
    istanza = IstanzaFactory(ammessa=True, avviso__attiva_punti=True)
    IstanzaFactory(ammessa=True)
    gruppo = "Punti informativi"
    assert sorted(voci_scrivania(coordinatore), key=lambda v: v.titolo) == [
        Voce(
            "Apri al pubblico «Due»",
            f"/gestione/punti/{verificato.pk}/",
            dettaglio=verificato.soggetto.denominazione,
            gruppo=gruppo,
        ),
        Voce(
            f"Registra il punto di {istanza.capofila.denominazione}",
            f"/gestione/punti/da-istanze/{istanza.codice}/",
            dettaglio=istanza.avviso.titolo,
            gruppo=gruppo,
        ),
        Voce(
            "Verifica il punto «Uno»",
            f"/gestione/punti/{candidato.pk}/",
            dettaglio=candidato.soggetto.denominazione,
            gruppo=gruppo,
        ),
    ]


def test_la_scrivania_dell_ospite_chiede_gli_orari_che_mancano(ospite, punto_ospitato):
    PuntoFactory(attivo=True)
    istanza = IstanzaFactory(ammessa=True, avviso__attiva_punti=True, capofila=ospite.soggetto)
    assert [(v.titolo, v.url) for v in voci_scrivania(ospite.utente)] == [
        ("Comunica gli orari di «Sportello Lavoro»", f"/punti-informativi/miei/{punto_ospitato.slug}/"),
        (
            f"Candida un punto informativo per «{istanza.avviso.titolo}»",
            f"/punti-informativi/miei/candida/{istanza.codice}/",
        ),
    ]
    OrarioFactory(punto=punto_ospitato)
    assert len(voci_scrivania(ospite.utente)) == 1
    assert voci_scrivania(UtenteFactory()) == []


def test_gli_archi_vanno_dall_ospite_al_cpi_o_alla_provincia(provincia):
    """R40: a hosted point is a dated tie that opens its page."""
    cpi = SoggettoFactory(slug="cpi", tipo="cpi")
    ospite = SoggettoFactory(slug="ospite")
    sede = SedeFactory(soggetto=ospite)
    PuntoFactory(attivo=True, slug="a", nome="A", sede=sede, cpi_riferimento=cpi)
    PuntoFactory(cessato=True, slug="b", nome="B", sede=SedeFactory(soggetto=ospite, nome="Altra"))
    PuntoFactory(attivo=True, slug="c", sede=SedeFactory(soggetto=cpi), cpi_riferimento=cpi)
    PuntoFactory(verificato=True, slug="d")
    nel_tempo = {g: archi_punti(g) for g in (date(2023, 5, 1), date(2023, 6, 1), date(2023, 9, 1))}
    dal = date(2023, 5, 2)
    uno = Arco("ospite", "cpi", "punto", dal, None, "A", "/punti-informativi/a/")
    due = Arco("ospite", provincia.slug, "punto", dal, date(2023, 9, 1), "B", "")  # its page ended with it
    assert nel_tempo == {date(2023, 5, 1): [], date(2023, 6, 1): [uno, due], date(2023, 9, 1): [uno]}


@pytest.mark.parametrize(
    ("tratti", "atteso"),
    [({}, ("/punti-informativi/p/", True)), ({"scaduto": True}, ("", True)), ({"non_elencare": True}, ("", False))],
)
def test_un_arco_apre_solo_pagine_che_ci_sono_e_tace_chi_non_vuole_stare_nell_elenco(provincia, lunedi, tratti, atteso):
    """R31: the graph said where a point was that its host had asked to list nowhere, and opened pages that weren't."""
    punto = PuntoFactory(attivo=True, slug="p", non_elencare=tratti.get("non_elencare", False))
    if tratti.get("scaduto"):
        PuntoInformativo.objects.update(verificato_il=lunedi - timedelta(days=900))
    (arco,) = archi_punti(punto.attivo_dal)
    assert (arco.url, arco.pubblico) == atteso


@pytest.mark.parametrize(
    ("tratti", "passi"),
    [
        ({}, ["*Candidato", "Verificato", "Aperto al pubblico"]),
        ({"verificato": True}, ["+Candidato", "*Verificato", "Aperto al pubblico"]),
        ({"attivo": True}, ["+Candidato", "+Verificato", "*Aperto al pubblico"]),
        ({"sospeso": True}, ["+Candidato", "+Verificato", "+Aperto al pubblico", "*Sospeso"]),
        ({"cessato": True}, ["+Candidato", "+Verificato", "+Aperto al pubblico", "*Cessato"]),
        ({"cessato": True, "attivo_dal": None}, ["+Candidato", "+Verificato", "*Cessato"]),
    ],
)
def test_i_passi_della_vita_di_un_punto(tratti, passi):
    """From the admitted application to the end: done (+), present (*), to come."""
    elenco = [f"{'*' if p.presente else '+' * p.fatto}{p.nome}" for p in vita.passi(PuntoFactory(**tratti))]
    assert elenco == passi


def test_i_miei_punti_dicono_chi_si_aspetta(entra, ospite):
    istanza = IstanzaFactory(ammessa=True, avviso__attiva_punti=True, capofila=ospite.soggetto)
    PuntoFactory(sede=SedeFactory(soggetto=ospite.soggetto), istanza=istanza)
    (punto,) = entra(ospite.utente).get(reverse("punti:miei")).context["punti"]
    assert (punto.passi[0].nome, punto.atteso) == (
        "Istanza ammessa",
        "Completa orari e contatti; poi la Provincia verifica i dati.",
    )
