"""«Did you find what you were looking for?»: anonymous, spam-proof without third parties, added up in public (R35)."""

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
from punti_informativi.gradimento import sintesi
from punti_informativi.models import Consultazioni, Riscontro
from punti_informativi.services.riscontri import (
    lascia_riscontro,
    oscura_riscontro,
    racconta_riscontri,
)
from tests.factories.punti_informativi import PuntoFactory, RiscontroFactory
from tests.factories.utenti import UtenteFactory

pytestmark = pytest.mark.django_db
SODDISFAZIONE = "/punti-informativi/soddisfazione/"


@pytest.fixture(autouse=True)
def _limiti_vuoti():
    cache.clear()


@pytest.fixture
def punto(lunedi):
    return PuntoFactory(attivo=True, slug="sportello", nome="Sportello")


def _testo(risposta):
    return " ".join(risposta.content.decode().split())


def _gettone(client, pagina):
    return re.search(r'name="gettone" value="([^"]+)"', client.get(pagina).content.decode())[1]


def _manda(
    client, dopo, dove="/punti-informativi/sportello/riscontro/", pagina="/punti-informativi/sportello/", **dati
):
    """Read the page, then send its form `dopo` seconds later."""
    intestazioni = dati.pop("headers", {"sec-fetch-site": "same-origin"})
    gettone = _gettone(client, pagina)
    with fermo(dopo):
        return client.post(dove, {"gettone": gettone, **dati}, headers=intestazioni)


def test_si_risponde_dalla_pagina_senza_cookie_e_senza_account(punto, lunedi):
    """R35, R63: on a strict client too, and no answer sets a cookie."""
    client = Client(enforce_csrf_checks=True)
    fra_poco = lunedi + timedelta(seconds=20)
    risposta = _manda(client, fra_poco, voto=5, aspetto="orari", testo="Grazie, chiamo il 347 1234567")
    assert (risposta.status_code, risposta["Location"]) == (302, "/punti-informativi/sportello/riscontro/?grazie")
    riscontro = Riscontro.objects.get()
    assert (riscontro.punto, riscontro.voto, riscontro.aspetto) == (punto, 5, "orari")
    assert (riscontro.testo, riscontro.lasciato_il) == ("Grazie, chiamo il […]", date(2023, 5, 8))
    assert "la tua risposta aiuta chi verrà dopo di te" in _testo(client.get(risposta["Location"]))
    assert client.cookies == {}


def test_anche_sulla_ricerca_dei_punti(client, lunedi):
    dove = "/punti-informativi/riscontro/"
    assert _manda(client, lunedi + timedelta(seconds=9), dove, "/punti-informativi/", voto=2).status_code == 302
    assert list(Riscontro.objects.values_list("punto", "voto", "aspetto")) == [(None, 2, "")]


def test_senza_voto_niente_si_perde_di_quello_che_si_e_scritto(client, punto, lunedi):
    risposta = _manda(client, lunedi + timedelta(seconds=20), aspetto="orari", testo="Era chiuso")
    testo = _testo(risposta)
    assert "Scegli una delle cinque risposte." in testo
    assert "Era chiuso</textarea>" in testo
    assert '<option value="orari" selected>' in testo
    assert Riscontro.objects.count() == 0


@pytest.mark.parametrize("attesa", [timedelta(seconds=1), timedelta(days=31)])
def test_troppo_presto_o_troppo_tardi_si_invia_di_nuovo_senza_riscrivere(client, punto, lunedi, attesa):
    """A program sends at once; a page left open for a month gets a new signature."""
    risposta = _manda(client, lunedi + attesa, voto=4, testo="Bene")
    testo = _testo(risposta)
    assert "controlla quello che hai scritto e invia di nuovo" in testo
    assert "Bene</textarea>" in testo
    nuovo = re.search(r'name="gettone" value="([^"]+)"', testo)[1]
    with fermo(lunedi + attesa + timedelta(seconds=5)):
        client.post("/punti-informativi/sportello/riscontro/", {"gettone": nuovo, "voto": 4, "testo": "Bene"})
    assert Riscontro.objects.count() == 1


@pytest.mark.parametrize("gettone", ["", "123", "1683532800:contraffatto", "é:é"])
def test_una_firma_che_non_e_nostra_non_passa(client, punto, lunedi, gettone):
    risposta = client.post("/punti-informativi/sportello/riscontro/", {"gettone": gettone, "voto": 4})
    assert risposta.status_code == 200
    assert Riscontro.objects.count() == 0


