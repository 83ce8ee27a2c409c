"""Files of an application: what is accepted, who may open them, what an attacker may try."""

import io
import zipfile

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from accordi.allegati import MASSIMO, controlla
from accordi.models import DocumentoIstanza
from accordi.queries.istanze import condizioni_mancanti
from accordi.services.documenti import carica_documento, togli_documento
from accordi.services.istanze import presenta_istanza
from accordi.services.repliche import integra_istanza
from core.archivio import archivio_privato, impronta
from core.errori import Rifiuto
from tests.accordi.moduli_avviso import documenti_di_prova
from tests.factories.accordi import (
    AvvisoFactory,
    DocumentoIstanzaFactory,
    IstanzaFactory,
    PartecipanteIstanzaFactory,
    SospensioneFactory,
)
from tests.factories.reti import RappresentanzaFactory

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7 piano"


def file(nome: str = "piano.pdf", contenuto: bytes = PDF) -> SimpleUploadedFile:
    return SimpleUploadedFile(nome, contenuto)


def office(*nomi: str, peso: int = 10) -> bytes:
    """A ZIP with these members, each of `peso` zero bytes."""
    pacco = io.BytesIO()
    with zipfile.ZipFile(pacco, "w", zipfile.ZIP_DEFLATED) as z:
        for nome in nomi:
            z.writestr(nome, b"0" * peso)
    return pacco.getvalue()


@pytest.fixture
def bozza(rappresentante):
    avviso = AvvisoFactory(documenti_richiesti=documenti_di_prova())
    return IstanzaFactory(capofila=rappresentante.soggetto, avviso=avviso)


@pytest.fixture
def dati(bozza, rappresentante):
    return {"utente": rappresentante.utente, "istanza": bozza}


@pytest.mark.parametrize(
    ("nome", "contenuto", "frase"),
    [
        ("piano.exe", b"MZ", "Formato non accettato. Carica un file: docx, jpeg, jpg, p7m, pdf, xlsx."),
        ("piano", PDF, "Formato non accettato. Carica un file: docx, jpeg, jpg, p7m, pdf, xlsx."),
        ("piano.pdf", b"", "Il file «piano.pdf» è vuoto: scegline un altro."),
        ("piano.pdf", b"MZ\x90", "Il contenuto del file non corrisponde al formato .pdf."),
        ("foto.JPG", PDF, "Il contenuto del file non corrisponde al formato .jpg."),
        ("busta.p7m", PDF, "Il contenuto del file non corrisponde al formato .p7m."),
        ("piano.docx", office("altro.txt"), "Il contenuto del file non corrisponde al formato .docx."),
        ("piano.docx", b"PK\x03\x04rotto", "Il file .docx è danneggiato: salvalo di nuovo e riprova."),
        (
            "conti.xlsx",
            office("xl/workbook.xml", "xl/vbaProject.bin"),
            "Il file contiene macro: salvalo senza, oppure in PDF.",
        ),
        (
            "bomba.docx",
            office("word/document.xml", peso=201 * 1024 * 1024),
            "Il file, una volta aperto, è troppo grande: mandalo in PDF.",
        ),
    ],
)
def test_ogni_file_sbagliato_ha_la_sua_frase(nome, contenuto, frase):
    with pytest.raises(ValidationError) as errore:
        controlla(file(nome, contenuto), ("pdf", "docx", "xlsx", "jpg", "p7m"))
    assert errore.value.messages == [frase]


def test_oltre_venti_mega_non_si_carica():
    troppo = file()
    troppo.size = MASSIMO + 1
    with pytest.raises(ValidationError, match="Il file supera 20 MB"):
        controlla(troppo, ("pdf",))


def test_il_documento_si_carica_si_sostituisce_e_si_toglie_con_i_suoi_byte(
    dati, bozza, django_capture_on_commit_callbacks
):
    assert condizioni_mancanti(bozza) == ["Allega il documento: Piano."]
    with django_capture_on_commit_callbacks(execute=True):
        primo = carica_documento(**dati, richiesta="piano", file=file("..\\..\\etc/passwd.pdf"))
        secondo = carica_documento(**dati, richiesta="piano", file=file(contenuto=PDF + b"2"))
    assert (primo.nome, primo.file.name) == ("passwd.pdf", f"istanze/{primo.codice}.pdf")
    assert [d.impronta for d in bozza.documenti.all()] == [impronta(PDF + b"2")]
    assert not archivio_privato().exists(primo.file.name)
    assert condizioni_mancanti(bozza) == []
    with django_capture_on_commit_callbacks(execute=True):
        togli_documento(**dati, documento=secondo)
    assert not archivio_privato().exists(secondo.file.name)
    assert not bozza.documenti.exists()


def test_l_impronta_di_ogni_documento_e_nel_testo_registrato_e_dopo_non_si_tocca(dati, bozza):
    """R07"""
    documento = carica_documento(**dati, richiesta="piano", file=file())
    presentata = presenta_istanza(**dati)
    assert f"- Piano: piano.pdf, 14 byte, {impronta(PDF)}\n" in presentata.testo_presentato
    with pytest.raises(Rifiuto, match="già stata presentata"):
        carica_documento(**dati, richiesta="piano", file=file())
    with pytest.raises(Rifiuto, match="già stata presentata"):
        togli_documento(**dati, documento=documento)


