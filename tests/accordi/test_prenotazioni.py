"""Holding the document while it is signed outside, so that two signatures don't part ways: R10."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.urls import reverse

from accordi.models import Firma, Prenotazione
from accordi.services.prenotazioni import lascia_documento, prendi_documento, prolunga_prenotazione
from core.errori import Rifiuto
from core.orologio import fermo
from tests.accordi.conftest import GIORNO, con_app
from tests.accordi.pki import codice_di
from tests.accordi.test_firma_esterna import carica, documento_di
from tests.accordi.test_firme import firma
from tests.factories.reti import RappresentanzaFactory
from tests.factories.utenti import UtenteFactory

pytestmark = pytest.mark.usefixtures("fiducia_di_prova")


def test_finche_e_riservato_nessun_altro_firma_e_poi_si_per_data(in_firma, tutti_insieme, parte, firmatari):
    prendi_documento(utente=firmatari[1], parte=parte)
    provincia = in_firma.parti.get(soggetto__titolare_piattaforma=True)
    frase = f"{parte.soggetto} ha preso il documento per firmarlo fino alle 10:20"
    with pytest.raises(PermissionDenied, match=frase):
        firma(firmatari[0], provincia)
    with fermo(GIORNO + timedelta(minutes=19, seconds=59)), pytest.raises(PermissionDenied, match=frase):
        firma(firmatari[0], provincia)
    with fermo(GIORNO + timedelta(minutes=20)):
        firma(firmatari[0], provincia)


def test_si_prolunga_una_volta_sola(in_firma, parte, firmatari):
    prendi_documento(utente=firmatari[1], parte=parte)
    presa = prolunga_prenotazione(utente=firmatari[1], parte=parte)
    assert presa.scade_il == GIORNO + timedelta(minutes=40)
    with pytest.raises(Rifiuto, match="si prolunga una volta sola"):
        prolunga_prenotazione(utente=firmatari[1], parte=parte)


def test_lasciato_il_documento_firma_chi_vuole(in_firma, tutti_insieme, parte, firmatari):
    prendi_documento(utente=firmatari[1], parte=parte)
    lascia_documento(utente=firmatari[1], parte=parte)
    with pytest.raises(Rifiuto, match="non è più riservato a te"):
        lascia_documento(utente=firmatari[1], parte=parte)
    firma(firmatari[0], in_firma.parti.get(soggetto__titolare_piattaforma=True))


def test_chi_torna_dopo_che_un_altro_ha_firmato_lo_sa(in_firma, tutti_insieme, parte, firmatari, pki):
    """The hold ran out and the Province signed: the file lacks its signature."""
    prendi_documento(utente=firmatari[1], parte=parte)
    firmato = pki.firma(documento_di(in_firma), "p0", parte.campo)
    with fermo(GIORNO + timedelta(minutes=21)):
        firma(firmatari[0], in_firma.parti.get(soggetto__titolare_piattaforma=True))
        with pytest.raises(Rifiuto, match="Mentre firmavi, un'altra parte ha firmato"):
            carica(firmatari[1], parte, firmato)


def test_scaduta_la_riserva_il_file_vale_se_nessuno_ha_firmato(in_firma, parte, firmatari, pki):
    """The hold only spares lost work: what counts are the bytes."""
    prendi_documento(utente=firmatari[1], parte=parte)
    firmato = pki.firma(documento_di(in_firma), "p0", parte.campo)
    with fermo(GIORNO + timedelta(hours=3)):
        assert carica(firmatari[1], parte, firmato).pk


# For how long in a day

MINUTI_AL_GIORNO = 120


def tieni(utente, parte, *, dal, minuti):
    """Take the document, prolong it once where asked more than one time, let it go."""
    with fermo(dal):
        prendi_documento(utente=utente, parte=parte)
        if minuti > 20:
            prolunga_prenotazione(utente=utente, parte=parte)
    with fermo(dal + timedelta(minutes=minuti)):
        if minuti not in (20, 40):
            lascia_documento(utente=utente, parte=parte)


@pytest.fixture
def esaurita(settings, parte, firmatari):
    """Three times forty minutes one after the other, from GIORNO to two hours later."""
    settings.PRENOTAZIONE_MINUTI_AL_GIORNO = MINUTI_AL_GIORNO
    for n in range(3):
        tieni(firmatari[1], parte, dal=GIORNO + timedelta(minutes=40 * n), minuti=40)
    return GIORNO + timedelta(minutes=MINUTI_AL_GIORNO)


def test_chi_lo_tiene_due_ore_lascia_il_passo_agli_altri(tutti_insieme, parte, firmatari, esaurita):
    with fermo(esaurita):
        with pytest.raises(Rifiuto, match="adesso tocca anche agli altri"):
            prendi_documento(utente=firmatari[1], parte=parte)
        firma(firmatari[0], tutti_insieme.parti.get(soggetto__titolare_piattaforma=True))


def test_il_limite_e_dell_ente_e_non_della_persona(parte, esaurita):
    """A delegate of the same body doesn't begin again."""
    collega = con_app(UtenteFactory())
    RappresentanzaFactory(utente=collega, soggetto=parte.soggetto, puo_firmare=True, codice_fiscale=codice_di(3))
    with fermo(esaurita), pytest.raises(Rifiuto, match="riservato al tuo ente abbastanza a lungo"):
        prendi_documento(utente=collega, parte=parte)


