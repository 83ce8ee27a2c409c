"""The text of an agreement as a PDF with one empty signature field per party.

Pure: texts in, bytes out. Typst composes (tagged PDF/A-2a), pyHanko adds the
fields before the first signature, so that each later signature only fills its
own and leaves the earlier ones valid (R10).
"""

import io
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from pyhanko.pdf_utils.generic import ArrayObject
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.fields import SigFieldSpec, append_signature_field

from core.pdf import componi

MODELLI = Path(__file__).parent / "modelli"
# The signature sheets, in points from the top left corner of an A4 page.
ALTEZZA_PAGINA = 841.89
SINISTRA, PRIMO, PASSO = 71, 140, 105
LARGHEZZA, ALTEZZA = 453, 70
FIRME_PER_FOGLIO = 6


@dataclass(frozen=True)
class ParteDocumento:
    """A party as printed; `campo` names its signature field."""

    nome: str
    codice_fiscale: str
    campo: str


@dataclass(frozen=True)
class Testo:
    """What is printed. `corpo`: paragraphs divided by line ends, "# " opens an article."""

    titolo: str
    tipo: str
    ente: str
    codice: str
    indirizzo: str
    versione: int
    congelata_il: str
    determina: str
    corpo: str
    parti: Sequence[ParteDocumento]


def compone(testo: Testo, *, quando: datetime) -> bytes:
    """The PDF of `testo` dated `quando`, with an empty signature field for each party."""
    fogli = _fogli(testo.parti)
    pdf = _componi(testo, quando, fogli=fogli, bozza=False)
    scrittore = IncrementalPdfFileWriter(io.BytesIO(pdf))
    pagine = int(scrittore.root["/Pages"]["/Count"])
    for n, foglio in enumerate(fogli):
        for riquadro in foglio["riquadri"]:
            sotto = ALTEZZA_PAGINA - riquadro["y"] - ALTEZZA
            spazio = (SINISTRA, round(sotto), SINISTRA + LARGHEZZA, round(sotto + ALTEZZA))
            campo = SigFieldSpec(
                riquadro["campo"],
                on_page=pagine - len(fogli) + n,
                box=spazio,
                readable_field_name=f"Firma per {riquadro['nome']}",
            )
            append_signature_field(scrittore, campo)
    uscita = io.BytesIO()
    scrittore.write(uscita)
    return uscita.getvalue()


def compone_bozza(testo: Testo, *, quando: datetime) -> bytes:
    """`testo` to be read before it is frozen: «bozza» across every page, no code, no place to sign."""
    return _componi(testo, quando, fogli=[], bozza=True)


def _componi(testo: Testo, quando: datetime, *, fogli: list[dict], bozza: bool) -> bytes:
    dati = asdict(testo) | {"blocchi": blocchi(testo.corpo), "fogli": fogli, "bozza": bozza}
    return componi(MODELLI / "accordo.typ", dati, pdf_standards="a-2a", timestamp=int(quando.timestamp()))


class _ScrittoreStabile(IncrementalPdfFileWriter):
    """Keeps the document's own identifier and dates, where pyHanko draws half at random and writes the time."""

    @classmethod
    def _handle_id(cls, prev: PdfFileReader) -> ArrayObject:
        prima = super()._handle_id(prev)[0]
        return ArrayObject([prima, prima])

    def _update_meta(self) -> None:
        """The metadata are those of who composed the page."""


def con_un_campo(pdf: bytes, campo: str, nome: str) -> bytes:
    """`pdf` with one empty signature field on its last page; the same bytes for the same PDF."""
    scrittore = _ScrittoreStabile(io.BytesIO(pdf))
    sotto = ALTEZZA_PAGINA - PRIMO - ALTEZZA
    spazio = (SINISTRA, round(sotto), SINISTRA + LARGHEZZA, round(sotto + ALTEZZA))
    append_signature_field(scrittore, SigFieldSpec(campo, on_page=-1, box=spazio, readable_field_name=nome))
    uscita = io.BytesIO()
    scrittore.write(uscita)
    return uscita.getvalue()


def riquadro_unico() -> dict[str, int]:
    """Where `con_un_campo` puts the field, for the template that draws its box."""
    return {"x": SINISTRA, "y": PRIMO, "larghezza": LARGHEZZA, "altezza": ALTEZZA}


def timbro(righe: Sequence[str]) -> bytes:
    """One-page PDF of the size of a signature field, to be its appearance."""
    return componi(
        MODELLI / "timbro.typ", {"righe": list(righe), "larghezza": LARGHEZZA, "altezza": ALTEZZA}, pdf_tags=False
    )


def blocchi(corpo: str) -> list[dict[str, Any]]:
    """The paragraphs of a text, each with whether it opens an article."""
    righe = [r.strip() for r in corpo.splitlines()]
    return [{"articolo": r.startswith("# "), "testo": r.removeprefix("# ")} for r in righe if r]


def _fogli(parti: Sequence[ParteDocumento]) -> list[dict]:
    gruppi = [parti[i : i + FIRME_PER_FOGLIO] for i in range(0, len(parti), FIRME_PER_FOGLIO)]
    return [
        {
            "titolo": "Firme" if n == 0 else "Firme (segue)",
            "riquadri": [
                {
                    "nome": p.nome,
                    "campo": p.campo,
                    "x": SINISTRA,
                    "y": PRIMO + PASSO * i,
                    "larghezza": LARGHEZZA,
                    "altezza": ALTEZZA,
                }
                for i, p in enumerate(gruppo)
            ],
        }
        for n, gruppo in enumerate(gruppi)
    ]
