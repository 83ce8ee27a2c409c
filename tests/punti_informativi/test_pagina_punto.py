"""The page of a point, its sheet to print, its old addresses and what stands in the place of one that ended (R35)."""

import re
from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from core.errori import Rifiuto
from core.registro import righe_di
from punti_informativi.models import IndirizzoPrecedente, PuntoInformativo
from punti_informativi.services import cessa_punto, registra_punto
from tests.factories.punti_informativi import LinguaFactory, OrarioFactory, PuntoFactory, ServizioFactory
from tests.factories.reti import ComuneFactory, SedeFactory
from tests.factories.utenti import UtenteFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def coordinatore(db):
    return UtenteFactory(ruolo="coordinatore")


def _testo(risposta):
    return " ".join(risposta.content.decode().split())


def _pubblica_con_indirizzo(punto, slug, utente=None):
    """As the editor does: the draft carries the address, publishing puts it on the page."""
    bozza = PuntoInformativo.objects.get(pk=punto.pk)
    bozza.slug = slug
    bozza.save_revision(user=utente).publish(user=utente, skip_permission_checks=True)
    return PuntoInformativo.objects.get(pk=punto.pk)


def _completo():
    punto = PuntoFactory(
        attivo=True,
        slug="sportello",
        nome="Sportello Lavoro",
        sede=SedeFactory(lat=45.13, lon=10.02, indirizzo="Via Roma 1", cap="26100"),
        telefono="0372 000 001",
        email="ciao@punto.example",
        cosa_portare="Documento di identità",
        come_arrivare="Autobus 3, fermata Stazione.",
        accessibilita="completa",
        a_distanza=True,
    )
    punto.lingue = [LinguaFactory(codice="ar", nome="arabo")]
    punto.save()
    OrarioFactory(punto=punto)
    return punto


def test_la_pagina_dice_prima_se_e_aperto_poi_come_raggiungerlo(client, lunedi):
    """R30: in the order of who reads it on a phone."""
    testo = _testo(client.get(_completo().get_absolute_url()))
    in_ordine = [
        "Aperto ora, chiude alle 12:30",
        'href="tel:0372000001"',
        "Via Roma 1",
        "Autobus 3, fermata Stazione.",
        'href="geo:45.13,10.02"',
        "chiedi come",
        "Documento di identità",
        "Orario settimanale",
        "arabo",
        "Accessibile in sedia a rotelle",
    ]
    posti = [testo.find(parole) for parole in in_ordine]
    assert -1 not in posti
    assert posti == sorted(posti)


def test_i_microdati_dicono_luogo_telefono_lingue_e_accessibilita(client, lunedi):
    testo = _testo(client.get(_completo().get_absolute_url()))
    trovati = dict(re.findall(r'<meta itemprop="(\w+)" content="([^"]*)">', testo))
    assert {k: trovati[k] for k in ("latitude", "longitude", "telephone", "availableLanguage", "value")} == {
        "latitude": "45.13",
        "longitude": "10.02",
        "telephone": "0372 000 001",
        "availableLanguage": "ar",
        "value": "True",
    }
    assert '<link itemprop="url" href="http' in testo


def test_il_collegamento_si_manda_senza_chiamare_nessuno(client, lunedi, settings):
    settings.INDIRIZZO_PUBBLICO = "https://rete.example"
    testo = _testo(client.get(_completo().get_absolute_url()))
    assert "https://rete.example/punti-informativi/sportello/</span>" in testo
    assert "mailto:?subject=Sportello%20Lavoro&amp;body=Sportello%20Lavoro%0Ahttps%3A%2F%2Frete.example" in testo
    assert "https://www.openstreetmap.org/?mlat=45.13&amp;mlon=10.02#map=17/45.13/10.02" in testo
    assert re.findall(r'(?:src|data)="https?://[^"]*"', testo) == []


def test_il_foglio_ha_indirizzo_orari_che_cosa_portare_e_il_codice(client, lunedi):
    risposta = client.get(_completo().get_absolute_url() + "?stampa")
    testo = _testo(risposta)
    for parole in ("Sportello Lavoro", "Via Roma 1", "0372 000 001", "Documento di identità", "Lunedì", "12:30"):
        assert parole in testo
    assert 'src="data:image/svg+xml' in testo
    assert '<meta name="robots" content="noindex">' in testo


def test_cambiare_indirizzo_lascia_il_vecchio_a_portare_al_nuovo(client, coordinatore, lunedi):
    """R30: a link on a leaflet goes on working, its calendar too, with what the address asked."""
    punto = _pubblica_con_indirizzo(_completo(), "nuovo", coordinatore)
    assert [(i.slug, i.fino_al) for i in punto.indirizzi_precedenti.all()] == [("sportello", date(2023, 5, 8))]
    risposta = client.get("/punti-informativi/sportello/?stampa=")
    assert (risposta.status_code, risposta["Location"]) == (301, "/punti-informativi/nuovo/?stampa=")
    calendario = client.get("/en/punti-informativi/sportello/aperture.ics")
    assert (calendario.status_code, calendario["Location"]) == (301, "/en/punti-informativi/nuovo/aperture.ics")
    riga = righe_di(punto).get(azione="punto_indirizzo_cambiato")
    assert (riga.utente, riga.dati) == (coordinatore, {"prima": "sportello", "dopo": "nuovo"})


