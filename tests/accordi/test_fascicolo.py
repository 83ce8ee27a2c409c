"""The evidence bundle, opened and checked with public tools as a court's expert would (R14)."""

import hashlib
import io
import json
import subprocess
import zipfile
from datetime import timedelta
from itertools import pairwise
from shutil import which

import pytest
from django.core.files.base import ContentFile

from accordi.models import Firma
from accordi.queries.accordi import revisione_corrente
from accordi.services.firme import firma_accordo
from accordi.services.marche import recupera_marca
from accordi.services.testi import congela_testo, ritira_testo
from core.archivio import impronta
from core.orologio import fermo
from core.registro import annota, righe_di
from tests.accordi.autorita import autorita
from tests.accordi.conftest import GIORNO, codice
from tests.accordi.pki import accesa
from tests.accordi.test_firme import firma, leggi
from tests.factories.reti import RappresentanzaFactory

STRUMENTI = ("sha256sum", "openssl", "pdfsig")
pytestmark = pytest.mark.skipif(
    not all(map(which, STRUMENTI)), reason=f"manca uno fra {STRUMENTI}: strumenti pubblici NON provati"
)


def esegui(cartella, *comando):
    """A tool that isn't ours, run where the bundle was opened."""
    return subprocess.run(comando, cwd=cartella, capture_output=True, text=True, check=False)  # noqa: S603  our own files


def scarica(client, utente, accordo):
    client.force_login(utente)
    return client.get(f"/accordi/{accordo.codice}/fascicolo/")


@pytest.fixture
def firmato(in_firma, firmatari, settings):
    """Signed by both; the second timestamp arrived afterwards, from a real authority."""
    firma(firmatari[1], in_firma.parti.last())
    with fermo(GIORNO + timedelta(minutes=10)):
        ultima = firma(firmatari[0], in_firma.parti.first())
        with autorita() as settings.MARCA_TEMPORALE_URL:
            assert recupera_marca.func(ultima.pk) == "ottenuta"
    in_firma.refresh_from_db()
    return in_firma


@pytest.fixture
def aperto(client, coordinatore, firmato, tmp_path):
    """The folder in which the office's bundle was opened."""
    zipfile.ZipFile(io.BytesIO(scarica(client, coordinatore, firmato).content)).extractall(tmp_path / "fascicolo")
    return tmp_path / "fascicolo"


def test_le_impronte_tornano_tutte(aperto):
    esito = esegui(aperto, "sha256sum", "--strict", "-c", "IMPRONTE.sha256")
    assert esito.returncode == 0
    file = {str(f.relative_to(aperto)) for f in aperto.rglob("*") if f.is_file()}
    assert {riga.split(": ")[0] for riga in esito.stdout.splitlines()} == file - {"IMPRONTE.sha256"}
    assert all(riga.endswith(": OK") for riga in esito.stdout.splitlines())


def test_un_file_toccato_si_vede(aperto):
    (aperto / "accordo.json").write_text("{}")
    assert "accordo.json: FAILED" in esegui(aperto, "sha256sum", "-c", "IMPRONTE.sha256").stdout


def test_pdfsig_trova_valide_le_firme_di_ogni_documento(aperto, firmato):
    """R10: by poppler, on each revision."""
    documenti = sorted((aperto / "versione-1").glob("[1-9]-*.pdf"))
    assert [d.name[0] for d in documenti] == ["1", "2"]
    for n, documento in enumerate(documenti, start=1):
        esito = esegui(aperto, "pdfsig", "-nocert", str(documento)).stdout
        assert (esito.count("Signature is Valid."), esito.count("Total document signed")) == (n, 1)
    prima, dopo = (d.read_bytes() for d in documenti)
    assert dopo.startswith(prima)
    assert prima.startswith((aperto / "versione-1/0-testo.pdf").read_bytes())