@pytest.mark.parametrize(
    "intestazioni",
    [{"sec-fetch-site": "cross-site"}, {"origin": "https://altro.example"}, {"origin": "null"}],
)
def test_da_un_altro_sito_non_si_vota(client, punto, lunedi, intestazioni):
    risposta = _manda(client, lunedi + timedelta(seconds=20), voto=1, headers=intestazioni)
    assert risposta.status_code == 403
    assert "Il modulo arriva da un altro sito" in _testo(risposta)
    assert Riscontro.objects.count() == 0


def test_chi_riempie_il_campo_che_non_si_vede_e_un_programma(client, punto, lunedi):
    """It is thanked, and learns nothing."""
    risposta = _manda(client, lunedi + timedelta(seconds=20), voto=5, indirizzo_web="https://spam.example")
    assert risposta["Location"].endswith("?grazie")
    assert Riscontro.objects.count() == 0


def test_un_doppio_clic_conta_una_volta(client, punto, lunedi):
    gettone = _gettone(client, punto.get_absolute_url())
    with fermo(lunedi + timedelta(seconds=20)):
        for _n in range(2):
            dati = {"gettone": gettone, "voto": 3}
            assert client.post("/punti-informativi/sportello/riscontro/", dati).status_code == 302
    assert Riscontro.objects.count() == 1


def test_dopo_molti_invii_dallo_stesso_indirizzo_si_aspetta(client, punto, lunedi, settings):
    settings.MODULI_APERTI_PER_INDIRIZZO = 1
    for voto, atteso in ((1, 302), (2, 429)):
        assert _manda(client, lunedi + timedelta(seconds=20), voto=voto).status_code == atteso
    altrove = {"gettone": _gettone(client, punto.get_absolute_url()), "voto": 5}
    with fermo(lunedi + timedelta(seconds=20)):
        client.post("/punti-informativi/sportello/riscontro/", altrove, REMOTE_ADDR="192.0.2.7")
    assert sorted(Riscontro.objects.values_list("voto", flat=True)) == [1, 5]


@pytest.mark.parametrize("stato", ["cessato", "verificato"])
def test_di_un_punto_senza_pagina_non_si_dice_niente(client, stato):
    punto = PuntoFactory(**{stato: True})
    assert client.get(reverse("punti:riscontro", args=[punto.slug])).status_code == 404


def test_sotto_cinque_risposte_si_dice_solo_quante_sono(client, punto):
    """R35: a mean of four says too much of each."""
    RiscontroFactory.create_batch(4, punto=punto, voto=2)
    testo = _testo(client.get(SODDISFAZIONE))
    assert "4 risposte" in testo
    assert "Sportello</a></th><td>4</td><td>–</td>" in testo.replace("> <", "><")
    assert "<svg role" not in testo
    RiscontroFactory(punto=punto, voto=5)
    testo = _testo(client.get(SODDISFAZIONE)).replace("> <", "><")
    assert "media 2,6 su 5" in testo
    assert "Sportello</a></th><td>5</td><td>2,6</td><td>1</td><td>0</td><td>0</td><td>4</td><td>0</td>" in testo
    assert '<rect y="5" width="80.0%"' in testo


def test_il_file_dice_le_stesse_cifre(client, punto, lunedi):
    RiscontroFactory.create_batch(5, punto=punto, voto=3)
    RiscontroFactory(punto=None, voto=1)
    RiscontroFactory(punto=punto, voto=1, lasciato_il=lunedi.date() - timedelta(days=400))
    Consultazioni.objects.create(punto=punto, giorno=lunedi.date(), quante=12)
    PuntoFactory(attivo=True, nome="Mai visto")
    righe = client.get("/punti-informativi/soddisfazione.csv").content.decode("utf-8-sig").split("\r\n")
    assert righe == [
        "Punto;Risposte;Media da 1 a 5;Voti 1;Voti 2;Voti 3;Voti 4;Voti 5;Visite",
        "Sportello;5;3,0;0;0;5;0;0;12",
        "Ricerca dei punti;1;;;;;;;",
        "Totale;6;2,7;1;0;5;0;0;12",
        "",
    ]


def test_le_query_delle_cifre_non_crescono_con_i_punti(client, punto, lunedi, django_assert_num_queries):
    def aggiungi(quanti):
        for altro in PuntoFactory.create_batch(quanti, attivo=True):
            RiscontroFactory.create_batch(5, punto=altro)
            Consultazioni.objects.create(punto=altro, giorno=lunedi.date(), quante=1)

    aggiungi(1)
    client.get(SODDISFAZIONE)
    with django_assert_num_queries(7):
        client.get(SODDISFAZIONE)
    aggiungi(2)
    with django_assert_num_queries(7):
        client.get(SODDISFAZIONE)


