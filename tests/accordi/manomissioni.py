"""What a dishonest signatory, or a careless program, does to a PDF that was given to be signed."""

from io import BytesIO

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.pdf_utils.writer import PdfFileWriter, copy_into_new_writer
from pyhanko.sign.fields import SigFieldSpec, append_signature_field

CAMPO = "Firma1"


def con_testo_sopra(documento):
    """The shadow attack: the visible content of a page is replaced in an update appended after the signature."""
    scrittore = IncrementalPdfFileWriter(BytesIO(documento))
    nuovo = scrittore.add_object(generic.StreamObject(stream_data=b"BT /F1 24 Tf 100 700 Td (100.000 euro) Tj ET"))
    pagina = scrittore.root["/Pages"]["/Kids"][0]
    pagina["/Contents"] = nuovo
    scrittore.update_container(pagina)
    uscita = BytesIO()
    scrittore.write(uscita)
    return uscita.getvalue()


def con_tante_firme(documento, quante):
    """As many fields as asked, all with the one signature that is there: each would be checked whole."""
    scrittore = IncrementalPdfFileWriter(BytesIO(documento))
    campi = scrittore.root["/AcroForm"]["/Fields"]
    firmato = next(c for c in (r.get_object() for r in campi) if "/V" in c)
    for n in range(quante):
        copia = generic.DictionaryObject(
            {
                generic.pdf_name("/FT"): generic.pdf_name("/Sig"),
                generic.pdf_name("/T"): generic.pdf_string(f"Copia{n}"),
                generic.pdf_name("/V"): firmato.raw_get("/V"),
            }
        )
        campi.append(scrittore.add_object(copia))
    scrittore.update_container(campi)
    uscita = BytesIO()
    scrittore.write(uscita)
    return uscita.getvalue()


def con_annotazione(documento):
    scrittore = IncrementalPdfFileWriter(BytesIO(documento))
    nota = scrittore.add_object(
        generic.DictionaryObject(
            {
                generic.pdf_name("/Type"): generic.pdf_name("/Annot"),
                generic.pdf_name("/Subtype"): generic.pdf_name("/FreeText"),
                generic.pdf_name("/Rect"): generic.ArrayObject(map(generic.NumberObject, (0, 0, 500, 800))),
                generic.pdf_name("/Contents"): generic.pdf_string("un'altra cosa"),
            }
        )
    )
    pagina = scrittore.root["/Pages"]["/Kids"][0]
    pagina["/Annots"] = generic.ArrayObject([*pagina.get("/Annots", []), nota])
    scrittore.update_container(pagina)
    uscita = BytesIO()
    scrittore.write(uscita)
    return uscita.getvalue()


def riscritto(documento):
    """«Print to PDF»: the same pages, other bytes."""
    scrittore = copy_into_new_writer(PdfFileReader(BytesIO(documento)))
    uscita = BytesIO()
    scrittore.write(uscita)
    return uscita.getvalue()


def cifrato(documento):
    scrittore: PdfFileWriter = copy_into_new_writer(PdfFileReader(BytesIO(documento)))
    scrittore.encrypt(owner_pass="segreta", user_pass="segreta")
    uscita = BytesIO()
    scrittore.write(uscita)
    return uscita.getvalue()


def con_riquadro(documento, nome, riquadro):
    scrittore = IncrementalPdfFileWriter(BytesIO(documento))
    append_signature_field(scrittore, SigFieldSpec(nome, box=riquadro))
    uscita = BytesIO()
    scrittore.write(uscita)
    return uscita.getvalue()


def ritocca(documento, dove):
    copia = bytearray(documento)
    copia[dove] ^= 1
    return bytes(copia)


def un_altro_dietro(documento, revisioni):
    """Our bytes, then a whole other document whose chain of `revisioni` sections never comes back to them."""
    parti = [
        b"<< /Type /Catalog /Pages 2 0 R /AcroForm << /Fields [4 0 R] /SigFlags 1 >> >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Annots [4 0 R] >>",
        b"<< /Type /Annot /Subtype /Widget /FT /Sig /T (%s) /Rect [0 0 0 0] /P 3 0 R /F 132 >>" % CAMPO.encode(),
    ]
    tutto, dove = bytearray(documento + b"\n%PDF-1.7\n"), []
    for n, parte in enumerate(parti, 1):
        dove.append(len(tutto))
        tutto += b"%d 0 obj\n%s\nendobj\n" % (n, parte)
    righe = b"".join(b"%010d 00000 n \n" % d for d in dove)
    inizio = len(tutto)
    tutto += b"xref\n0 5\n0000000000 65535 f \n%strailer\n<< /Size 5 /Root 1 0 R >>\n" % righe
    tutto += b"startxref\n%d\n%%%%EOF\n" % inizio
    for _n in range(revisioni - 1):
        precedente, inizio = inizio, len(tutto)
        tutto += b"xref\n0 0\ntrailer\n<< /Size 5 /Root 1 0 R /Prev %d >>\n" % precedente
        tutto += b"startxref\n%d\n%%%%EOF\n" % inizio
    return bytes(tutto)