def test_la_marca_temporale_si_verifica_con_openssl(aperto):
    marca = next((aperto / "versione-1").glob("*.tst"))
    comando = ["openssl", "ts", "-verify", "-token_in", "-in", str(marca), "-data", str(marca.with_suffix(".pdf"))]
    fiducia = ["-CAfile", "certificati/marche.pem", "-partial_chain"]
    assert "Verification: OK" in esegui(aperto, *comando, *fiducia).stdout
    altro = next((aperto / "versione-1").glob("0-*.pdf"))
    assert esegui(aperto, *comando[:-1], str(altro), *fiducia).returncode != 0


def test_il_registro_si_ricalcola_senza_il_nostro_codice(aperto, firmato):
    """Each line's fingerprint, and its place in the chain where lines follow each other."""
    righe = (aperto / "registro/righe.jsonl").read_bytes().splitlines()
    catena = [r.split() for r in (aperto / "registro/impronte.txt").read_text().splitlines()]
    assert [hashlib.sha256(r).hexdigest() for r in righe] == [segno for _n, segno, _p in catena]
    assert [json.loads(r)["precedente"] for r in righe] == [precedente for _n, _s, precedente in catena]
    vicine = [(a, b) for a, b in pairwise(catena) if int(b[0]) == int(a[0]) + 1]
    assert vicine
    assert all(b[2] == a[1] for a, b in vicine)
    assert [json.loads(r)["azione"] for r in righe] == [r.azione for r in righe_di(firmato).order_by("numero")]
    prima = "sed -n 1p registro/righe.jsonl | tr -d '\\n' | sha256sum"
    assert esegui(aperto, "sh", "-c", prima).stdout.split()[0] == catena[0][1]


def test_firme_json_dice_poteri_livello_e_impronte(aperto, firmato):
    firme = json.loads((aperto / "firme.json").read_text())
    attese = list(Firma.objects.filter(versione__accordo=firmato).order_by("pk"))
    assert [(f["impronta_prima"], f["impronta_dopo"]) for f in firme] == [
        (f.impronta_prima, f.impronta_dopo) for f in attese
    ]
    assert {f["livello"] for f in firme} == {"Elettronica semplice con sigillo della piattaforma"}
    assert [f["poteri"]["titolo"] for f in firme] == ["Legale rappresentante"] * 2
    assert firme[0]["marca_temporale"] == "Nessuna autorità di marcatura configurata."
    assert firme[1]["marca_temporale"]["istante"].startswith("2023-03-20T09:00:01")
    accordo = json.loads((aperto / "accordo.json").read_text())
    assert accordo["protocollo"]["impronta"] == attese[-1].impronta_dopo
    assert [p["codice_fiscale"] for p in accordo["parti"]] == [
        p.soggetto.codice_fiscale for p in firmato.parti.select_related("soggetto")
    ]


def test_il_rapporto_di_convalida_concorda_con_gli_altri_strumenti(aperto):
    rapporto = json.loads((aperto / "convalida/rapporto.json").read_text())
    assert [[(f["campo"], f["valida"], f["copre_tutto_il_documento"]) for f in r["firme"]] for r in rapporto] == [
        [("Firma2", True, True)],
        [("Firma2", True, False), ("Firma1", True, True)],
    ]
    assert (aperto / "convalida/rapporto.pdf").read_bytes().startswith(b"%PDF-")


