"""Finding a point: where one lives, filters with their counts, what to drop when nothing is found (R32, R33)."""

import re
from datetime import time
from html import unescape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from pagine.impianto import prepara_sito
from punti_informativi.queries.luoghi import luogo
from reti.services.comuni import importa_comuni
from tests.factories.punti_informativi import (
    DestinatariFactory,
    LinguaFactory,
    OrarioFactory,
    PuntoFactory,
    ServizioFactory,
)
from tests.factories.reti import ComuneFactory, SedeFactory

pytestmark = pytest.mark.django_db
ELENCO = "/punti-informativi/"


def _nomi(risposta):
    return [p.nome for p in risposta.context["pagina"]]


def _testo(client, domanda):
    return " ".join(unescape(client.get(f"{ELENCO}?{domanda}").content.decode()).split())


@pytest.fixture
def provincia_di_prova():
    """Cremona, Castelverde at 8 km, Crema at 37; points that differ in everything that may be asked."""
    cremona = ComuneFactory(codice_istat="019036", nome="Cremona", lat=45.1333, lon=10.0225)
    castelverde = ComuneFactory(codice_istat="019025", nome="Castelverde", lat=45.1889, lon=9.9953)
    crema = ComuneFactory(codice_istat="019035", nome="Crema", lat=45.3647, lon=9.6866)
    corsi, curriculum = ServizioFactory(slug="corsi", nome="Corsi"), ServizioFactory(slug="cv", nome="Curriculum")
    arabo = LinguaFactory(codice="ar", nome="arabo")
    a = PuntoFactory(attivo=True, nome="A Cremona", sede=SedeFactory(comune=cremona), servizi=[corsi])
    a.accessibilita, a.telefono = "completa", "0372 000 001"
    a.lingue.add(arabo)
    a.save()
    OrarioFactory(punto=a)
    b = PuntoFactory(attivo=True, nome="B Castelverde", sede=SedeFactory(comune=castelverde), servizi=[curriculum])
    b.accessibilita, b.a_distanza = "parziale", True
    b.save()
    OrarioFactory(punto=b, giorno=1, su_appuntamento=True)
    c = PuntoFactory(attivo=True, nome="C Crema", sede=SedeFactory(comune=crema), servizi=[corsi, curriculum])
    c.solo_appuntamento = True
    c.destinatari.add(DestinatariFactory(slug="giovani", nome="Giovani"))
    c.comuni_serviti.add(castelverde)
    c.save()
    PuntoFactory(attivo=True, nome="D nascosto", sede=SedeFactory(comune=crema), servizi=[corsi], non_elencare=True)
    return {"cremona": cremona, "castelverde": castelverde, "crema": crema}


@pytest.mark.parametrize(
    ("domanda", "attesi"),
    [
        ("vicino=Cremona", ["A Cremona", "B Castelverde", "C Crema"]),
        ("vicino=castelverde", ["B Castelverde", "C Crema", "A Cremona"]),
        ("vicino=castelvrede", ["B Castelverde", "C Crema", "A Cremona"]),
        ("vicino=Comune+di+Castelverde", ["B Castelverde", "C Crema", "A Cremona"]),
        ("vicino=Cremona&entro=10", ["A Cremona", "B Castelverde"]),
        ("vicino=Cremona&entro=5", ["A Cremona"]),
        ("lat=45.3647&lon=9.6866&entro=20", ["C Crema"]),
        ("entro=5", ["A Cremona", "B Castelverde", "C Crema"]),
        ("vicino=Cremona&entro=7", ["A Cremona", "B Castelverde", "C Crema"]),
        ("lingua=ar", ["A Cremona"]),
        ("appuntamento=con", ["B Castelverde", "C Crema"]),
        ("appuntamento=senza", ["A Cremona"]),
        ("accessibile=completa", ["A Cremona"]),
        ("accessibile=aiuto", ["A Cremona", "B Castelverde"]),
        ("a_distanza=on", ["B Castelverde"]),
        ("aperto=on", ["A Cremona"]),
        ("q=curriculum&vicino=crema", ["C Crema", "B Castelverde"]),
    ],
)
def test_elenco_e_mappa_danno_gli_stessi_punti_nello_stesso_ordine(client, provincia_di_prova, lunedi, domanda, attesi):
    """R32, R33: who lives in a comune sees first the points that serve it, then the nearest."""
    assert _nomi(client.get(f"{ELENCO}?{domanda}")) == attesi
    dati = client.get(f"{ELENCO}dati.geojson?{domanda}").json()
    assert [f["properties"]["nome"] for f in dati["features"]] == attesi


