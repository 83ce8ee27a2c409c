"""Public verification, by code and by file (R14)."""

import io
from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.pdf_utils.writer import copy_into_new_writer

from accordi import documento
from accordi.forms.firme import MASSIMO_VERIFICA
from accordi.models import Firma
from accordi.queries.accordi import revisione_corrente
from accordi.queries.verifica import esamina
from accordi.services.testi import congela_testo, ritira_testo
from core.archivio import impronta
from core.orologio import fermo
from tests.accordi.conftest import GIORNO
from tests.accordi.pki import accesa
from tests.accordi.test_firme import firma, leggi

UNA = documento.ParteDocumento("Ente", "12345678901", "Firma1")


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
    assert [(f.parte, f.frase) for f in esame.firme] == [
        (str(p.soggetto), "valida") for p in (in_firma.parti.last(), in_firma.parti.first())
    ]
    assert esame.dettaglio == "Versione 1 del testo, con 2 firme su 2."


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
    buono = documenti[1]
    posto = buono.index(b"stream\n") + 60
    alterato = buono[:posto] + bytes([buono[posto] ^ 1]) + buono[posto + 1 :]
    assert esamina(alterato).frase == "Il documento è stato modificato dopo la firma: non è quello firmato."


def test_bytes_aggiunti_in_coda_non_passano_per_autentici(documenti):
    esame = esamina(documenti[2] + b"\n% coda")
    assert esame.accordo is None
    assert esame.esito != "autentico"


