"""One signature more on a document that we already know: nothing else may have changed (R10). A leaf.

Raises FirmaNonAmmessa with the fault that the person can do something about.
"""

import asyncio
from datetime import datetime

from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.diff_analysis import (
    DEFAULT_DIFF_POLICY,
    DiffResult,
    FormUpdatingRule,
    ModificationLevel,
    StandardDiffPolicy,
)
from pyhanko.sign.diff_analysis.constants import ACROFORM_EXEMPT_STRICT_COMPARISON
from pyhanko.sign.fields import enumerate_sig_fields
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko.sign.validation.status import SignatureCoverageLevel

from accordi.guasti import FirmaNonAmmessa, Guasto
from accordi.validazione import (
    GUASTI_DI_LETTURA,
    EsameFirma,
    Fiducia,
    apri_pdf,
    esamina_busta,
    esamina_pades,
    illeggibile,
)

RITOCCO = 16  # bytes that differ, up to which a file of the same length is a damaged copy and not another file
# pyHanko compares with a signed revision; ours may have no signature yet, and the first one sets the flag.
_CONFRONTO = StandardDiffPolicy(
    DEFAULT_DIFF_POLICY.global_rules,
    FormUpdatingRule(DEFAULT_DIFF_POLICY.form_rule.field_rules, {*ACROFORM_EXEMPT_STRICT_COMPARISON, "/SigFlags"}),
)


def controlla_aggiunta(nuovo: bytes, precedente: bytes, *, campo: str, fiducia: Fiducia, ora: datetime) -> EsameFirma:
    """The one signature that `nuovo` adds to `precedente`, in field `campo` or out of sight; or FirmaNonAmmessa.

    Checked in this order: same bytes first, nothing but one signature added,
    in the right place, earlier ones still good, then the certificate.
    """
    _stessi_byte(nuovo, precedente)
    lettore, prima = apri_pdf(nuovo), apri_pdf(precedente)
    try:
        firma, vecchie = _sola_nuova(lettore, prima)
        _al_suo_posto(firma, campo, prima)
        _solo_la_firma(lettore, prima, firma)
        if not all(_regge(v) for v in vecchie):
            raise FirmaNonAmmessa(Guasto.PRECEDENTI)
        esame = asyncio.run(esamina_pades(firma, fiducia, ora))
    except GUASTI_DI_LETTURA as errore:
        raise illeggibile(errore) from errore
    return _esigi_valida(esame)


def controlla_busta(busta: bytes, precedente: bytes, *, fiducia: Fiducia, ora: datetime) -> EsameFirma:
    """The signature of a .p7m that holds exactly `precedente`; or FirmaNonAmmessa."""
    contenuto, esame = esamina_busta(busta, fiducia=fiducia, ora=ora)
    if contenuto != precedente:
        raise FirmaNonAmmessa(_differenza(contenuto, precedente))
    return _esigi_valida(esame)


def _esigi_valida(esame: EsameFirma) -> EsameFirma:
    if esame.guasto:
        raise FirmaNonAmmessa(Guasto(esame.guasto))
    return esame


def _stessi_byte(nuovo: bytes, precedente: bytes) -> None:
    if not nuovo.startswith(precedente):
        if nuovo.lstrip()[:5].startswith(b"%PDF-") and not precedente.startswith(nuovo):
            _esigi_non_cifrato(nuovo)
        raise FirmaNonAmmessa(_differenza(nuovo, precedente))
    if len(nuovo) == len(precedente):
        raise FirmaNonAmmessa(Guasto.NON_FIRMATO)


def _esigi_non_cifrato(nuovo: bytes) -> None:
    """A protected copy is rewritten from its first byte: say that it is protected, which the person can undo."""
    try:
        apri_pdf(nuovo)
    except FirmaNonAmmessa as errore:
        if errore.guasto == Guasto.CIFRATO:
            raise


def _differenza(nuovo: bytes, precedente: bytes) -> Guasto:
    if not nuovo.lstrip()[:5].startswith(b"%PDF-"):
        return Guasto.NON_PDF
    if precedente.startswith(nuovo):
        return Guasto.TRONCATO
    diversi = sum(a != b for a, b in zip(nuovo, precedente, strict=False))
    return Guasto.ALTERATO if len(nuovo) >= len(precedente) and diversi <= RITOCCO else Guasto.RISCRITTO


