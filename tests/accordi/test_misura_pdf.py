"""Small files that would fill the memory of who opens them: refused with their sentence, within bounds (R10, R14)."""

import tracemalloc
import zlib

import pytest

from accordi.guasti import FirmaNonAmmessa, Guasto
from accordi.validazione import Fiducia, esamina_pdf
from tests.accordi.conftest import GIORNO
from tests.accordi.test_verifica import carica

MIB = 1024 * 1024


def gonfio(mib, strati):
    """Zeros: a thousand to one at each layer."""
    compressore = zlib.compressobj(9)
    dati = b"".join([compressore.compress(bytes(MIB)) for _n in range(mib)]) + compressore.flush()
    for _strato in range(strati - 1):
        dati = zlib.compress(dati, 9)
    return dati


def oggetto(numero, diz, dati):
    return b"%d 0 obj\n<< %s /Length %d >>\nstream\n%s\nendstream\nendobj\n" % (numero, diz, len(dati), dati)


def con_indice(diz, dati=b"", prima=b""):
    """A PDF whose table of objects is the stream `diz`, `dati`."""
    corpo = b"%PDF-1.7\n" + prima
    return corpo + oggetto(9, b"/Type /XRef /Root 1 0 R " + diz, dati) + b"startxref\n%d\n%%%%EOF\n" % len(corpo)


def con_catalogo_compresso(dati, filtri):
    """A PDF whose catalogue is in an object stream."""
    flusso = oggetto(2, b"/Type /ObjStm /N 1 /First 4 /Filter [%s]" % filtri, dati)
    voci = b"".join(bytes(v) for v in ((0, 0, 0), (2, 2, 0), (1, 9, 0)))
    return con_indice(b"/Size 3 /W [1 1 1]", voci, flusso)


FLATE = b"/FlateDecode "
SMISURATI = {
    "indice compresso due volte": lambda: con_indice(
        b"/Size 100000 /W [255 255 255] /Filter [%s]" % (FLATE * 2), gonfio(4096, 2)
    ),
    "indice che promette e non contiene": lambda: con_indice(b"/Size 3 /W [0 0 0] /Index [0 1000000000]"),
    "indice con un conto negativo che copre l'altro": lambda: con_indice(
        b"/Size 3 /W [0 0 0] /Index [0 1000000000 1000000000 -1000000000]"
    ),
    "oggetti compressi una volta": lambda: con_catalogo_compresso(gonfio(1024, 1), FLATE),
    "oggetti compressi tre volte": lambda: con_catalogo_compresso(gonfio(4096, 3), FLATE * 3),
}
ROTTI = {
    "indice compresso male": lambda: con_indice(b"/Size 3 /W [1 1 1] /Filter /FlateDecode", b"non compresso"),
    "intervalli in disordine": lambda: con_indice(b"/Size 3 /W [0 0 0] /Index [5 1 0 1]"),
    "senza misure": lambda: con_indice(b"/Size 3", b"abc"),
}


def guasto_di(documento):
    with pytest.raises(FirmaNonAmmessa) as rifiuto:
        esamina_pdf(documento, fiducia=Fiducia(()), ora=GIORNO)
    return rifiuto.value.guasto


@pytest.mark.parametrize("nome", SMISURATI)
def test_un_pdf_che_si_gonfia_si_rifiuta_in_poca_memoria(nome):
    documento = SMISURATI[nome]()
    assert len(documento) < 5 * MIB
    tracemalloc.start()
    try:
        assert guasto_di(documento) == Guasto.SMISURATO
        _ora, massima = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert massima < 100 * MIB


@pytest.mark.parametrize("nome", ROTTI)
def test_un_pdf_rotto_apposta_si_dice_danneggiato(nome):
    assert guasto_di(ROTTI[nome]()) == Guasto.ILLEGIBILE


def test_chi_verifica_legge_perche(client, provincia):
    """The public page, with a file of two hundred bytes that promises a thousand million objects."""
    pagina = carica(client, SMISURATI["indice che promette e non contiene"]()).content.decode()
    assert "Aperto, il PDF diventa troppo grande e non l&#x27;abbiamo letto: carica il documento originale." in pagina
