"""Signatures made elsewhere, against a real authority with OCSP, CRL and timestamps: R03, R10."""

import base64
import subprocess
from datetime import timedelta
from io import BytesIO

import pytest
from asn1crypto import pem
from pyhanko.sign.fields import MDPPerm
from pyhanko.sign.validation.dss import DocumentSecurityStore

from accordi import documento as documenti
from accordi.aggiunta import controlla_aggiunta, controlla_busta
from accordi.guasti import FirmaNonAmmessa, Guasto
from accordi.revoca import StatoRevoca
from accordi.scarica import scaricatore
from accordi.scelte import Livello
from accordi.validazione import MASSIME_FIRME, Fiducia, esamina_busta, esamina_pdf
from tests.accordi.conftest import GIORNO
from tests.accordi.manomissioni import (
    CAMPO,
    cifrato,
    con_annotazione,
    con_riquadro,
    con_tante_firme,
    con_testo_sopra,
    riscritto,
    ritocca,
    un_altro_dietro,
)
from tests.accordi.pki import codice_di


@pytest.fixture(autouse=True)
def _pulita(pki):
    pki.richieste.clear()
    pki.spenta = False


@pytest.fixture(scope="module")
def testo():
    """A frozen text with ten fields, Firma1 to Firma10."""
    parti = [documenti.ParteDocumento(f"Ente {n}", "", f"Firma{n}") for n in range(1, 11)]
    return documenti.compone(
        documenti.Testo(
            "Accordo", "Accordo", "Provincia", "AAAA-BBBB-CCCC", "https://x.it", 1, "oggi", "", "# Art\nTesto.", parti
        ),
        quando=GIORNO,
    )


@pytest.fixture(scope="module")
def firmato(pki, testo):
    return pki.firma(testo, "p0", CAMPO)


def controlla(pki, nuovo, precedente, campo=CAMPO, *, ora=GIORNO):
    return controlla_aggiunta(nuovo, precedente, campo=campo, fiducia=pki.fiducia(), ora=ora)


def guasto_di(pki, nuovo, precedente, campo=CAMPO):
    with pytest.raises(FirmaNonAmmessa) as rifiuto:
        controlla(pki, nuovo, precedente, campo)
    return rifiuto.value.guasto


def test_una_firma_qualificata_si_accetta_con_chi_e_quando_e_la_revoca(pki, testo, firmato):
    esame = controlla(pki, firmato, testo)
    assert (esame.valida, esame.campo, esame.formato) == (True, CAMPO, "pades")
    assert (esame.nome, esame.codice_fiscale, esame.emittente) == ("Persona 0", codice_di(0), "Prestatore di prova")
    assert (esame.livello, esame.marca, esame.istante) == (Livello.QUALIFICATA, None, GIORNO)
    assert (esame.revoca.stato, esame.revoca.fonte) == (StatoRevoca.BUONO, "chiesto all'autorità")
    assert pki.richieste == ["/vera/crls/radice/latest.crl", "/vera/ocsp/intermedia"]


@pytest.mark.parametrize(
    ("certificato", "guasto"),
    [
        ("scaduto", Guasto.SCADUTO),
        ("futuro", Guasto.NON_ANCORA),
        ("revocato", Guasto.REVOCATO),
        ("sospeso", Guasto.SOSPESO),
        ("cifratura", Guasto.USO),
    ],
)
def test_un_certificato_che_non_vale_si_rifiuta_con_la_sua_frase(pki, testo, certificato, guasto):
    assert guasto_di(pki, pki.firma(testo, certificato, CAMPO), testo) == guasto


def test_un_autorita_fatta_in_casa_si_rifiuta_senza_chiedere_niente_alla_rete(pki, testo):
    """The same names and codes: the addresses that it wrote are never called."""
    assert guasto_di(pki, pki.firma(testo, "p0", CAMPO, quale="finta"), testo) == Guasto.CATENA
    assert pki.richieste == []


@pytest.mark.parametrize(
    ("certificato", "livello", "codice"),
    [
        ("avanzato", Livello.AVANZATA, codice_di(0)),
        ("carta", Livello.AVANZATA, codice_di(0)),
        ("anonimo", Livello.QUALIFICATA, ""),
    ],
)
def test_livello_e_codice_fiscale_vengono_dal_certificato(pki, testo, certificato, livello, codice):
    esame = controlla(pki, pki.firma(testo, certificato, CAMPO), testo)
    assert (esame.livello, esame.codice_fiscale) == (livello, codice)


