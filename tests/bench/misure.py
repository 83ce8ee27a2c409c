"""The benchmark: `python3 manage.py prova tests/bench/misure.py` (docs/misure.md).

Each measure runs beside its floor in the same session and prints a ratio.
Nothing here asserts on time: only that what is measured is right.
"""

import io
from datetime import UTC, date, datetime

import networkx as nx
import pytest
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from icalendar import Timezone
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import PdfSignatureMetadata, PdfSigner

from accordi import documento
from accordi.firma import Apposizione, Sigillo, apri_sigillo, sigilla
from accordi.sigillo import crea_sigillo
from accordi.validazione import EsameFirma, Fiducia, esamina_pdf
from monitoraggio.queries import scheda
from reti import grafo
from reti.ical import RICHIESTA, calendario
from reti.queries.assenze import chi_non_viene
from reti.queries.grafo import archi_al, nodi_rete, rete_al
from reti.queries.selezione import Per
from reti.queries.tassi import partecipazione
from tests.bench import calendario as a_confronto
from tests.bench import dati
from tests.bench.pavimento import vista_nuda

QUANDO = datetime(2023, 3, 7, 9, 0, tzinfo=UTC)
NUDA = "vista Django di due byte"


def test_calendario_di_mille_incontri(confronta):
    """R20: all three write the same bytes, so the ratio is between equals."""
    coppie = [(e, a_confronto.invitato(n)) for n, e in enumerate(a_confronto.eventi(1_000))]
    fuso = Timezone.from_ical(a_confronto.FUSO)

    def nostro() -> list[str]:
        return [calendario(e, metodo=RICHIESTA, invitato=chi) for e, chi in coppie]

    def libreria() -> list[str]:
        return [a_confronto.con_la_libreria(e, chi, fuso) for e, chi in coppie]

    def a_mano() -> list[str]:
        return [a_confronto.a_mano(e, chi) for e, chi in coppie]

    assert nostro() == libreria() == a_mano()
    confronta("1.000 inviti iCalendar", nostro, "libreria icalendar da sola", libreria, giri=2)
    confronta("1.000 inviti iCalendar", nostro, "stesso testo unito a mano", a_mano, giri=2)


def test_grafo_di_mille_soggetti(db, confronta):
    """R40: from the records to measures and picture; the metrics alone beside networkx alone."""
    dati.rete_di_enti(1_000)
    giorno = date(2023, 6, 30)
    semplice = grafo.grafo_semplice(nodi_rete(), archi_al(giorno))
    bordi = list(semplice.edges)
    assert (len(semplice), len(bordi) > 4_000) == (1_000, True)

    def networkx_solo() -> tuple[dict, dict]:
        nudo = nx.Graph(bordi)
        return nx.betweenness_centrality(nudo, normalized=True), dict(nudo.degree)

    def dai_record() -> None:
        cache.clear()
        rete_al(giorno)

    confronta("misure del grafo di 1.000", lambda: grafo.misure(semplice), "networkx da solo", networkx_solo, giri=1)
    confronta("rete dai record, da zero", dai_record, "networkx da solo", networkx_solo, giri=1)
    confronta("rete dai record, in cache", lambda: rete_al(giorno), NUDA, vista_nuda(), giri=3)


@pytest.fixture
def sigillo(tmp_path) -> Sigillo:
    crea_sigillo(tmp_path / "sigillo.p12", "prova", ente="Provincia di prova")
    return apri_sigillo(tmp_path / "sigillo.p12", "prova")


def _da_firmare(quante: int) -> bytes:
    """The PDF of an agreement with so many empty fields, named parte1, parte2…"""
    testo = documento.Testo(
        titolo="Accordo",
        tipo="Convenzione",
        ente="Provincia",
        codice="AAAA-BBBB-CCCC",
        indirizzo="https://raccordo.example/verifica/",
        versione=1,
        congelata_il="7 marzo 2023",
        determina="n. 1 del 6 marzo 2023",
        corpo="# Oggetto\n" + "Le parti collaborano alla rete territoriale per il lavoro. " * 60,
        parti=[documento.ParteDocumento(f"Ente {n}", f"{n:011}", f"parte{n}") for n in range(1, quante + 1)],
    )
    return documento.compone(testo, quando=QUANDO)


def _firma(pdf: bytes, campo: str, sigillo: Sigillo) -> bytes:
    """As the product signs: visible stamp included."""
    righe = ["Firmato da Ada Rossi", "legale rappresentante"]
    apposizione = Apposizione(campo, documento.timbro(righe), "firma", "Ada Rossi", "Cremona", QUANDO)
    return sigilla(pdf, apposizione, sigillo=sigillo, marcatore=None)


def _convalida(pdf: bytes, sigillo: Sigillo) -> list[EsameFirma]:
    return esamina_pdf(pdf, fiducia=Fiducia(sigillo.ancore), ora=QUANDO)


