"""The PDF of an agreement: what is printed, where the fields are. Pure: no database."""

import io
from dataclasses import replace
from datetime import UTC, datetime
from itertools import pairwise

import pytest
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.fields import enumerate_sig_fields

from accordi import documento
from accordi.documento import ParteDocumento, compone

QUANDO = datetime(2023, 3, 20, 9, 0, tzinfo=UTC)


def da_stampare(parti=2, **campi):
    dati = {
        "titolo": "Accordo di prova",
        "tipo": "Accordo di collaborazione",
        "ente": "Provincia di Cremona",
        "codice": "ABCD-2345-EFGH",
        "indirizzo": "https://raccordo.example/verifica/ABCD-2345-EFGH/",
        "versione": 1,
        "congelata_il": "20/03/2023 alle 10:00",
        "determina": "Determinazione n. 12 del 01/03/2023.",
        "corpo": "# Oggetto\nLe parti collaborano.",
        "parti": [ParteDocumento(f"Ente {n}", "00000000000", f"Firma{n}") for n in range(1, parti + 1)],
    }
    return documento.Testo(**dati | campi)


def campi(pdf):
    return [
        (nome, valore, int(campo.get_object()["/Rect"][1]))
        for nome, valore, campo in enumerate_sig_fields(PdfFileReader(io.BytesIO(pdf)))
    ]


@pytest.mark.parametrize(("parti", "fogli"), [(1, 1), (3, 1), (6, 1), (7, 2), (10, 2), (13, 3)])
def test_c_e_un_campo_vuoto_per_parte_e_sei_per_foglio(parti, fogli):
    pdf = compone(da_stampare(parti), quando=QUANDO)
    lettore = PdfFileReader(io.BytesIO(pdf))
    assert [(n, v) for n, v, _y in campi(pdf)] == [(f"Firma{i}", None) for i in range(1, parti + 1)]
    assert int(lettore.root["/Pages"]["/Count"]) == 1 + fogli


def test_i_campi_di_un_foglio_non_si_toccano():
    altezze = [y for _n, _v, y in campi(compone(da_stampare(6), quando=QUANDO))]
    assert [a - b for a, b in pairwise(altezze)] == [105] * 5


def test_il_documento_ha_titolo_lingua_e_struttura():
    """R60: a tagged PDF with title and language."""
    lettore = PdfFileReader(io.BytesIO(compone(da_stampare(), quando=QUANDO)))
    assert lettore.root["/Lang"] == "it"
    assert lettore.root["/MarkInfo"]["/Marked"]
    assert lettore.trailer["/Info"]["/Title"] == "Accordo di prova"


def test_il_documento_si_dichiara_pdf_a_2a():
    """Archival and tagged: what the renderer claims in the metadata, which it checks while composing."""
    metadati = PdfFileReader(io.BytesIO(compone(da_stampare(10), quando=QUANDO))).root["/Metadata"].data.decode()
    assert 'pdfaid:part="2"' in metadati
    assert 'pdfaid:conformance="A"' in metadati


def test_la_bozza_non_ha_campi_di_firma_ne_rimanda_alla_verifica():
    lettore = PdfFileReader(io.BytesIO(documento.compone_bozza(da_stampare(3), quando=QUANDO)))
    assert "/AcroForm" not in lettore.root
    assert int(lettore.root["/Pages"]["/Count"]) == 1  # no sheet to sign
    assert "/Annots" not in lettore.root["/Pages"]["/Kids"][0]  # no link to the page of verification


def test_quello_che_scrivono_le_persone_non_diventa_mai_codice():
    """Typst code in a text is printed, never run."""
    cattivo = '#panic("x") #read("/etc/passwd") $x$ *grassetto* \\u{41} ]'
    stampa = replace(
        da_stampare(1, titolo=cattivo, corpo=f"# {cattivo}\n{cattivo}", determina=cattivo),
        parti=[ParteDocumento(cattivo, "1", "Firma1")],
    )
    pdf = compone(stampa, quando=QUANDO)
    assert PdfFileReader(io.BytesIO(pdf)).trailer["/Info"]["/Title"] == cattivo


def test_lo_stesso_testo_alla_stessa_ora_da_le_stesse_pagine():
    uno, due = (compone(da_stampare(), quando=QUANDO) for _n in range(2))
    assert len(uno) == len(due)