def test_un_minuto_meno_non_basta_a_perderlo_e_il_giorno_dopo_si_riprende(settings, parte, firmatari):
    """What was given back counts for the minutes in which it was held."""
    settings.PRENOTAZIONE_MINUTI_AL_GIORNO = MINUTI_AL_GIORNO
    for n, minuti in enumerate((40, 40, 39)):
        tieni(firmatari[1], parte, dal=GIORNO + timedelta(hours=n), minuti=minuti)
    tieni(firmatari[1], parte, dal=GIORNO + timedelta(hours=4), minuti=1)
    with fermo(GIORNO + timedelta(hours=5)), pytest.raises(Rifiuto):
        prendi_documento(utente=firmatari[1], parte=parte)
    with fermo(GIORNO + timedelta(days=1, minutes=1)):
        assert prendi_documento(utente=firmatari[1], parte=parte).pk


def test_senza_riserva_la_pagina_lo_dice_e_si_firma_lo_stesso(in_firma, parte, firmatari, pki, entra, esaurita):
    client, pagina = entra(firmatari[1]), reverse("accordi:firma_esterna", args=[in_firma.codice])
    with fermo(esaurita):
        testo = client.get(pagina).text
        assert "Nelle ultime 24 ore il documento è stato riservato al tuo ente abbastanza a lungo" in testo
        assert ("Scarica il PDF" in testo, "Prendi il documento</button>" in testo) == (True, False)
        firmato = SimpleUploadedFile("firmato.pdf", pki.firma(documento_di(in_firma), "p0", parte.campo))
        assert "Persona 0" in client.post(pagina, {"file": firmato}, follow=True).text
    assert [f.parte for f in Firma.objects.all()] == [parte]


@pytest.mark.django_db(transaction=True)
def test_di_due_che_prendono_insieme_uno_tiene_il_documento(
    in_firma, tutti_insieme, parte, firmatari, dirigente, settings
):
    """The other is told who holds it and until when."""
    poteri = dirigente.rappresentanze.get()
    poteri.codice_fiscale = codice_di(4)
    poteri.save()
    sua = in_firma.parti.get(soggetto__titolare_piattaforma=True)
    via = Barrier(2)

    def prova(chi):
        try:
            with fermo(GIORNO):
                via.wait(timeout=20)
                prendi_documento(utente=chi[0], parte=chi[1])
        except PermissionDenied as rifiuto:
            return str(rifiuto)
        finally:
            connection.close()
        return "preso"

    with ThreadPoolExecutor(2) as fili:
        esiti = sorted(fili.map(prova, [(firmatari[1], parte), (dirigente, sua)]))
    assert Prenotazione.objects.count() == 1
    presa = Prenotazione.objects.get()
    assert esiti == [
        f"{presa.parte} ha preso il documento per firmarlo fino alle 10:20: riprova dopo, "
        "così le due firme non si escludono.",
        "preso",
    ]