def test_ogni_scelta_dice_quanti_punti_lascia_e_tiene_fermi_gli_altri_filtri(client, provincia_di_prova, lunedi):
    """R32: with «corsi» asked, the counts of the other filters speak of courses; those of services of all."""
    testo = _testo(client, "servizio=corsi&vicino=Cremona")
    assert re.findall(r"<option[^>]*>([^<]+ \(\d+\))</option>", testo) == [
        "Entro 5 km (1)",
        "Entro 10 km (1)",
        "Entro 20 km (1)",
        "Entro 30 km (1)",
        "Corsi (2)",
        "Curriculum (2)",
        "Crema (1)",
        "Cremona (1)",
        "Giovani (1)",
        "arabo (1)",
        "Senza appuntamento (1)",
        "Su appuntamento (1)",
        "In sedia a rotelle (1)",
        "Anche con aiuto (1)",
    ]
    assert re.findall(r"<label[^>]*>([^<]+ \(\d+\))</label>", testo) == [
        "Aperto ora (1)",
        "Anche a distanza: telefono, email, video (0)",
    ]


def _contate(testo):
    """(filter, choice, count) of each choice that says how many points it leaves."""
    menu = re.findall(r'<select[^>]* name="(\w+)"[^>]*>(.*?)</select>', testo)
    opzione = re.compile(r'<option value="([^"]*)"[^>]*>[^<]*\((\d+)\)</option>')
    return [(nome, valore, quanti) for nome, dentro in menu for valore, quanti in opzione.findall(dentro)]


def test_ogni_conteggio_e_quello_che_si_trova_scegliendo(client, provincia_di_prova, lunedi):
    """R32: the number beside a choice is the number of points after choosing it."""
    for base in ("", "vicino=Cremona", "servizio=corsi", "accessibile=aiuto&vicino=crema", "appuntamento=con"):
        contate = _contate(_testo(client, base))
        assert {nome for nome, _valore, _n in contate} >= {"appuntamento", "accessibile", "servizio", "comune"}
        for nome, valore, quanti in contate:
            altri = "&".join(p for p in base.split("&") if p and not p.startswith(f"{nome}="))
            pagina = client.get(f"{ELENCO}?{altri}&{nome}={valore}").context["pagina"]
            assert (nome, valore, pagina.paginator.count) == (nome, valore, int(quanti))


def test_un_punto_da_non_elencare_non_e_in_nessun_posto(client, provincia_di_prova):
    for percorso in ("", "dati.geojson", "?q=nascosto", "?comune=019035"):
        assert "D nascosto" not in client.get(ELENCO + percorso).content.decode()


def test_i_filtri_in_uso_si_tolgono_uno_alla_volta(client, provincia_di_prova, lunedi):
    """R32: each removable by a link that keeps the others and goes back to the first page."""
    attivi = client.get(f"{ELENCO}?vicino=cremona&entro=10&servizio=corsi&aperto=on&pagina=2").context["attivi"]
    assert [(f.testo, f.url) for f in attivi] == [
        ("Abito a: Cremona", f"{ELENCO}?servizio=corsi&aperto=on"),
        ("Distanza: Entro 10 km", f"{ELENCO}?vicino=cremona&servizio=corsi&aperto=on"),
        ("Servizio: Corsi", f"{ELENCO}?vicino=cremona&entro=10&aperto=on"),
        ("Aperto ora", f"{ELENCO}?vicino=cremona&entro=10&servizio=corsi"),
    ]
    assert "Togli tutti i filtri" in _testo(client, "aperto=on")
    assert "Togli tutti i filtri" not in _testo(client, "")


def test_chi_usa_la_posizione_la_toglie_in_un_colpo(client, provincia_di_prova):
    attivi = client.get(f"{ELENCO}?lat=45.13&lon=10.02&entro=5").context["attivi"]
    assert [(f.testo, f.url) for f in attivi] == [
        ("Vicino alla tua posizione", ELENCO),
        ("Distanza: Entro 5 km", f"{ELENCO}?lat=45.13&lon=10.02"),
    ]


def test_se_non_si_trova_nulla_si_dice_quale_filtro_togliere_e_quanto_darebbe(client, provincia_di_prova, lunedi):
    """R32: the most useful first; a filter whose absence gives nothing isn't proposed."""
    testo = _testo(client, "servizio=corsi&a_distanza=on&aperto=on")
    assert "Nessun punto risponde a tutti i filtri insieme." in testo
    trovati = re.findall(r'href="([^"]+)">(togli «[^»]+»)</a>: (\d+ punt[oi])', testo)
    assert trovati == [
        (f"{ELENCO}?servizio=corsi&aperto=on", "togli «Anche a distanza: telefono, email, video»", "1 punto"),
    ]