@pytest.mark.parametrize(
    ("contenuto", "nome", "frase"),
    [
        (b"ciao", "accordo.pdf", "Il contenuto del file non corrisponde al formato .pdf."),
        (b"ciao", "accordo.docx", "Formato non accettato. Carica un file: p7m, pdf."),
        (b"%PDF-" + b"0" * MASSIMO_VERIFICA, "accordo.pdf", "Il file supera 30 MB: riducilo e riprova."),
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


def test_un_testo_corretto_e_uno_ritirato_sono_detti_tali(in_firma, firmatari, coordinatore):
    """R05: authentic, and no longer worth anything; a withdrawn one doesn't say whose draft it is."""
    firma(firmatari[1], in_firma.parti.last())
    vecchio = leggi(revisione_corrente(in_firma).pdf)
    ritira_testo(utente=coordinatore, accordo=in_firma, motivo="Refuso")
    ritirato = esamina(vecchio)
    assert (ritirato.esito, ritirato.accordo, ritirato.frase) == (
        "superato",
        None,
        "Il documento è autentico, ma il testo è stato ritirato dalla firma: non vale.",
    )
    in_firma.refresh_from_db()
    with fermo(GIORNO + timedelta(hours=1)):
        congela_testo(utente=coordinatore, accordo=in_firma)
    superato = esamina(vecchio)
    assert (superato.esito, superato.accordo, superato.dettaglio, superato.frase) == (
        "superato",
        in_firma,
        "Versione 1 del testo, con 1 firma su 2.",
        "Il documento è autentico, ma il suo testo è stato corretto: oggi vale la versione 2, con altre firme.",
    )


@pytest.fixture
def pki(tmp_path, settings):
    """An authority that this installation trusts."""
    settings.FIDUCIA_CARTELLA, settings.FIDUCIA_RETI_AMMESSE = tmp_path / "fiducia", ["127.0.0.0/8"]
    settings.FIDUCIA_CARTELLA.mkdir()
    with accesa(settings.FIDUCIA_CARTELLA, GIORNO) as autorita:
        (settings.FIDUCIA_CARTELLA / "radice.der").write_bytes(autorita.radice.dump())
        yield autorita


def test_un_documento_altrui_si_convalida_lo_stesso(pki, provincia):
    """Unknown here: its signatures are checked, and it is said that it isn't ours."""
    testo = documento.Testo("Altro", "Atto", "Ente", "X", "http://x", 1, "oggi", "", "Testo", [UNA])
    pdf = documento.compone(testo, quando=GIORNO)
    firmato, di_altri, revocato = (
        pki.firma(pdf, "p0", "Firma1"),
        pki.firma(pdf, "p0", "Firma1", quale="finta"),
        pki.firma(pdf, "revocato", "Firma1"),
    )
    with fermo(GIORNO + timedelta(minutes=1)):
        esiti = [esamina(f) for f in (firmato, di_altri, revocato, firmato[:-20])]
    assert [(e.esito, e.accordo, [f.frase for f in e.firme]) for e in esiti[:3]] == [
        ("valido", None, ["valida"]),
        ("ignoto", None, ["integra, ma di un'autorità che non riconosciamo"]),
        ("ignoto", None, ["il certificato è revocato: la firma non vale (art. 24 CAD)"]),
    ]
    assert esiti[0].firme[0].revoca == "Non revocato"
    assert esiti[0].frase.startswith("Il documento non è fra quelli conservati qui. Le firme che contiene sono valide")
    assert esiti[3].esito in {"ignoto", "alterato"}


def test_una_busta_nostra_e_una_fatta_da_altri_sullo_stesso_documento(pki, in_firma, firmatari):
    """CAdES: ours is recognised; someone's own around our document isn't a signature of the round."""
    versione = in_firma.versioni.get()
    testo = leggi(versione.pdf)
    nostra, altrui = pki.busta(testo, "p0"), pki.busta(testo, "p1")
    data = Firma(
        parte=in_firma.parti.last(),
        versione=versione,
        utente=firmatari[1],
        qualita="Legale rappresentante",
        livello="qualificata",
        formato="cades",
        revoca="Non revocato (controllo del 20/03/2023 10:00)",
        firmata_il=GIORNO,
        impronta_prima=versione.impronta,
        impronta_dopo=versione.impronta,
        evidenza={"impronta_busta": impronta(nostra)},
    )
    data.pdf.name = versione.pdf.name
    data.busta.save("a.p7m", ContentFile(nostra), save=False)
    data.save()
    conosciuta, sconosciuta = esamina(nostra), esamina(altrui)
    assert (conosciuta.esito, conosciuta.accordo) == ("autentico", in_firma)
    assert [(f.parte, f.frase, f.revoca) for f in conosciuta.firme] == [(str(data.parte), "valida", data.revoca)]
    assert (sconosciuta.esito, sconosciuta.firme[0].parte) == ("superato", "")
    assert sconosciuta.frase.startswith("La busta non è fra le firme raccolte qui.")


def test_un_file_enorme_e_rifiutato_prima_di_leggerlo(client, provincia):
    risposta = client.post("/verifica/", {"codice": "x"}, CONTENT_LENGTH=200 * 1024 * 1024)
    assert risposta["Location"] == "/verifica/"
    assert "Il file supera 30 MB e non è stato letto" in client.get("/verifica/").content.decode()


def test_troppi_file_dallo_stesso_indirizzo_si_fermano_e_il_codice_no(client, in_firma, settings):
    settings.VERIFICHE_PER_INDIRIZZO = 2
    esiti = [carica(client, b"ciao") for _n in range(3)]
    assert [e.status_code for e in esiti] == [200, 200, 429]
    assert "aspetta 10 minuti e riprova" in esiti[2].content.decode()
    assert esiti[2]["Retry-After"] == "600"
    assert client.post("/verifica/", {"codice": in_firma.codice_verifica}).status_code == 302


def test_il_registro_e_la_verifica_si_rimandano(client, documenti, in_firma):
    verifica, registro = (
        f"/{dove}/" for dove in (f"verifica/{in_firma.codice_verifica}", f"registro-accordi/{in_firma.codice}")
    )
    assert f'href="{registro}"' in client.get(verifica).content.decode()
    assert f'href="{verifica}"' in client.get(registro).content.decode()
    in_firma.pubblico = False
    in_firma.save()
    assert registro not in client.get(verifica).content.decode()