def test_un_punto_riprende_il_proprio_indirizzo(client, lunedi):
    punto = _pubblica_con_indirizzo(_completo(), "nuovo")
    _pubblica_con_indirizzo(punto, "sportello")
    assert client.get("/punti-informativi/sportello/").status_code == 200
    assert client.get("/punti-informativi/nuovo/")["Location"] == "/punti-informativi/sportello/"


def test_un_indirizzo_che_fu_di_un_punto_non_va_a_un_altro(coordinatore, lunedi):
    _pubblica_con_indirizzo(_completo(), "nuovo")
    altro = PuntoFactory(slug="altro")
    altro.slug = "sportello"
    with pytest.raises(ValidationError, match="Questo indirizzo è stato di un altro punto"):
        altro.full_clean()
    contenuto = {"nome": "Sportello", "servizi": [ServizioFactory()], "solo_appuntamento": True}
    assert registra_punto(utente=coordinatore, sede=altro.sede, **contenuto).slug == "sportello-2"


def test_un_punto_mai_pubblico_cambia_indirizzo_senza_lasciare_tracce(client, lunedi):
    punto = PuntoFactory(slug="prova")
    _pubblica_con_indirizzo(punto, "buono")
    assert IndirizzoPrecedente.objects.count() == 0
    assert client.get("/punti-informativi/prova/").status_code == 404


def test_la_pagina_di_un_punto_cessato_dice_la_sua_storia_e_i_piu_vicini(client, lunedi):
    comune = ComuneFactory(nome="Crema", lat=45.36, lon=9.68)
    cessato = PuntoFactory(cessato=True, nome="Vecchio", sede=SedeFactory(comune=comune, indirizzo="Via Po 2"))
    lontano = PuntoFactory(attivo=True, nome="Lontano", sede=SedeFactory(comune=comune, lat=45.60, lon=9.68))
    vicino = PuntoFactory(attivo=True, nome="Vicino", sede=SedeFactory(comune=comune, lat=45.37, lon=9.68))
    risposta = client.get(cessato.get_absolute_url())
    testo = _testo(risposta)
    assert risposta.status_code == 410
    assert "Era in Via Po 2, Crema: aperto dal 2 maggio 2023 al 1 settembre 2023." in testo
    assert 0 < testo.find(f">{vicino.nome}</a>") < testo.find(f">{lontano.nome}</a>")


def test_chi_prende_il_posto_di_un_punto_cessato_riceve_chi_ne_apre_la_pagina(client, coordinatore, lunedi):
    """R30: a chain is followed to its end; one that ends nowhere is the page of the point asked for."""
    primo, secondo, terzo = (PuntoFactory(attivo=True, nome=n, slug=n.lower()) for n in ("Uno", "Due", "Tre"))
    cessa_punto(utente=coordinatore, punto=primo, motivo="Trasloco", sostituito_da=secondo)
    assert client.get(primo.get_absolute_url())["Location"] == "/punti-informativi/due/"
    cessa_punto(utente=coordinatore, punto=secondo, motivo="Trasloco", sostituito_da=terzo)
    risposta = client.get(primo.get_absolute_url())
    assert (risposta.status_code, risposta["Location"]) == (301, "/punti-informativi/tre/")
    cessa_punto(utente=coordinatore, punto=terzo, motivo="Fine")
    assert client.get(primo.get_absolute_url()).status_code == 410


@pytest.mark.parametrize("stato", ["cessato", "sospeso", "verificato", "se_stesso"])
def test_al_suo_posto_ci_va_solo_un_altro_punto_aperto(coordinatore, stato, lunedi):
    punto = PuntoFactory(attivo=True)
    altro = punto if stato == "se_stesso" else PuntoFactory(**{stato: True})
    with pytest.raises(Rifiuto, match="un altro, aperto al pubblico"):
        cessa_punto(utente=coordinatore, punto=punto, motivo="Fine", sostituito_da=altro)
    punto.refresh_from_db()
    assert punto.stato == "attivo"


def test_la_provincia_sceglie_chi_ne_prende_il_posto_dalla_gestione(client, coordinatore, lunedi):
    punto, altro = PuntoFactory(attivo=True), PuntoFactory(attivo=True, nome="Nuovo sportello")
    client.force_login(coordinatore)
    scheda = _testo(client.get(reverse("punti_scheda", args=[punto.pk])))
    assert f'<option value="{altro.pk}">Nuovo sportello (' in scheda
    assert f'<option value="{punto.pk}">' not in scheda
    dati = {"cessa-testo": "Trasloco", "cessa-sostituito_da": altro.pk}
    assert client.post(reverse("punti_azione", args=[punto.pk, "cessa"]), dati).status_code == 302
    punto.refresh_from_db()
    assert (punto.stato, punto.sostituito_da) == ("cessato", altro)


def test_le_query_della_pagina_non_crescono(client, lunedi, django_assert_num_queries):
    punto = _completo()
    client.get(punto.get_absolute_url())
    punto.servizi.add(ServizioFactory(), ServizioFactory())
    with django_assert_num_queries(13):
        client.get(punto.get_absolute_url())