def test_si_carica_solo_quello_che_l_avviso_chiede_e_dove_lo_chiede(dati, rappresentante):
    for richiesta, soggetto in [("altro", None), ("piano", rappresentante.soggetto), ("statuto", None)]:
        with pytest.raises(Rifiuto, match="L'avviso non chiede più questo documento"):
            carica_documento(**dati, richiesta=richiesta, file=file(), soggetto=soggetto)


def test_chi_partecipa_carica_il_suo_e_non_quello_degli_altri(bozza):
    socio, altro = RappresentanzaFactory(), RappresentanzaFactory()
    for r in (socio, altro):
        PartecipanteIstanzaFactory(istanza=bozza, soggetto=r.soggetto)
    suo = {"utente": socio.utente, "istanza": bozza, "richiesta": "statuto"}
    carica_documento(**suo, file=file(), soggetto=socio.soggetto)
    with pytest.raises(PermissionDenied):
        carica_documento(**suo, file=file(), soggetto=altro.soggetto)
    with pytest.raises(PermissionDenied):
        carica_documento(**suo | {"richiesta": "piano"}, file=file())


def test_un_documento_di_un_altra_istanza_non_si_toglie(dati):
    estraneo = DocumentoIstanzaFactory()
    with pytest.raises(PermissionDenied):
        togli_documento(**dati, documento=estraneo)
    assert DocumentoIstanza.objects.filter(pk=estraneo.pk).exists()


def test_il_documento_lo_aprono_le_parti_e_l_ufficio_e_nessun_altro(bozza, rappresentante, coordinatore, entra):
    """R08"""
    documento = DocumentoIstanzaFactory(istanza=bozza)
    url = reverse("accordi:istanza_documento", args=[bozza.codice, documento.codice])
    risposta = entra(rappresentante.utente).get(url)
    assert (risposta["Content-Disposition"], risposta["Cache-Control"]) == (
        'attachment; filename="statuto.pdf"',
        "private, no-store",
    )
    assert b"".join(risposta.streaming_content) == b"%PDF-1.7 statuto"
    assert entra(coordinatore).get(url).status_code == 404  # a draft is nobody else's
    estraneo = entra(RappresentanzaFactory().utente)
    assert estraneo.get(url).status_code == 404
    propria = IstanzaFactory(capofila=rappresentante.soggetto)
    altro = reverse("accordi:istanza_documento", args=[propria.codice, DocumentoIstanzaFactory().codice])
    assert entra(rappresentante.utente).get(altro).status_code == 404


def test_il_documento_d_identita_lo_apre_solo_chi_presenta_o_istruisce(rappresentante, coordinatore, entra):
    istanza = IstanzaFactory(capofila=rappresentante.soggetto, presentata=True)
    socio = RappresentanzaFactory()
    PartecipanteIstanzaFactory(istanza=istanza, soggetto=socio.soggetto)
    documento = DocumentoIstanzaFactory(istanza=istanza, richiesta=DocumentoIstanza.IDENTITA)
    url = reverse("accordi:istanza_documento", args=[istanza.codice, documento.codice])
    esiti = {}
    for chi, utente in [("presenta", rappresentante.utente), ("socio", socio.utente), ("ufficio", coordinatore)]:
        risposta = entra(utente).get(url)
        esiti[chi] = risposta.status_code
        if risposta.streaming:
            b"".join(risposta.streaming_content)
    assert esiti == {"presenta": 200, "socio": 404, "ufficio": 200}
    assert "statuto.pdf" not in entra(socio.utente).get(istanza.get_absolute_url()).text


def test_dalla_pagina_un_file_rifiutato_non_si_presenta_e_il_testo_resta(bozza, rappresentante, entra):
    client = entra(rappresentante.utente)
    dati = {"motivazione": "Testo nuovo", "dichiarazione_poteri": "on", "azione": "presenta"}
    risposta = client.post(bozza.get_absolute_url(), dati | {"doc-piano": file("piano.pdf", b"MZ")}, follow=True)
    assert "Il contenuto del file non corrisponde al formato .pdf." in risposta.text
    bozza.refresh_from_db()
    assert (bozza.stato, bozza.motivazione) == ("bozza", "Testo nuovo")
    client.post(bozza.get_absolute_url(), dati | {"doc-piano": file()})
    bozza.refresh_from_db()
    assert bozza.stato == "presentata"


def test_la_risposta_all_integrazione_porta_i_suoi_file(rappresentante):
    istanza = IstanzaFactory(capofila=rappresentante.soggetto, integrazione=True)
    SospensioneFactory(istanza=istanza)
    dati = {"utente": rappresentante.utente, "istanza": istanza, "risposta": "Ecco."}
    with pytest.raises(ValidationError, match="non corrisponde al formato"):
        integra_istanza(**dati, file=[file("visura.pdf", b"MZ")])
    with pytest.raises(Rifiuto, match="al massimo 10 file"):
        integra_istanza(**dati, file=[file()] * 11)
    istanza.refresh_from_db()
    assert (istanza.stato, istanza.documenti.count()) == ("integrazione", 0)
    integra_istanza(**dati, file=[file("visura.pdf"), file("statuto.docx", office("word/document.xml"))])
    assert [d.nome for d in istanza.sospensioni.get().documenti.all()] == ["visura.pdf", "statuto.docx"]
