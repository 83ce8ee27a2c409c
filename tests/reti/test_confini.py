"""Boundaries of comuni: what a file must be, and importing it twice changes nothing (R32)."""

import json

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.urls import reverse

from core.models import RigaRegistro
from reti.confini import leggi_confini
from reti.models import Confine
from reti.services.confini import importa_confini
from tests.factories.reti import ComuneFactory
from tests.factories.utenti import UtenteFactory


def _quadrato(lon, lat, lato=0.05):
    return [
        [lon - lato, lat - lato],
        [lon + lato, lat - lato],
        [lon + lato, lat + lato],
        [lon - lato, lat + lato],
        [lon - lato, lat - lato],
    ]


def _elemento(geometria=None, **proprieta):
    geometria = geometria or {"type": "Polygon", "coordinates": [_quadrato(10.0225, 45.1333)]}
    return {"type": "Feature", "properties": proprieta, "geometry": geometria}


def _file(*elementi, **altro):
    return json.dumps({"type": "FeatureCollection", "features": list(elementi)} | altro).encode()


CREMONA = {"codice_istat": "019036", "nome": "Cremona"}


@pytest.fixture
def cremona(db):
    return ComuneFactory(codice_istat="019036", nome="Cremona", lat=45.1333, lon=10.0225)


@pytest.mark.parametrize(
    ("contenuto", "frase"),
    [
        (b"\xff\xfe\x00", "Il file non è un GeoJSON di confini"),
        (b"codice;nome", "Il file non è un GeoJSON di confini"),
        (b"[" * 100_000, "Il file non è un GeoJSON di confini"),
        (b'{"type":"Topology"}', "Il file non è un GeoJSON di confini"),
        (_file(), "Il file non contiene nessun confine."),
        (_file("x"), "Elemento 1: mancano le proprietà"),
        (_file(_elemento(pro_com=float("inf"))), "Elemento 1: mancano il codice ISTAT e il nome del comune."),
        (
            _file(_elemento(**CREMONA), _elemento(altro="x")),
            "Elemento 2: mancano il codice ISTAT e il nome del comune.",
        ),
        (_file(_elemento({"type": "Point", "coordinates": [10, 45]}, **CREMONA)), "Cremona: serve un poligono"),
        (_file(_elemento({"type": "Polygon", "coordinates": []}, **CREMONA)), "Cremona: il poligono è vuoto."),
        (
            _file(_elemento({"type": "Polygon", "coordinates": [[[10, 45], [10, 46]]]}, **CREMONA)),
            "Cremona: le coordinate del poligono non si leggono.",
        ),
        (
            _file(_elemento({"type": "Polygon", "coordinates": [[["a", 45]] * 4]}, **CREMONA)),
            "Cremona: le coordinate del poligono non si leggono.",
        ),
        (
            _file(_elemento({"type": "Polygon", "coordinates": [_quadrato(580_000, 5_000_000, 500)]}, **CREMONA)),
            "Le coordinate non sono in gradi",
        ),
        (
            _file(_elemento(**CREMONA), crs={"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::32632"}}),
            "Le coordinate non sono in gradi",
        ),
    ],
)
def test_un_file_sbagliato_e_rifiutato_con_una_frase_che_dice_che_cosa(contenuto, frase):
    with pytest.raises(ValidationError) as rifiuto:
        leggi_confini(contenuto)
    assert rifiuto.value.messages[0].startswith(frase)


def test_il_confine_e_arrotondato_al_metro_senza_punti_doppi():
    anello = [[10.0000001, 45.0], [10.0000002, 45.0], [10.1, 45.0], [10.1, 45.1234567], [10.0000001, 45.0]]
    letto = leggi_confini(
        _file(_elemento({"type": "Polygon", "coordinates": [anello]}, PRO_COM=19036, COMUNE="Cremona"))
    )
    assert (letto[0].codice, letto[0].nome) == ("019036", "Cremona")
    assert letto[0].geometria == {
        "type": "Polygon",
        "coordinates": [[[10.0, 45.0], [10.1, 45.0], [10.1, 45.12346], [10.0, 45.0]]],
    }


def test_importare_due_volte_non_cambia_nulla_e_lascia_una_riga_di_registro(cremona):
    """R32, R64: the second import writes neither boundaries nor trail."""
    ComuneFactory(codice_istat="019035", nome="Crema", lat=45.36, lon=9.68)
    contenuto = _file(_elemento(**CREMONA), _elemento(codice_istat="015146", nome="Milano"))
    primo = importa_confini(utente=None, contenuto=contenuto, fonte="ISTAT, CC BY 4.0")
    secondo = importa_confini(utente=None, contenuto=contenuto, fonte="ISTAT, CC BY 4.0")
    assert (primo.nuovi, primo.sconosciuti, primo.senza_confine) == (["Cremona"], ["Milano"], ["Crema"])
    assert (secondo.nuovi, secondo.aggiornati, secondo.invariati) == ([], [], ["Cremona"])
    terzo = importa_confini(utente=None, contenuto=contenuto, fonte="Regione, CC BY 4.0")
    assert (terzo.aggiornati, Confine.objects.get().fonte) == (["Cremona"], "Regione, CC BY 4.0")
    assert RigaRegistro.objects.filter(azione="importa_confini").count() == 2