def test_chi_ospita_legge_il_suo_e_riceve_una_mail_al_giorno(client, ospite, punto_ospitato, lunedi):
    """R35: the words to host and Province alone."""
    lascia_riscontro(punto=punto_ospitato, voto=2, aspetto="orari", testo="Era chiuso")
    lascia_riscontro(punto=punto_ospitato, voto=5)
    lascia_riscontro(punto=PuntoFactory(attivo=True), voto=1, testo="Di un altro")
    client.force_login(ospite.utente)
    testo = _testo(client.get(reverse("punti:riscontri_ricevuti", args=[punto_ospitato.slug])))
    assert "2 risposte" in testo
    assert "2/5 · Gli orari" in testo
    assert "Era chiuso" in testo
    assert "Di un altro" not in testo
    assert racconta_riscontri() == 0  # the day isn't over
    with fermo(lunedi + timedelta(days=1)):
        assert racconta_riscontri() == 2
        assert racconta_riscontri() == 0
    mandate = Messaggio.objects.filter(riferimento__startswith=f"riscontri-{punto_ospitato.pk}-")
    assert [m.destinatario for m in mandate] == [ospite.utente.email]
    assert "- 2/5, Gli orari: «Era chiuso»" in mandate.get().testo


def test_le_parole_non_stanno_in_nessuna_pagina_pubblica(client, punto):
    RiscontroFactory(punto=punto, testo="Parole di un cittadino")
    for pagina in (
        punto.get_absolute_url(),
        SODDISFAZIONE,
        "/punti-informativi/",
        "/punti-informativi/soddisfazione.csv",
    ):
        assert "Parole di un cittadino" not in client.get(pagina).content.decode()


def test_la_provincia_toglie_le_parole_e_il_voto_resta(client, punto, lunedi):
    coordinatore = UtenteFactory(ruolo="coordinatore")
    riscontro = RiscontroFactory(punto=punto, testo="La signora Rossi è stata scortese")
    client.force_login(coordinatore)
    assert "La signora Rossi" in _testo(client.get(reverse("punti_riscontri")))
    dove = reverse("punti_riscontro", args=[riscontro.pk])
    assert "Perché il testo va tolto" in _testo(client.get(dove))
    assert client.post(dove, {"motivo": "C'è un nome"}).status_code == 302
    riscontro.refresh_from_db()
    assert (riscontro.testo, riscontro.voto) == ("", 4)
    riga = righe_di(punto).get(azione="riscontro_oscurato")
    assert (riga.utente, riga.dati) == (coordinatore, {"riscontro": riscontro.pk, "motivo": "C'è un nome"})


def test_solo_la_provincia_toglie_le_parole_e_dice_perche(ospite, punto_ospitato):
    riscontro = RiscontroFactory(punto=punto_ospitato, testo="Parole")
    with pytest.raises(PermissionDenied):
        oscura_riscontro(utente=ospite.utente, riscontro=riscontro, motivo="Non mi piace")
    with pytest.raises(Rifiuto, match="Scrivi perché"):
        oscura_riscontro(utente=UtenteFactory(ruolo="coordinatore"), riscontro=riscontro, motivo=" ")


def test_dopo_un_anno_le_parole_si_cancellano(lunedi, settings):
    """R62: retention."""
    vecchio = RiscontroFactory(testo="Vecchio", lasciato_il=date(2022, 5, 7))
    recente = RiscontroFactory(testo="Recente", lasciato_il=date(2022, 5, 8))
    genere = "punti_informativi.services.scarto.parole_dei_cittadini"
    assert [scarta_genere(genere, settings.SCARTI[genere]) for _n in range(2)] == [1, 0]
    vecchio.refresh_from_db(), recente.refresh_from_db()
    assert (vecchio.testo, vecchio.voto, recente.testo) == ("", 4, "Recente")


@pytest.mark.parametrize(
    ("voti", "minimo", "quanti", "media"),
    [({}, 0, 0, None), ({5: 1}, 0, 1, 5.0), ({5: 4}, 5, 4, None), ({1: 1, 2: 4}, 5, 5, 1.8), ({3: 1, 4: 1}, 2, 2, 3.5)],
)
def test_sintesi(voti, minimo, quanti, media):
    fatta = sintesi(voti, minimo)
    assert (fatta.quanti, fatta.media) == (quanti, media)
