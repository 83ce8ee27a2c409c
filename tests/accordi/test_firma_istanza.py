"""An application sent outside a SPID or CIE session is signed (CAD art. 65; R06), against a real authority."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from accordi.models import DocumentoIstanza, Istanza
from accordi.queries.sottoscrizione import mancanti_per_presentare
from accordi.queries.stampe import CAMPO_FIRMA, pdf_da_firmare
from accordi.services.documenti import carica_documento, carica_firmata
from accordi.services.istanze import aggiorna_istanza, presenta_istanza
from core.errori import Rifiuto
from tests.accordi.pki import codice_di
from tests.factories.accordi import AvvisoFactory, IstanzaFactory
from tests.factories.reti import RappresentanzaFactory

SCANSIONE = b"\xff\xd8\xff foto del foglio"
DIGITALE = Istanza.Modalita.IDENTITA_DIGITALE


pytestmark = pytest.mark.usefixtures("fiducia_di_prova")


@pytest.fixture
def chi(db, adesso_fermo):
    """Who presents; first person of the test authority."""
    return RappresentanzaFactory(codice_fiscale=codice_di(0))


@pytest.fixture
def bozza(chi):
    return IstanzaFactory(capofila=chi.soggetto, avviso=AvvisoFactory(esige_firma_istanza=True))


@pytest.fixture
def dati(chi, bozza):
    return {"utente": chi.utente, "istanza": bozza}


def file(contenuto: bytes, nome: str = "istanza.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(nome, contenuto)


def riga(istanza) -> str:
    """How the registered text says that it was signed."""
    return next(r for r in istanza.testo_presentato.splitlines() if r.startswith("Sottoscrizione: "))


def test_da_una_sessione_spid_o_cie_non_serve_firma(dati):
    """R06"""
    presentata = presenta_istanza(**dati, modalita=DIGITALE)
    assert riga(presentata) == "Sottoscrizione: identificazione con SPID o CIE (art. 65 CAD): non serve firma"


def test_altrimenti_senza_firma_non_si_presenta(dati, bozza):
    """R06"""
    with pytest.raises(Rifiuto) as rifiuto:
        presenta_istanza(**dati)
    assert rifiuto.value.messages == ["Scarica il testo da firmare, firmalo e ricaricalo."]
    assert mancanti_per_presentare(bozza, DIGITALE) == []


@pytest.mark.parametrize("modo", ["pades", "cades"])
def test_con_la_propria_firma_digitale_sul_testo_scaricato_si_presenta(dati, bozza, pki, modo):
    """R06"""
    testo = pdf_da_firmare(bozza)
    firmato = pki.firma(testo, "p0", CAMPO_FIRMA) if modo == "pades" else pki.busta(testo, "p0")
    carica_firmata(**dati, file=file(firmato, "istanza.pdf" if modo == "pades" else "istanza.pdf.p7m"))
    presentata = presenta_istanza(**dati)
    assert riga(presentata) == "Sottoscrizione: firma digitale di Persona 0"
    assert "- Istanza firmata: istanza.pdf" in presentata.testo_presentato


def test_se_il_testo_cambia_dopo_la_firma_si_firma_di_nuovo(dati, bozza, pki):
    """R06"""
    carica_firmata(**dati, file=file(pki.firma(pdf_da_firmare(bozza), "p0", CAMPO_FIRMA)))
    aggiorna_istanza(**dati, motivazione="Un altro testo")
    with pytest.raises(Rifiuto) as rifiuto:
        presenta_istanza(**dati)
    assert rifiuto.value.messages == ["Il testo è cambiato dopo la firma: scaricalo di nuovo, firmalo e ricaricalo."]


def test_con_la_firma_a_mano_serve_il_documento_d_identita(dati):
    """R06"""
    carica_firmata(**dati, file=file(SCANSIONE, "istanza.jpg"))
    with pytest.raises(Rifiuto) as rifiuto:
        presenta_istanza(**dati)
    assert rifiuto.value.messages == ["Con la firma a mano serve anche il documento d'identità di chi firma."]
    carica_documento(**dati, richiesta=DocumentoIstanza.IDENTITA, file=file(SCANSIONE, "carta.jpg"))
    presentata = presenta_istanza(**dati)
    assert riga(presentata) == "Sottoscrizione: firma a mano, con copia del documento d'identità"


@pytest.mark.parametrize(
    ("certificato", "codice"),
    [("p3", "altra_persona"), ("anonimo", "senza_codice_fiscale"), ("revocato", "revocato"), ("scaduto", "scaduto")],
)
def test_la_firma_di_un_altro_o_di_un_certificato_che_non_vale_si_rifiuta(dati, bozza, pki, certificato, codice):
    with pytest.raises(Rifiuto) as rifiuto:
        carica_firmata(**dati, file=file(pki.firma(pdf_da_firmare(bozza), certificato, CAMPO_FIRMA)))
    assert (rifiuto.value.code, bozza.documenti.count()) == (codice, 0)


def test_un_testo_diverso_o_non_firmato_si_rifiuta(dati, bozza, pki):
    altra = IstanzaFactory(avviso=bozza.avviso)
    for contenuto, codice in [
        (pdf_da_firmare(bozza), "non_firmato"),
        (pki.firma(pdf_da_firmare(altra), "p0", CAMPO_FIRMA), "riscritto"),
        (pki.busta(pdf_da_firmare(altra), "p0"), "riscritto"),
        (b"%PDF-1.7 rotto", "illegibile"),
    ]:
        with pytest.raises(Rifiuto) as rifiuto:
            carica_firmata(**dati, file=file(contenuto, "istanza.p7m" if contenuto[:1] == b"0" else "istanza.pdf"))
        assert rifiuto.value.code == codice
    assert not bozza.documenti.exists()


def test_la_pagina_lo_spiega_e_carica_e_presenta_in_una_volta(dati, bozza, chi, entra, pki):
    """R06"""
    client = entra(chi.utente)
    pagina = client.get(bozza.get_absolute_url())
    assert reverse("accordi:istanza_da_firmare", args=[bozza.codice]) in pagina.text
    scritto = {"motivazione": bozza.motivazione, "dichiarazione_poteri": "on", "azione": "presenta"}
    testo = client.get(reverse("accordi:istanza_da_firmare", args=[bozza.codice])).content
    client.post(bozza.get_absolute_url(), scritto | {"doc-firmata": file(pki.firma(testo, "p0", CAMPO_FIRMA))})
    bozza.refresh_from_db()
    assert (bozza.stato, bozza.modalita) == ("presentata", "credenziali")
