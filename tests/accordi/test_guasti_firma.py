"""Signing under faults: timestamp authority down, process killed between steps, two people at once."""

import socket
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from threading import Barrier
from time import sleep

import pytest
from django.core.cache.backends.base import BaseCache
from django.core.cache.backends.locmem import LocMemCache
from django.core.exceptions import PermissionDenied
from django.core.files.storage import FileSystemStorage
from django.db import connection
from pyhanko.pdf_utils.reader import PdfFileReader

from accordi.models import Accordo, Firma, MarcaTemporale, Protocollo
from accordi.queries.accordi import revisione_corrente
from accordi.services import conclusione, firme, marche
from accordi.services.firme import firma_accordo
from accordi.services.secondo_fattore import conta_tentativo
from core.errori import Rifiuto
from core.models import Messaggio, RigaRegistro
from core.orologio import fermo
from core.registro import verifica
from tests.accordi.autorita import ISTANTE, autorita
from tests.accordi.conftest import GIORNO, codice
from tests.accordi.test_firme import EVIDENZA, convalida, firma, leggi

PORTA_CHIUSA = "http://127.0.0.1:9/"


@pytest.fixture(scope="module")
def marcatore():
    with autorita() as indirizzo:
        yield indirizzo


def test_con_l_autorita_la_firma_porta_la_sua_ora(in_firma, firmatari, settings, marcatore):
    """PAdES B-T: the instant is the authority's; one that we don't trust is written, and proves nothing (R03)."""
    settings.MARCA_TEMPORALE_URL = marcatore
    fatta = firma(firmatari[1], in_firma.parti.last())
    assert fatta.marca_temporale == ""
    (esito,) = convalida(leggi(fatta.pdf))
    assert (esito.valida, esito.dichiarata_il, esito.marca) == (True, GIORNO, None)
    (dentro,) = PdfFileReader(BytesIO(leggi(fatta.pdf))).embedded_regular_signatures
    (marca,) = [
        a["values"][0] for a in dentro.signer_info["unsigned_attrs"] if a["type"].native == "signature_time_stamp_token"
    ]
    assert marca["content"]["encap_content_info"]["content"].parsed["gen_time"].native == ISTANTE


def test_con_l_autorita_spenta_si_firma_e_si_dice(in_firma, firmatari, settings):
    """The fault is shown, never papered over with our own time."""
    settings.MARCA_TEMPORALE_URL = PORTA_CHIUSA
    fatta = firma(firmatari[1], in_firma.parti.last())
    assert fatta.marca_temporale == "Autorità non raggiunta alla firma: ClientConnectorError."
    (esito,) = convalida(leggi(fatta.pdf))
    assert (esito.valida, esito.marca) == (True, None)


def test_un_autorita_che_non_risponde_non_blocca_chi_firma(in_firma, firmatari, settings, monkeypatch):
    """It accepts the connection and says nothing: the wait is short and the signature goes through."""
    monkeypatch.setattr(firme, "ATTESA_MARCA", 0.3)
    with socket.create_server(("127.0.0.1", 0)) as muto:
        settings.MARCA_TEMPORALE_URL = f"http://127.0.0.1:{muto.getsockname()[1]}/"
        fatta = firma(firmatari[1], in_firma.parti.last())
    assert fatta.marca_temporale == "Autorità non raggiunta alla firma: TimeoutError."


def test_un_autorita_che_risponde_a_caso_non_blocca_chi_firma(in_firma, firmatari, settings):
    with autorita(sana=False) as settings.MARCA_TEMPORALE_URL:
        fatta = firma(firmatari[1], in_firma.parti.last())
    assert fatta.marca_temporale == "Autorità non raggiunta alla firma: ValueError."


def test_la_marca_arriva_dopo_senza_toccare_il_documento(in_firma, firmatari, settings, marcatore):
    settings.MARCA_TEMPORALE_URL = PORTA_CHIUSA
    fatta = firma(firmatari[1], in_firma.parti.last())
    assert marche.recupera_marca.func(fatta.pk).startswith("da riprovare")
    prima = leggi(fatta.pdf)
    settings.MARCA_TEMPORALE_URL = marcatore
    assert [marche.recupera_marca.func(fatta.pk) for _n in range(2)] == ["ottenuta", "già presente"]
    marca = MarcaTemporale.objects.get(firma=fatta)
    assert (marca.istante, marca.autorita) == (ISTANTE, marcatore)
    assert leggi(fatta.pdf) == prima


