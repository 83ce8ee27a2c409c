"""Public verification, by code and by file (R14)."""

import io
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.pdf_utils.writer import copy_into_new_writer

from accordi.forms.firme import MASSIMO_VERIFICA
from accordi.queries.accordi import revisione_corrente
from accordi.queries.verifica import esamina
from accordi.services.testi import ritira_testo
from core.orologio import fermo
from tests.accordi.conftest import GIORNO
from tests.accordi.test_firme import firma, leggi


@pytest.fixture
def documenti(in_firma, firmatari):
    """The bytes of the three revisions: frozen text, one signature, two."""
    versione = in_firma.versioni.get()
    firma(firmatari[1], in_firma.parti.last())
    with fermo(GIORNO + timedelta(minutes=10)):
        firma(firmatari[0], in_firma.parti.first())
    in_firma.refresh_from_db()
    return [leggi(versione.pdf), *(leggi(f.pdf) for f in versione.firme.order_by("pk"))]


def carica(client, contenuto, nome="accordo.pdf"):
    return client.post("/verifica/", {"file": SimpleUploadedFile(nome, contenuto, "application/pdf")})


def test_l_ultima_versione_e_autentica(documenti, in_firma):
    esame = esamina(documenti[2])
    assert (esame.esito, esame.accordo) == ("autentico", in_firma)
    assert [f.valida for f in esame.firme] == [True, True]


@pytest.mark.parametrize("quale", [0, 1])
def test_una_versione_precedente_e_autentica_ma_superata(documenti, quale):
    assert esamina(documenti[quale]).frase == (
        "Il documento è autentico, ma dopo ne è stata fatta una versione più recente."
    )


@pytest.mark.parametrize("quale", [1, 2])
def test_un_byte_cambiato_si_vede(documenti, quale):
    """One altered byte inside what was signed."""
    alterato = bytearray(documenti[quale])
    posto = documenti[quale].index(b"Raccordo") if b"Raccordo" in documenti[quale] else 700
    alterato[posto] ^= 1
    assert esamina(bytes(alterato)).esito in {"alterato", "ignoto"}
    assert "autentico" not in esamina(bytes(alterato)).frase


def test_una_firma_rotta_e_detta_alterata(documenti):
    """The visible page is changed: the digest no longer holds."""
    documento = documenti[1]
    posto = documento.index(b"stream\n") + 60
    alterato = documento[:posto] + bytes([documento[posto] ^ 1]) + documento[posto + 1 :]
    assert esamina(alterato).frase == "Il documento è stato modificato dopo la firma: non è quello firmato."


def test_bytes_aggiunti_in_coda_non_passano_per_autentici(documenti):
    esame = esamina(documenti[2] + b"\n% coda")
    assert esame.accordo is None
    assert esame.esito != "autentico"


@pytest.mark.parametrize(
    ("contenuto", "nome", "frase"),
    [
        (b"ciao", "accordo.pdf", "Il contenuto del file non corrisponde al formato .pdf."),
        (b"ciao", "accordo.docx", "Formato non accettato. Carica un file: pdf."),
        (b"%PDF-" + b"0" * MASSIMO_VERIFICA, "accordo.pdf", "Il file supera 20 MB: riducilo e riprova."),
        (
            b"%PDF-1.7 rotto",
            "accordo.pdf",
            "Il PDF è danneggiato e le firme non si leggono: scaricalo di nuovo e riprova.",
        ),
        (b"", "accordo.pdf", "Il file inviato è vuoto."),
    ],
)
def test_ogni_file_sbagliato_ha_la_sua_frase(client, provincia, contenuto, nome, frase):
    assert frase in carica(client, contenuto, nome).content.decode()


def test_un_pdf_con_password_ha_la_sua_frase(client, documenti):
    scrittore = copy_into_new_writer(PdfFileReader(io.BytesIO(documenti[0])))
    scrittore.encrypt("segreta")
    uscita = io.BytesIO()
    scrittore.write(uscita)
    pagina = carica(client, uscita.getvalue()).content.decode()
    assert "Il PDF è protetto da password: carica il documento originale, senza protezione." in pagina


def test_un_pdf_altrui_e_sconosciuto(documenti):
    scrittore = copy_into_new_writer(PdfFileReader(io.BytesIO(documenti[0])))
    uscita = io.BytesIO()
    scrittore.write(uscita)
    assert esamina(uscita.getvalue()).frase == ("Il documento non è fra quelli conservati qui e non contiene firme.")


def test_con_il_codice_chiunque_vede_parti_livello_e_impronta_ma_nessun_nome(client, documenti, in_firma, firmatari):
    """R14, and persons stay out of public pages."""
    pagina = client.get(f"/verifica/{in_firma.codice_verifica}/").content.decode()
    for atteso in (
        "Collaborazione di prova",
        "Provincia di Cremona",
        "Elettronica semplice con sigillo della piattaforma",
        revisione_corrente(in_firma).impronta,
        str(in_firma.protocollo),
        "data:image/svg+xml",
    ):
        assert atteso in pagina
    assert [u.last_name for u in firmatari if u.last_name in pagina] == []


@pytest.mark.parametrize("scritto", ["{}", " {} ", "minuscolo", "senza trattini"])
def test_il_codice_si_scrive_come_viene(client, in_firma, scritto):
    codice = in_firma.codice_verifica
    forme = {"minuscolo": codice.lower(), "senza trattini": codice.replace("-", " ")}
    risposta = client.post("/verifica/", {"codice": forme.get(scritto, scritto.format(codice))})
    assert risposta["Location"] == f"/verifica/{codice}/"


def test_un_codice_sconosciuto_e_una_bozza_danno_la_stessa_risposta(client, in_firma, coordinatore):
    """Drafts can't be told from codes that don't exist."""
    ritira_testo(utente=coordinatore, accordo=in_firma, motivo="Refuso")
    risposte = [client.get(f"/verifica/{c}/") for c in (in_firma.codice_verifica, "AAAA-BBBB-CCCC")]
    assert [r.status_code for r in risposte] == [404, 404]
    assert all("Codice sconosciuto" in r.content.decode() for r in risposte)
