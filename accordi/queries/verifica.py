"""Public verification: what a code or an uploaded PDF proves (R14)."""

from dataclasses import dataclass, field

from django.conf import settings
from django.utils.translation import gettext as _

from accordi.firma import DocumentoIllegibile, EsitoFirma, SigilloNonValido, apri_sigillo, valida
from accordi.models import Accordo, Firma, VersioneTesto
from accordi.queries.accordi import revisione_corrente
from accordi.stati import StatoAccordo
from core.archivio import impronta
from reti.queries.documento_verbale import verbale_conservato


@dataclass(frozen=True)
class Esame:
    """The answer about an uploaded file: `esito` is "autentico", "superato", "valido", "alterato" or "ignoto"."""

    esito: str
    frase: str
    impronta: str
    accordo: Accordo | None = None
    firme: list[EsitoFirma] = field(default_factory=list)


def accordo_verificabile(codice: str) -> Accordo | None:
    """The agreement with that verification code, once its text went out for signature."""
    return (
        Accordo.objects.exclude(stato=StatoAccordo.BOZZA)
        .filter(codice_verifica=codice)
        .select_related("protocollo")
        .first()
    )


def esamina(contenuto: bytes) -> Esame:
    """Compare with the documents kept here, then check every signature inside. Nothing is stored."""
    segno = impronta(contenuto)
    if verbale := verbale_conservato(segno):
        frase = _("Il documento è autentico: è il verbale approvato di «%s».") % verbale.incontro
        return Esame("autentico", frase, segno)
    accordo = _conservato(segno)
    try:
        firme = valida(contenuto, apri_sigillo(settings.SIGILLO_P12, settings.SIGILLO_PASSWORD).ancore)
    except DocumentoIllegibile as errore:
        return Esame("ignoto", str(errore), segno)
    except SigilloNonValido:
        firme = []
    if accordo:
        corrente = revisione_corrente(accordo)
        if corrente and corrente.impronta == segno:
            return Esame(
                "autentico", _("Il documento è autentico ed è la versione più recente."), segno, accordo, firme
            )
        frase = _("Il documento è autentico, ma dopo ne è stata fatta una versione più recente.")
        return Esame("superato", frase, segno, accordo, firme)
    return Esame(*_giudizio(firme), segno, None, firme)


def _conservato(segno: str) -> Accordo | None:
    firma = Firma.objects.filter(impronta_dopo=segno).select_related("parte__accordo__protocollo").first()
    if firma:
        return firma.parte.accordo
    versione = VersioneTesto.objects.filter(impronta=segno).select_related("accordo__protocollo").first()
    return versione.accordo if versione else None


def _giudizio(firme: list[EsitoFirma]) -> tuple[str, str]:
    if not firme:
        return "ignoto", _("Il documento non è fra quelli conservati qui e non contiene firme.")
    if not all(f.valida or (f.integra and not f.fidata) for f in firme):
        return "alterato", _("Il documento è stato modificato dopo la firma: non è quello firmato.")
    if all(f.fidata for f in firme) and firme[-1].copre_tutto:
        return "valido", _(
            "Le firme sono integre e del nostro sigillo, ma il file non è identico a quello conservato qui."
        )
    return "ignoto", _("Il documento non è fra quelli conservati qui, e le firme non sono del nostro sigillo.")