def test_la_prova_non_scrive(cremona):
    assert importa_confini(utente=None, contenuto=_file(_elemento(**CREMONA)), prova=True).nuovi == ["Cremona"]
    assert (Confine.objects.count(), RigaRegistro.objects.count()) == (0, 0)


@pytest.mark.parametrize(
    ("elementi", "frase"),
    [
        ([_elemento({"type": "Polygon", "coordinates": [_quadrato(45.1333, 10.0225)]}, **CREMONA)], "scambiate"),
        ([_elemento(**CREMONA), _elemento(nome="cremona")], "Cremona c'è due volte nel file"),
        ([_elemento(nome="Milano")], "Nessun confine del file è di un comune di questa installazione"),
    ],
)
def test_confini_che_non_sono_dei_nostri_comuni_sono_rifiutati_per_intero(cremona, elementi, frase):
    with pytest.raises(ValidationError) as rifiuto:
        importa_confini(utente=None, contenuto=_file(*elementi))
    assert frase in rifiuto.value.messages[0]
    assert Confine.objects.count() == 0


def test_il_comando_dice_che_cosa_ha_fatto(cremona, tmp_path, capsys):
    percorso = tmp_path / "confini.geojson"
    percorso.write_bytes(_file(_elemento(**CREMONA), _elemento(nome="Milano")))
    call_command("importa_confini", percorso, "--dry-run")
    call_command("importa_confini", percorso, "--fonte", "ISTAT")
    assert capsys.readouterr().out == (
        "Prova, nulla è stato scritto: 1 nuovi, 0 aggiornati, 0 invariati.\n"
        "Non sono comuni di questa installazione: Milano.\n"
        "Confini: 1 nuovi, 0 aggiornati, 0 invariati.\n"
        "Non sono comuni di questa installazione: Milano.\n"
    )
    with pytest.raises(CommandError, match="controlla il percorso"):
        call_command("importa_confini", tmp_path / "manca.geojson")


def test_la_mappa_riceve_i_confini_una_volta_sola(client, cremona):
    """R32: our own ground, with its source named; asked again it answers 304."""
    percorso = "/punti-informativi/confini.geojson"
    assert client.get(percorso).json() == {"type": "FeatureCollection", "fonte": "", "features": []}
    importa_confini(utente=None, contenuto=_file(_elemento(**CREMONA)), fonte="ISTAT, CC BY 4.0")
    risposta = client.get(percorso)
    dati = risposta.json()
    assert (dati["fonte"], dati["features"][0]["properties"]) == (
        "ISTAT, CC BY 4.0",
        {"nome": "Cremona", "codice_istat": "019036"},
    )
    assert dati["features"][0]["geometry"] == Confine.objects.get().geometria
    assert risposta["Cache-Control"] == "public, max-age=86400"
    ancora = client.get(percorso, headers={"if-none-match": risposta["ETag"]})
    assert (ancora.status_code, ancora.content) == (304, b"")


def test_dalla_gestione_prima_si_prova_poi_si_conferma(entra, coordinatore, cremona):
    """R32: the same import as the command's, with its source, for who has no shell."""
    client, pagina = entra(coordinatore), reverse("gestione_comuni:confini")
    file = SimpleUploadedFile("confini.geojson", _file(_elemento(**CREMONA), _elemento(nome="Milano")))
    risposta = client.post(pagina, {"file": file, "fonte": "ISTAT, CC BY 4.0"})
    testo = risposta.content.decode()
    assert ("1 nuovi, 0 aggiornati, 0 invariati." in testo, Confine.objects.exists()) == (True, False)
    assert "Non sono comuni di questa installazione: Milano." in testo
    dati = {"impronta": risposta.context["impronta"], "fonte": "ISTAT, CC BY 4.0"}
    assert "Confini importati: 1 nuovi" in client.post(pagina, dati).content.decode()
    confine = Confine.objects.get()
    assert (confine.comune, confine.fonte) == (cremona, "ISTAT, CC BY 4.0")
    assert RigaRegistro.objects.get(azione="importa_confini").utente == coordinatore
    assert "Il file non c'è più: caricalo di nuovo." in client.post(pagina, dati).content.decode().replace(
        "&#x27;", "'"
    )


def test_dalla_gestione_un_file_sbagliato_ha_la_sua_frase_e_la_fonte_resta(entra, coordinatore, cremona):
    file = SimpleUploadedFile("confini.geojson", b"codice;nome")
    dati = {"file": file, "fonte": "Regione"}
    testo = entra(coordinatore).post(reverse("gestione_comuni:confini"), dati).content.decode()
    assert ("Il file non è un GeoJSON di confini" in testo, 'value="Regione"' in testo) == (True, True)


def test_solo_la_provincia_importa_i_confini(cremona):
    for utente in (UtenteFactory(), UtenteFactory(ruolo="operatore_cpi")):
        with pytest.raises(PermissionDenied):
            importa_confini(utente=utente, contenuto=_file(_elemento(**CREMONA)))