def test_la_revoca_che_non_si_puo_sapere_non_e_mai_buona(pki, testo, firmato):
    """No service in the certificate, or a service that doesn't answer (R03)."""
    muto = controlla(pki, pki.firma(testo, "muto", CAMPO), testo)
    assert (muto.valida, muto.revoca.stato) == (True, StatoRevoca.NON_VERIFICABILE)
    pki.spenta = True
    assert controlla(pki, firmato, testo).revoca.stato == StatoRevoca.NON_VERIFICABILE


def test_la_prova_contenuta_nel_documento_vale_quando_l_autorita_non_risponde(pki, testo, firmato):
    con_prova = con_prove(pki, firmato)
    pki.spenta = True
    esame = controlla(pki, con_prova, testo)
    assert (esame.revoca.stato, esame.revoca.fonte) == (StatoRevoca.BUONO, "prova contenuta nel documento")
    assert (esame.aggiunte, esame.copre_tutto) == (True, False)


def test_una_revoca_venuta_dopo_la_marca_temporale_non_tocca_la_firma(pki, testo):
    """Signed and stamped at nine, revoked at half past, uploaded at ten; without the stamp it is refused."""
    con, senza = (pki.firma(testo, "revocato-dopo", CAMPO, marca=m) for m in (True, False))
    dieci = GIORNO + timedelta(hours=1)
    pki.animatore.fixed_time = dieci
    try:
        esame = controlla(pki, con, testo, ora=dieci)
        assert (esame.valida, esame.revoca.stato) == (True, StatoRevoca.REVOCATO)
        assert (esame.marca, esame.istante, esame.marca_autorita) == (
            GIORNO + timedelta(seconds=1),
            GIORNO + timedelta(seconds=1),
            "Marcatura di prova",
        )
        with pytest.raises(FirmaNonAmmessa) as rifiuto:
            controlla(pki, senza, testo, ora=dieci)
        assert rifiuto.value.guasto == Guasto.REVOCATO
    finally:
        pki.animatore.fixed_time = GIORNO + timedelta(seconds=1)


def test_tre_firme_una_dopo_l_altra_restano_tutte_valide_anche_per_pdfsig(pki, testo, tmp_path):
    documento = testo
    for n in range(3):
        nuovo = pki.firma(documento, f"p{n}", f"Firma{n + 1}", marca=n == 1)
        assert controlla(pki, nuovo, documento, f"Firma{n + 1}").codice_fiscale == codice_di(n)
        documento = nuovo
    esami = esamina_pdf(documento, fiducia=pki.fiducia(), ora=GIORNO)
    assert [(e.campo, e.valida, e.copre_tutto) for e in esami] == [
        ("Firma1", True, False),
        ("Firma2", True, False),
        ("Firma3", True, True),
    ]
    assert pdfsig(documento, tmp_path).count("Signature is Valid") == 3


# What someone may do to a document, on purpose or not: each has its own fault.


def con_prove(pki, documento):
    """Long-term evidence added after the signature, as some programs do: allowed."""
    flusso = BytesIO(documento)
    crl = pki.architetture["vera"].service_registry
    DocumentSecurityStore.add_dss(
        flusso,
        None,
        crls=[crl.get_crl(nome, GIORNO) for nome in ("radice", "intermedia")],
    )
    return flusso.getvalue()