def _sola_nuova(
    lettore: PdfFileReader, prima: PdfFileReader
) -> tuple[EmbeddedPdfSignature, list[EmbeddedPdfSignature]]:
    gia = {f.field_name for f in prima.embedded_signatures}
    _sulle_stesse_revisioni(lettore, prima)
    if not gia <= {f.field_name for f in lettore.embedded_signatures}:
        raise FirmaNonAmmessa(Guasto.PRECEDENTI)
    nuove = [f for f in lettore.embedded_regular_signatures if f.field_name not in gia]
    if not nuove:
        raise FirmaNonAmmessa(Guasto.NON_FIRMATO)
    if len(nuove) > 1:
        raise FirmaNonAmmessa(Guasto.PIU_FIRME)
    return nuove[0], [f for f in lettore.embedded_regular_signatures if f.field_name in gia]


def _sulle_stesse_revisioni(lettore: PdfFileReader, prima: PdfFileReader) -> None:
    """The new file is read through our revisions, not only begins with our bytes.

    A whole other document could stand behind them, with a chain of its own that never comes back to ours.
    """
    nostre = range(prima.xrefs.total_revisions)
    if lettore.xrefs.total_revisions <= len(nostre) or any(
        lettore.xrefs.get_startxref_for_revision(r) != prima.xrefs.get_startxref_for_revision(r) for r in nostre
    ):
        raise FirmaNonAmmessa(Guasto.MODIFICATO)


def _al_suo_posto(firma: EmbeddedPdfSignature, campo: str, prima: PdfFileReader) -> None:
    """In the party's own field; or, for programs that make their own, in a field that shows nothing."""
    if firma.field_name == campo:
        return
    esisteva = any(nome == firma.field_name for nome, _valore, _dove in enumerate_sig_fields(prima))
    riquadro = [float(n) for n in firma.sig_field.get("/Rect", [0, 0, 0, 0])]
    visibile = riquadro[0] != riquadro[2] and riquadro[1] != riquadro[3]
    if esisteva or visibile or "/Kids" in firma.sig_field:
        raise FirmaNonAmmessa(Guasto.CAMPO)


def _solo_la_firma(lettore: PdfFileReader, prima: PdfFileReader, firma: EmbeddedPdfSignature) -> None:
    """Revision by revision from the document that we know: first only the signature's field, then only proofs."""
    base = prima.xrefs.total_revisions - 1
    differenza = _CONFRONTO.review_file(lettore, base)
    firma.compute_integrity_info()
    # A lock (DocMDP, FieldMDP) would make every later party's signature break this one.
    if firma.docmdp_level is not None or firma.fieldmdp is not None:
        raise FirmaNonAmmessa(Guasto.BLOCCO)
    if firma.coverage < SignatureCoverageLevel.ENTIRE_REVISION:
        raise FirmaNonAmmessa(Guasto.NON_INTEGRA)
    if not _aggiunte_ammesse(firma):
        raise FirmaNonAmmessa(Guasto.DOPO_LA_FIRMA)
    if not isinstance(differenza, DiffResult) or differenza.modification_level > ModificationLevel.FORM_FILLING:
        raise FirmaNonAmmessa(Guasto.MODIFICATO)
    if differenza.changed_form_fields - {f.field_name for f in lettore.embedded_signatures}:
        raise FirmaNonAmmessa(Guasto.MODIFICATO)


def _aggiunte_ammesse(firma: EmbeddedPdfSignature) -> bool:
    """After it nothing, or only revocation data and timestamps; and no bytes beyond the last revision."""
    if firma.coverage == SignatureCoverageLevel.ENTIRE_FILE:
        return True
    dopo = firma.diff_result
    if not isinstance(dopo, DiffResult) or dopo.modification_level > ModificationLevel.LTA_UPDATES:
        return False
    flusso = firma.reader.stream
    flusso.seek(0)
    coda = flusso.read().rpartition(b"%%EOF")[2]
    ultima = firma.signed_revision == firma.reader.xrefs.total_revisions - 1
    return not coda.strip() and not ultima


def _regge(firma: EmbeddedPdfSignature) -> bool:
    firma.compute_integrity_info()
    return (
        bool(firma.summarise_integrity_info()["docmdp_ok"]) and firma.coverage >= SignatureCoverageLevel.ENTIRE_REVISION
    )