def test_una_busta_p7m_si_apre_con_openssl(client, coordinatore, in_firma, firmatari, tmp_path, settings):
    """CAdES: the envelope holds exactly the document that was signed."""
    versione = in_firma.versioni.get()
    testo = leggi(versione.pdf)
    (tmp_path / "pki").mkdir()
    settings.FIDUCIA_CARTELLA = tmp_path / "pki"
    with accesa(tmp_path / "pki", GIORNO) as pki:
        busta = pki.busta(testo, "p0")
        (tmp_path / "pki/radice.der").write_bytes(pki.radice.dump())
    data = Firma(
        parte=in_firma.parti.last(),
        versione=versione,
        utente=firmatari[1],
        qualita="Legale rappresentante",
        livello="qualificata",
        formato="cades",
        firmata_il=GIORNO,
        impronta_prima=versione.impronta,
        impronta_dopo=versione.impronta,
    )
    data.pdf.save("a.pdf", ContentFile(testo), save=False)
    data.busta.save("a.p7m", ContentFile(busta), save=False)
    data.save()
    zipfile.ZipFile(io.BytesIO(scarica(client, coordinatore, in_firma).content)).extractall(tmp_path / "f")
    p7m = next((tmp_path / "f/versione-1").glob("*.p7m"))
    comando = ["openssl", "cms", "-verify", "-inform", "DER", "-in", str(p7m), "-CAfile", "certificati/autorita.pem"]
    fatto = esegui(tmp_path / "f", *comando, "-purpose", "any", "-out", "documento.pdf")
    assert "successful" in fatto.stderr
    assert impronta((tmp_path / "f/documento.pdf").read_bytes()) == versione.impronta
    rapporto = json.loads((tmp_path / "f/convalida/rapporto.json").read_text())
    assert [f["valida"] for r in rapporto if r["file"].endswith(".p7m") for f in r["firme"]] == [True]


def test_gli_stessi_byte_finche_non_cambia_niente(client, coordinatore, firmato):
    uno, due = (scarica(client, coordinatore, firmato).content for _n in range(2))
    assert uno == due
    annota(coordinatore, "accordo.prova", firmato)
    assert scarica(client, coordinatore, firmato).content != uno


def test_una_versione_ritirata_resta_fra_le_prove(client, coordinatore, in_firma, firmatari):
    """R05: signatures given on the old text stay as evidence."""
    firma(firmatari[1], in_firma.parti.last())
    ritira_testo(utente=coordinatore, accordo=in_firma, motivo="Refuso")
    in_firma.refresh_from_db()
    with fermo(GIORNO + timedelta(hours=1)):
        congela_testo(utente=coordinatore, accordo=in_firma)
    nomi = zipfile.ZipFile(io.BytesIO(scarica(client, coordinatore, in_firma).content)).namelist()
    slug = in_firma.parti.last().soggetto.slug
    assert [n for n in nomi if n.startswith("versione-") and n.endswith(".pdf")] == [
        "versione-1/0-testo.pdf",
        f"versione-1/1-{slug}.pdf",
        "versione-2/0-testo.pdf",
    ]


def test_la_parte_non_riceve_gli_indirizzi_di_rete_degli_altri(client, firmato, firmatari, coordinatore):
    """No more personal data than evidence needs (R62)."""
    della_parte = scarica(client, firmatari[1], firmato).content
    dell_ufficio = scarica(client, coordinatore, firmato).content
    for segreto in (b"192.0.2.1", firmatari[0].email.encode()):
        assert segreto not in della_parte
        assert segreto in dell_ufficio
    assert b"conserva la Provincia" in della_parte


def test_nemmeno_quello_che_un_proxy_dice_del_firmatario_va_alle_altre_parti(client, in_firma, firmatari, coordinatore):
    """The header holds the address of the person, or whatever they wrote in it (R62)."""
    evidenza = {"ip": "198.51.100.1", "inoltrato_per": "203.0.113.77, 198.51.100.1", "programma": "Navigatore 9"}
    dati = {"impronta_vista": revisione_corrente(in_firma).impronta, "codice": codice(), "evidenza": evidenza}
    firma_accordo(utente=firmatari[1], parte=in_firma.parti.last(), **dati)
    della_parte = scarica(client, firmatari[1], in_firma).content
    dell_ufficio = scarica(client, coordinatore, in_firma).content
    for segreto in (b"inoltrato_per", b"203.0.113.77", b"Navigatore 9"):
        assert (segreto in della_parte, segreto in dell_ufficio) == (False, True)


def test_chi_non_e_parte_non_sa_nemmeno_che_esiste(client, firmato):
    assert scarica(client, RappresentanzaFactory().utente, firmato).status_code == 404
    client.logout()
    assert "/accesso/" in client.get(f"/accordi/{firmato.codice}/fascicolo/")["Location"]


def test_senza_testo_congelato_non_c_e_fascicolo(client, coordinatore, bozza):
    assert scarica(client, coordinatore, bozza).status_code == 404