def _pyhanko_solo(pdf: bytes, campo: str, sigillo: Sigillo) -> bytes:
    """As pyHanko's documentation signs: no stamp, nothing of ours."""
    uscita = io.BytesIO()
    firmatario = PdfSigner(PdfSignatureMetadata(field_name=campo, md_algorithm="sha256"), sigillo.firmatario)
    firmatario.sign_pdf(IncrementalPdfFileWriter(io.BytesIO(pdf)), existing_fields_only=True, output=uscita)
    return uscita.getvalue()


def test_una_firma(sigillo, confronta):
    """R10: one signature in its field; the floor is pyHanko on the same PDF, and RSA alone."""
    pdf = _da_firmare(2)
    chiave = serialization.load_der_private_key(sigillo.firmatario.signing_key.dump(), password=None)

    def nostra() -> bytes:
        return _firma(pdf, "parte1", sigillo)

    def rsa_solo() -> bytes:
        return chiave.sign(pdf, PKCS1v15(), hashes.SHA256())

    firmato = nostra()
    assert firmato.startswith(pdf)
    assert [(e.campo, e.valida) for e in _convalida(firmato, sigillo)] == [("parte1", True)]
    pyhanko = "pyHanko da solo"
    compito = "una firma, con il suo timbro"
    confronta(compito, nostra, pyhanko, lambda: _pyhanko_solo(pdf, "parte1", sigillo), giri=9)
    confronta(compito, nostra, "RSA da sola", rsa_solo, giri=5)
    confronta("convalidare una firma", lambda: _convalida(firmato, sigillo), "RSA da sola", rsa_solo, giri=5)
    confronta("comporre il PDF", lambda: _da_firmare(2), "RSA da sola", rsa_solo, giri=5)


def test_dieci_firme(sigillo, confronta):
    """R10: ten parties on one document; the tenth signature beside the first, and beside pyHanko on the same bytes."""
    revisioni = [_da_firmare(10)]
    for n in range(1, 11):
        revisioni.append(_firma(revisioni[-1], f"parte{n}", sigillo))
    assert [e.valida for e in _convalida(revisioni[-1], sigillo)] == [True] * 10
    nove = revisioni[9]

    def prima() -> bytes:
        return _firma(revisioni[0], "parte1", sigillo)

    def decima() -> bytes:
        return _firma(nove, "parte10", sigillo)

    confronta("la decima firma di dieci", decima, "la prima delle dieci", prima, giri=9)
    solo = "pyHanko da solo"
    confronta("la decima firma di dieci", decima, solo, lambda: _pyhanko_solo(nove, "parte10", sigillo), giri=9)


@pytest.mark.parametrize(("volte", "attesi"), [(1, (4, 24, 25, 90, 2, 4, 0)), (40, (160, 960, 1000, 90, 80, 160, 0))])
def test_scheda_peg(provincia, coordinatore, confronta, volte, attesi):
    """R50: the sheet of the year as the source reports it, and of forty times as many records."""
    obiettivo = dati.anno_2023(coordinatore, volte)
    fine = date(2023, 12, 31)
    foglio = scheda(obiettivo, fine)
    codici = ("A1", "B1", "B2", "D1", "D2", "E2", "F2")
    assert tuple(int(foglio.riga(c).valore) for c in codici) == attesi

    def conteggi() -> None:
        with connection.cursor() as cursore:
            for _codice in dati.MISURE:
                cursore.execute("SELECT COUNT(*) FROM reti_incontro WHERE stato = 'svolto'")
                cursore.fetchone()

    nome = "scheda PEG dell'anno 2023" if volte == 1 else f"scheda PEG, record × {volte}"
    confronta(nome, lambda: scheda(obiettivo, fine), "nove SELECT COUNT", conteggi, giri=5)


def test_tassi_su_quarantamila_presenze(db, confronta):
    """R26: the floor is the count alone, without saying who was present."""
    dati.presenze(tavoli=50, incontri=40, seggi=20)

    def conta() -> None:
        with connection.cursor() as cursore:
            cursore.execute("SELECT adesione_id, COUNT(*) FROM reti_convocazione GROUP BY adesione_id")
            cursore.fetchall()

    with CaptureQueriesContext(connection) as domande:
        righe = partecipazione(Per.TAVOLO)
    assert len(domande) == 1
    assert {(r.inviti, r.presenze, r.giustificate) for r in righe} == {(800, 600, 200)}
    base = "un COUNT per seggio"
    confronta("tassi per tavolo, 40.000 presenze", lambda: partecipazione(Per.TAVOLO), base, conta, giri=3)
    confronta("tassi per seggio, 40.000 presenze", lambda: partecipazione(Per.SEGGIO), base, conta, giri=3)
    confronta("chi non viene, 40.000 presenze", lambda: chi_non_viene(3), base, conta, giri=3)