OSTILI = [
    ("byte alterato nel testo", lambda p, t, f: ritocca(f, len(t) // 2), Guasto.ALTERATO),
    (
        "byte alterato nella firma",
        lambda p, t, f: ritocca(f, f.index(b"/Contents <", len(t)) + 4000),
        Guasto.ILLEGIBILE,
    ),
    ("byte alterato dopo il testo", lambda p, t, f: ritocca(f, f.index(b"/M (", len(t)) + 12), Guasto.NON_INTEGRA),
    ("testo sostituito dopo la firma", lambda p, t, f: con_testo_sopra(f), Guasto.DOPO_LA_FIRMA),
    ("annotazione dopo la firma", lambda p, t, f: con_annotazione(f), Guasto.DOPO_LA_FIRMA),
    ("byte in coda", lambda p, t, f: f + b"\n(altro)", Guasto.DOPO_LA_FIRMA),
    ("pagina sostituita e poi firmata", lambda p, t, f: p.firma(con_testo_sopra(t), "p0", CAMPO), Guasto.MODIFICATO),
    ("annotazione e poi firma", lambda p, t, f: p.firma(con_annotazione(t), "p0", CAMPO), Guasto.MODIFICATO),
    ("file riscritto e firmato", lambda p, t, f: p.firma(riscritto(t), "p0", CAMPO), Guasto.RISCRITTO),
    ("troncato prima della firma", lambda p, t, f: t[: len(t) // 2], Guasto.TRONCATO),
    ("troncato nella firma", lambda p, t, f: f[: len(t) + 3000], Guasto.ILLEGIBILE),
    ("cifrato", lambda p, t, f: cifrato(t), Guasto.CIFRATO),
    ("non firmato", lambda p, t, f: t, Guasto.NON_FIRMATO),
    ("un altro file", lambda p, t, f: b"PK\x03\x04 non un PDF", Guasto.NON_PDF),
    ("vuoto", lambda p, t, f: b"", Guasto.NON_PDF),
    ("nel riquadro di un altro", lambda p, t, f: p.firma(t, "p0", "Firma2"), Guasto.CAMPO),
    (
        "riquadro sopra il testo",
        lambda p, t, f: p.firma(con_riquadro(t, "Mia", (50, 50, 500, 700)), "p0", "Mia"),
        Guasto.CAMPO,
    ),
    *(
        (
            f"un altro documento dietro al nostro ({n})",
            lambda p, t, f, n=n: p.firma(un_altro_dietro(t, n), "p0", CAMPO),
            Guasto.MODIFICATO,
        )
        for n in (1, 2, 3)
    ),
    ("due firme nuove", lambda p, t, f: p.firma(f, "p1", "Firma2"), Guasto.PIU_FIRME),
]


@pytest.mark.parametrize(("nome", "fatto", "atteso"), OSTILI, ids=[o[0] for o in OSTILI])
def test_un_file_manomesso_si_rifiuta(pki, testo, firmato, nome, fatto, atteso):
    assert guasto_di(pki, fatto(pki, testo, firmato), testo) == atteso


@pytest.mark.parametrize(("in_piu", "letto"), [(MASSIME_FIRME - 1, True), (MASSIME_FIRME, False)])
def test_oltre_cinquanta_firme_il_file_non_si_controlla(pki, firmato, in_piu, letto):
    """One check each: thousands would keep a process for minutes."""
    documento = con_tante_firme(firmato, in_piu)
    if letto:
        assert len(esamina_pdf(documento, fiducia=pki.fiducia(), ora=GIORNO)) == MASSIME_FIRME
        return
    with pytest.raises(FirmaNonAmmessa) as rifiuto:
        esamina_pdf(documento, fiducia=pki.fiducia(), ora=GIORNO)
    assert rifiuto.value.guasto == Guasto.TROPPE_FIRME


def test_una_firma_invisibile_in_un_campo_suo_si_accetta(pki, testo):
    """Many programs make their own field: one that shows nothing can't cover the text."""
    esame = controlla(pki, pki.firma(testo, "p0", "FirmaDelProgramma"), testo)
    assert (esame.valida, esame.campo) == (True, "FirmaDelProgramma")


def test_il_testo_cambiato_fra_due_firme_rompe_la_prima(pki, testo, firmato):
    """The second signatory swaps a page before signing: earlier bytes are all there, and yet it is refused."""
    nuovo = pki.firma(con_testo_sopra(firmato), "p1", "Firma2")
    assert guasto_di(pki, nuovo, firmato, "Firma2") == Guasto.MODIFICATO
    assert [e.guasto for e in esamina_pdf(nuovo, fiducia=pki.fiducia(), ora=GIORNO)] == [Guasto.DOPO_LA_FIRMA, ""]


def test_un_altro_documento_non_cancella_le_firme_di_prima(pki, testo, firmato):
    """The second signatory puts another text behind the first's bytes, without the first's signature."""
    for revisioni in range(1, 5):
        nuovo = pki.firma(un_altro_dietro(firmato, revisioni), "p1", CAMPO)
        assert guasto_di(pki, nuovo, firmato, CAMPO) in (Guasto.MODIFICATO, Guasto.PRECEDENTI)


def test_una_firma_che_blocca_il_documento_si_rifiuta(pki, testo):
    """The other parties could no longer sign without breaking it."""
    bloccata = pki.firma(testo, "p0", CAMPO, certify=True, docmdp_permissions=MDPPerm.NO_CHANGES)
    assert guasto_di(pki, bloccata, testo) == Guasto.BLOCCO


# .p7m


def test_una_busta_si_accetta_anche_in_base64(pki, testo):
    busta = pki.busta(testo, "p2")
    for forma in (busta, base64.encodebytes(busta), pem.armor("PKCS7", busta)):
        esame = controlla_busta(forma, testo, fiducia=pki.fiducia(), ora=GIORNO)
        assert (esame.formato, esame.codice_fiscale, esame.valida) == ("cades", codice_di(2), True)
        assert (esame.livello, esame.revoca.stato) == (Livello.QUALIFICATA, StatoRevoca.BUONO)
    assert esamina_busta(busta, fiducia=pki.fiducia(), ora=GIORNO)[0] == testo


BUSTE = [
    ("staccata", lambda p, t: p.busta(t, "p0", staccata=True), Guasto.P7M_STACCATA),
    ("annidata", lambda p, t: p.busta(p.busta(t, "p0"), "p1"), Guasto.P7M_ANNIDATA),
    ("di un altro documento", lambda p, t: p.busta(riscritto(t), "p0"), Guasto.RISCRITTO),
    ("di un documento ritoccato", lambda p, t: p.busta(ritocca(t, 900), "p0"), Guasto.ALTERATO),
    ("revocata", lambda p, t: p.busta(t, "revocato"), Guasto.REVOCATO),
    ("contenuto cambiato", lambda p, t: p.busta(t, "p0").replace(t[:4000], ritocca(t[:4000], 900)), Guasto.ALTERATO),
    ("rotta", lambda p, t: p.busta(t, "p0")[:-100], Guasto.NON_PDF),
]


@pytest.mark.parametrize(("nome", "fatta", "atteso"), BUSTE, ids=[b[0] for b in BUSTE])
def test_una_busta_che_non_va_si_rifiuta(pki, testo, nome, fatta, atteso):
    with pytest.raises(FirmaNonAmmessa) as rifiuto:
        controlla_busta(fatta(pki, testo), testo, fiducia=pki.fiducia(), ora=GIORNO)
    assert rifiuto.value.guasto == atteso


def test_il_contenuto_cambiato_dentro_la_busta_non_e_integro(pki, testo):
    cambiata = pki.busta(testo, "p0").replace(testo[:4000], ritocca(testo[:4000], 900))
    assert esamina_busta(cambiata, fiducia=pki.fiducia(), ora=GIORNO)[1].guasto == Guasto.NON_INTEGRA


# The network


@pytest.mark.parametrize(
    "indirizzo",
    [
        "http://127.0.0.1:{porta}/vera/crls/radice/latest.crl",
        "http://localhost:{porta}/vera/crls/radice/latest.crl",
        "http://[::1]:{porta}/",
        "http://169.254.169.254/latest/meta-data/",
        "http://10.1.2.3/",
        "file:///etc/passwd",
        "ftp://example.com/x",
        "http:///senza-nome",
    ],
)
def test_nessuna_richiesta_verso_una_rete_privata(pki, indirizzo):
    """An address written in a certificate isn't a way into the Province's network."""
    porta = pki.indirizzo.rsplit(":", 1)[1]
    with pytest.raises(OSError, match=r"non ammesso|rete privata|refused|resolution|assegnab"):
        scaricatore()(indirizzo.format(porta=porta), None, "")
    assert pki.richieste == []


def test_senza_rete_non_si_chiede_e_non_si_finge(pki, testo, firmato):
    esame = controlla_aggiunta(firmato, testo, campo=CAMPO, fiducia=Fiducia((pki.radice,)), ora=GIORNO)
    assert (esame.revoca.stato, pki.richieste) == (StatoRevoca.NON_VERIFICABILE, [])


def pdfsig(documento, cartella):
    """poppler's own opinion: independent of the library that signs."""
    percorso = cartella / "firmato.pdf"
    percorso.write_bytes(documento)
    return subprocess.run(  # noqa: S603  a fixed program on a file of the test
        ["/usr/bin/pdfsig", "-nocert", str(percorso)], capture_output=True, text=True, check=False
    ).stdout