@pytest.mark.parametrize("dove", ["archivio", "registro", "invito", "livelli", "protocollo", "stato", "messaggi"])
def test_se_si_muore_fra_due_passi_resta_il_documento_di_prima(in_firma, firmatari, monkeypatch, dove):
    """Killed while storing, writing the trail, registering or telling: the old revision is intact, and signs again."""
    firma(firmatari[1], in_firma.parti.last())
    in_firma.refresh_from_db()
    prima = revisione_corrente(in_firma)
    conti = [m.objects.count() for m in (Firma, RigaRegistro, Messaggio, Protocollo)]

    def muore(*args, **kwargs):
        raise KeyboardInterrupt

    bersagli = {
        "archivio": (FileSystemStorage, "_save"),
        "registro": (conclusione, "annota"),
        "invito": (conclusione, "parti_che_firmano"),
        "livelli": (conclusione, "basta"),
        "protocollo": (conclusione, "protocolla"),
        "stato": (conclusione, "passa"),
        "messaggi": (conclusione, "avvisa_sottoscritto"),
    }
    with fermo(GIORNO.replace(minute=5)):
        with monkeypatch.context() as m:
            m.setattr(*bersagli[dove], muore)
            with pytest.raises(KeyboardInterrupt):
                firma(firmatari[0], in_firma.parti.first())
        in_firma.refresh_from_db()
        dopo = revisione_corrente(in_firma)
        assert (in_firma.stato, dopo.impronta, leggi(dopo.pdf)) == ("in_firma", prima.impronta, leggi(prima.pdf))
        assert [m.objects.count() for m in (Firma, RigaRegistro, Messaggio, Protocollo)] == conti
    with fermo(GIORNO.replace(minute=6)):
        firma(firmatari[0], in_firma.parti.first())
    in_firma.refresh_from_db()
    assert in_firma.stato == "sottoscritto"


@pytest.mark.django_db(transaction=True)
def test_due_persone_che_firmano_insieme_non_rovinano_niente(tutti_insieme, firmatari):
    """One signs; the other is told that the document changed, opens it again and signs."""
    vista = revisione_corrente(tutti_insieme).impronta
    coppie = list(zip(firmatari, tutti_insieme.parti.all(), strict=True))
    insieme = Barrier(2)

    def prova(coppia):
        utente, parte = coppia
        try:
            with fermo(GIORNO):
                insieme.wait(timeout=20)
                firma_accordo(utente=utente, parte=parte, impronta_vista=vista, codice=codice(), evidenza=EVIDENZA)
        except Rifiuto as rifiuto:
            return rifiuto.frase
        finally:
            connection.close()
        return "firmato"

    with ThreadPoolExecutor(2) as fili:
        esiti = list(fili.map(prova, coppie))
    assert sorted(esiti) == [
        "Il documento è cambiato mentre lo leggevi: un'altra parte ha firmato. Apri quello nuovo e riprova.",
        "firmato",
    ]
    resta = coppie[esiti.index(next(e for e in esiti if e != "firmato"))]
    with fermo(GIORNO.replace(minute=1)):
        firma(*resta)
    tutti_insieme.refresh_from_db()
    assert tutti_insieme.stato == "sottoscritto"
    esiti_pdf = convalida(leggi(revisione_corrente(tutti_insieme).pdf))
    assert [e.valida for e in esiti_pdf] == [True, True]
    assert verifica()[1] == ""


@pytest.mark.django_db(transaction=True)
def test_la_stessa_persona_che_preme_due_volte_firma_una_volta(in_firma, firmatari):
    """A double click: one signature, the other request is refused with a sentence."""
    vista, parte = revisione_corrente(in_firma).impronta, in_firma.parti.last()
    insieme = Barrier(2)

    def prova(_n):
        try:
            with fermo(GIORNO):
                insieme.wait(timeout=20)
                firma_accordo(
                    utente=firmatari[1], parte=parte, impronta_vista=vista, codice=codice(), evidenza=EVIDENZA
                )
        except (Rifiuto, PermissionDenied):
            return "rifiutato"
        finally:
            connection.close()
        return "firmato"

    with ThreadPoolExecutor(2) as fili:
        assert sorted(fili.map(prova, range(2))) == ["firmato", "rifiutato"]
    assert Firma.objects.count() == 1
    assert Accordo.objects.get().stato == "in_firma"


@pytest.mark.django_db(transaction=True)
def test_i_tentativi_mandati_insieme_si_contano_tutti(in_firma, firmatari, monkeypatch):
    """Whoever guesses codes in parallel gets five, as whoever guesses them one by one."""
    parte, insieme, leggi_subito = in_firma.parti.last(), Barrier(8), LocMemCache.get

    def leggi_piano(*args, **kwargs):
        valore = leggi_subito(*args, **kwargs)
        sleep(0.05)
        return valore

    monkeypatch.setattr(LocMemCache, "get", leggi_piano)
    monkeypatch.setattr(LocMemCache, "incr", BaseCache.incr)  # as the cache in the database, that processes share

    def prova(_n):
        try:
            insieme.wait(timeout=20)
            conta_tentativo(utente=firmatari[1], parte=parte)
        except Rifiuto:
            return "rifiutato"
        finally:
            connection.close()
        return "contato"

    with ThreadPoolExecutor(8) as fili:
        esiti = list(fili.map(prova, range(8)))
    assert sorted(esiti) == ["contato"] * 5 + ["rifiutato"] * 3
