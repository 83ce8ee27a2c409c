"""The screen of the roll and what is done beside it: items, guests, taps as JSON, the form without JavaScript (R22)."""

import json
from datetime import UTC, datetime, time, timedelta

import pytest
from django.urls import reverse

from core.errori import Rifiuto
from reti.models import Tocco
from reti.services.seduta import (
    aggiungi_ospite,
    chiudi_punto,
    comincia_punto,
    esce_ospite,
    orari_punto,
    togli_ospite,
)
from reti.stati import StatoIncontro
from tests.factories.reti import ConvocazioneFactory, IncontroFactory, PresenzaFactory

pytestmark = pytest.mark.django_db
INIZIO = datetime(2023, 3, 7, 9, 0, tzinfo=UTC)  # 10:00 in Rome


@pytest.fixture
def alle(orologio):
    """Hold the clock at a minute after the start."""
    return lambda minuto: orologio(INIZIO + timedelta(minutes=minuto))


@pytest.fixture(autouse=True)
def _durante(alle):
    with alle(5):
        yield


@pytest.fixture
def incontro(provincia):
    incontro = IncontroFactory(rete__convocante=provincia, stato=StatoIncontro.CONVOCATO)
    for nome in ("Alfa", "Beta"):
        ConvocazioneFactory(incontro=incontro, adesione__rete=incontro.rete, adesione__soggetto__denominazione=nome)
    for ordine, titolo in enumerate(["Primo", "Secondo"]):
        incontro.punti.create(ordine=ordine, titolo=titolo)
    return incontro


@pytest.fixture
def chi(coordinatore, incontro):
    return {"utente": coordinatore, "incontro": incontro}


def orari(incontro):
    return [(p.dalle, p.alle) for p in incontro.punti.all()]


# -- Items ------------------------------------------------------------------------


def test_cominciare_un_punto_chiude_quello_in_discussione(incontro, chi, alle):
    primo, secondo = incontro.punti.all()
    comincia_punto(punto=primo.pk, **chi)
    with alle(25):
        comincia_punto(punto=secondo.pk, **chi)
    with alle(40):
        for _volta in range(2):
            chiudi_punto(punto=secondo.pk, **chi)
    assert orari(incontro) == [(time(10, 5), time(10, 25)), (time(10, 25), time(10, 40))]


def test_un_punto_ripreso_tiene_il_suo_inizio(incontro, chi, alle):
    primo = incontro.punti.first()
    comincia_punto(punto=primo.pk, **chi)
    chiudi_punto(punto=primo.pk, **chi)
    with alle(30):
        comincia_punto(punto=primo.pk, **chi)
    assert orari(incontro)[0] == (time(10, 5), None)


@pytest.mark.parametrize(
    ("dalle", "alle_", "frase"),
    [(time(11), time(10), "finisce prima di cominciare"), (None, time(10), "scrivi anche quando è cominciato")],
)
def test_orari_impossibili_di_un_punto_sono_rifiutati(incontro, chi, dalle, alle_, frase):
    with pytest.raises(Rifiuto, match=frase):
        orari_punto(punto=incontro.punti.first().pk, dalle=dalle, alle=alle_, **chi)
    assert orari(incontro)[0] == (None, None)


def test_il_giorno_dopo_gli_orari_si_scrivono(incontro, chi, orologio):
    primo = incontro.punti.first()
    with orologio(INIZIO + timedelta(days=1)):
        with pytest.raises(Rifiuto, match="L'incontro non è oggi"):
            comincia_punto(punto=primo.pk, **chi)
        orari_punto(punto=primo.pk, dalle=time(10), alle=time(10, 30), **chi)
    assert orari(incontro)[0] == (time(10), time(10, 30))


# -- Guests -----------------------------------------------------------------------


def test_un_ospite_si_scrive_una_volta_esce_e_si_toglie(incontro, chi, alle):
    primo = aggiungi_ospite(nome="  Ugo   Neri ", ente="CPI", **chi)
    assert aggiungi_ospite(nome="neri ugo", ente="cpi", **chi) == primo
    with alle(50):
        esce_ospite(ospite=primo.pk, **chi)
    assert list(incontro.ospiti.values_list("nome", "arrivo", "uscita")) == [("Ugo Neri", time(10, 5), time(10, 50))]
    togli_ospite(ospite=primo.pk, **chi)
    with pytest.raises(Rifiuto, match="non c'è più"):
        togli_ospite(ospite=primo.pk, **chi)
    assert incontro.ospiti.count() == 0


# -- Taps as JSON --------------------------------------------------------------------


@pytest.fixture
def pagina(entra, coordinatore, incontro):
    """`pagina("tocchi")`: the address, with the coordinator signed in."""
    client = entra(coordinatore)

    def _invia(nome, dati=None, **intestazioni):
        url = reverse(f"gestione_incontri:presenze{nome and '_' + nome}", args=[incontro.pk])
        if dati is None:
            return client.get(url, headers=intestazioni)
        if nome == "tocchi":
            return client.post(url, dati, content_type="application/json")
        return client.post(url, dati)

    return _invia


def tocco(incontro, chiave="k", campo="esito", valore="presente", minuto=3):
    seggio = incontro.convocazioni.first().adesione_id
    fatto = int((INIZIO + timedelta(minutes=minuto)).timestamp() * 1000)
    return {"chiave": chiave, "seggio": seggio, "campo": campo, "valore": valore, "fatto": fatto}