def test_un_comune_che_non_c_e_propone_i_piu_simili(client, provincia_di_prova):
    """R33: a clear sentence, what was typed stays, and the names to choose from keep the other filters."""
    risposta = client.get(f"{ELENCO}?vicino=crem&servizio=corsi")
    testo = unescape(risposta.content.decode())
    assert "Non troviamo il comune «crem»" in testo
    assert 'value="crem"' in testo
    assert [(f.testo, f.url) for f in risposta.context["proposte"]] == [
        ("Crema", f"{ELENCO}?vicino=Crema&servizio=corsi"),
        ("Cremona", f"{ELENCO}?vicino=Cremona&servizio=corsi"),
    ]
    assert _nomi(risposta) == ["A Cremona", "C Crema"]


def test_una_distanza_senza_un_luogo_lo_dice(client, provincia_di_prova):
    assert "Scrivi prima dove abiti: la distanza si misura da lì." in _testo(client, "entro=5")


@pytest.mark.parametrize(
    ("scritto", "atteso"),
    [
        ("019036", "Cremona"),
        ("CREMONA", "Cremona"),
        ("soncino", "Soncino"),
        ("Sonc", "Soncino"),
        ("casalmagiore", "Casalmaggiore"),
        ("pizzighetone", "Pizzighettone"),
        ("Ca' d'Andrea", None),
        ("Gabbioneta Binanuova", "Gabbioneta-Binanuova"),
        ("San Bassano (CR)", "San Bassano"),
        ("sanbassano", "San Bassano"),
        ("Crem", None),
        ("Milano", None),
        ("'; --", None),
    ],
)
def test_il_comune_si_capisce_da_come_si_scrive(scritto, atteso):
    importa_comuni()
    trovato = luogo(scritto).comune
    assert (trovato.nome if trovato else None) == atteso


def test_la_scheda_ha_telefono_distanza_e_di_chi_e(client, provincia_di_prova, lunedi):
    testo = _testo(client, "vicino=Cremona&entro=5")
    assert '<a href="tel:0372000001">' in testo
    assert "Per chi abita a Cremona" in testo
    assert "a pochi km" in testo


def test_la_posizione_e_usata_a_tre_decimali_e_non_lascia_tracce(client, provincia_di_prova):
    """R33: no cache keeps the answer, no other site sees the address."""
    risposta = client.get(f"{ELENCO}?lat=45.133349&lon=10.022549")
    assert risposta.context["form"].filtri.vicino == (45.133, 10.023)
    assert (risposta["Referrer-Policy"], risposta["Cache-Control"]) == ("strict-origin", "private, no-store")
    assert client.get(ELENCO)["Referrer-Policy"] == "same-origin"


def test_le_query_non_crescono_con_i_punti(client, provincia_di_prova, lunedi):
    """R32: 1, 50 and more points cost the same queries, without filters and with all of them."""
    domande = ("", "vicino=Cremona&entro=30&servizio=corsi&aperto=on&q=punto&lingua=ar")

    def quante():
        fatte = []
        for domanda in domande:
            with CaptureQueriesContext(connection) as contate:
                client.get(f"{ELENCO}?{domanda}")
            fatte.append(len(contate))
        return fatte

    corsi = ServizioFactory._meta.model.objects.get(slug="corsi")
    arabo = LinguaFactory._meta.model.objects.get(codice="ar")

    def aggiungi(quanti):
        for _n in range(quanti):
            punto = PuntoFactory(attivo=True, sede=SedeFactory(comune=provincia_di_prova["cremona"]), servizi=[corsi])
            punto.lingue.add(arabo)
            punto.save()
            OrarioFactory(punto=punto, dalle=time(8))

    aggiungi(1)
    quante()
    con_uno = quante()
    aggiungi(24)
    assert quante() == con_uno
    assert max(con_uno) < 50


def test_la_pagina_iniziale_chiede_dove_abiti_e_che_cosa_ti_serve(client, provincia_di_prova):
    prepara_sito()
    testo = client.get("/").content.decode()
    assert '<label for="filtro_vicino">Abito a</label>' in testo
    assert '<option value="Castelverde">' in testo
    assert '<option value="Curriculum">' in testo