def test_i_tocchi_tornano_con_la_loro_ricevuta_e_l_appello(pagina, incontro):
    tocchi = [tocco(incontro), tocco(incontro), tocco(incontro, "due", "persona", "Ada Verdi")]
    risposta = pagina("tocchi", json.dumps({"tocchi": tocchi})).json()
    assert [e["esito"] for e in risposta["esiti"]] == ["applicato", "ripetuto", "applicato"]
    riga = risposta["stato"]["righe"][0]
    assert (riga["esito"], riga["persona"], riga["arrivo"]) == ("presente", "Ada Verdi", "10:03")


@pytest.mark.parametrize(
    "corpo",
    [
        "non json",
        "[]",
        '{"tocchi": 3}',
        '{"tocchi": [{}]}',
        '{"tocchi": [{"chiave": "a", "seggio": 1, "campo": "esito", "valore": "presente", "fatto": 1e300}]}',
        '{"tocchi": [{"chiave": "a\\u0000", "seggio": 1, "campo": "esito", "valore": "presente", "fatto": 1}]}',
        json.dumps({"tocchi": [{}] * 101}),
    ],
)
def test_tocchi_che_non_sono_nostri_non_rompono_e_non_scrivono(pagina, corpo):
    risposta = pagina("tocchi", corpo)
    assert (risposta.status_code, risposta.json()["frase"]) == (
        400,
        "Questi segni non si riconoscono: ricarica la pagina.",
    )
    assert Tocco.objects.count() == 0


def test_l_appello_invariato_risponde_304_e_dice_l_ora(pagina, incontro):
    prima = pagina("stato")
    assert prima["X-Adesso"] == str(int((INIZIO + timedelta(minutes=5)).timestamp() * 1000))
    uguale = pagina("stato", **{"If-None-Match": prima["ETag"]})
    assert (uguale.status_code, uguale.content) == (304, b"")
    pagina("tocchi", json.dumps({"tocchi": [tocco(incontro)]}))
    dopo = pagina("stato", **{"If-None-Match": prima["ETag"]})
    assert (dopo.status_code, dopo.json()["righe"][0]["esito"]) == (200, "presente")


def test_le_interrogazioni_non_crescono_con_i_seggi(pagina, incontro, django_assert_max_num_queries):
    quante = {}
    for seggi in (2, 6):
        while incontro.convocazioni.count() < seggi:
            convocazione = ConvocazioneFactory(incontro=incontro, adesione__rete=incontro.rete)
            PresenzaFactory(incontro=incontro, adesione=convocazione.adesione)
        for nome in ("stato", ""):
            with django_assert_max_num_queries(60) as contate:
                assert pagina(nome).status_code == 200
            quante.setdefault(nome, []).append(len(contate))
    assert quante["stato"][0] == quante["stato"][1]
    assert quante[""][1] <= quante[""][0]


def test_un_bottone_rifiutato_dice_perche(pagina, incontro):
    risposta = pagina("azioni", {"azione": "svolto"})
    assert (risposta.status_code, risposta.json()["frase"]) == (409, "Registra prima le presenze di: Alfa, Beta.")
    assert pagina("azioni", {"azione": "cancella:1"}).status_code == 409


# -- Without JavaScript ----------------------------------------------------------------


def modulo(incontro, *, prima="", dopo="presente", nome="Alfa"):
    """What a form opened when the seat's outcome was `prima` sends."""
    seggio = incontro.convocazioni.get(adesione__soggetto__denominazione=nome).adesione_id
    return {f"initial-s{seggio}-esito": prima, f"s{seggio}-esito": dopo}


def test_un_modulo_aperto_prima_non_disfa_quello_che_un_altro_ha_segnato(pagina, incontro):
    pagina("", modulo(incontro, dopo="assente"))
    pagina("", modulo(incontro, prima="presente", dopo="presente") | modulo(incontro, nome="Beta"))
    assert list(incontro.presenze.values_list("adesione__soggetto__denominazione", "esito")) == [
        ("Alfa", "assente"),
        ("Beta", "presente"),
    ]


def test_dal_modulo_chi_non_scrive_l_arrivo_c_e_dall_inizio(pagina, incontro):
    pagina("", modulo(incontro))
    assert list(incontro.presenze.values_list("esito", "arrivo")) == [("presente", None)]


def test_gli_altri_assenti_con_un_bottone(pagina, incontro):
    pagina("", modulo(incontro) | {"azione": "altri-assenti"})
    assert list(incontro.presenze.values_list("esito", flat=True)) == ["presente", "assente"]


def test_ogni_bottone_salva_tutto_quello_che_e_scritto(pagina, incontro):
    primo = incontro.punti.first()
    dati = modulo(incontro) | {
        f"p{primo.pk}-dalle": "10:00",
        f"p{primo.pk}-alle": "10:20",
        "ospite-nome": "Ugo Neri",
        "azione": "svolto",
    }
    risposta = pagina("", dati)
    assert risposta.url == reverse("gestione_incontri:presenze", args=[incontro.pk])  # Beta is missing: not held
    incontro.refresh_from_db()
    assert (incontro.stato, orari(incontro)[0], incontro.ospiti.get().nome) == (
        "convocato",
        (time(10), time(10, 20)),
        "Ugo Neri",
    )


def test_un_orario_storto_rimanda_la_pagina_con_tutto_scritto(pagina, incontro):
    primo = incontro.punti.first()
    dati = modulo(incontro) | {f"p{primo.pk}-dalle": "12:00", f"p{primo.pk}-alle": "10:00", "ospite-nome": "Ugo Neri"}
    risposta = pagina("", dati)
    assert "«Primo»: finisce prima di cominciare" in risposta.text
    assert 'value="12:00"' in risposta.text
    assert 'value="Ugo Neri"' in risposta.text
    assert (incontro.presenze.count(), incontro.ospiti.count()) == (0, 0)
