"""Public verification: what a code or an uploaded file proves (R14). Nothing of the file is kept."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accordi.fiducia import fiducia_corrente
from accordi.guasti import FirmaNonAmmessa, Guasto
from accordi.models import Accordo, Firma, VersioneTesto
from accordi.queries.accordi import revisione_corrente
from accordi.queries.accreditamento import come_oggi
from accordi.queries.convalida import frase_del_file, frase_della_firma
from accordi.stati import StatoAccordo
from accordi.validazione import EsameFirma, Fiducia, e_busta, esamina_busta, esamina_pdf
from core.archivio import impronta
from core.orologio import adesso
from reti.queries.documento_verbale import verbale_conservato


@dataclass(frozen=True)
class FirmaLetta:
    """One signature of the file: whose party it is, when it is one of ours, and what is known of revocation."""

    esame: EsameFirma
    frase: str
    revoca: str
    parte: str = ""


@dataclass(frozen=True)
class Esame:
    """The answer about an uploaded file: `esito` is "autentico", "superato", "valido", "alterato" or "ignoto".

    `accordo` only while anyone may verify it by its code; `dettaglio`: which version, with how many signatures.
    """

    esito: str
    frase: str
    impronta: str
    accordo: Accordo | None = None
    dettaglio: str = ""
    firme: Sequence[FirmaLetta] = field(default_factory=tuple)


@dataclass(frozen=True)
class Conservato:
    """A document kept here: its version, and the signatures in it, in order."""

    versione: VersioneTesto
    firme: Sequence[Firma]

    @property
    def accordo(self) -> Accordo:
        return self.versione.accordo

    @property
    def impronta(self) -> str:
        return self.firme[-1].impronta_dopo if self.firme else self.versione.impronta

    @property
    def ora(self) -> datetime:
        """When its signatures are judged: as the last one reached us, which we saw."""
        return self.firme[-1].firmata_il if self.firme else self.versione.congelata_il


def accordo_verificabile(codice: str) -> Accordo | None:
    """The agreement with that verification code, once its text went out for signature."""
    return (
        come_oggi(Accordo.objects.exclude(stato=StatoAccordo.BOZZA))
        .filter(codice_verifica=codice, versioni__isnull=False)
        .select_related("protocollo")
        .distinct()
        .first()
    )


def esamina(contenuto: bytes) -> Esame:
    """Compare a PDF or a .p7m with what is kept here, then check every signature inside."""
    segno = impronta(contenuto)
    if verbale := verbale_conservato(segno):
        frase = _("Il documento è autentico: è il verbale approvato di «%s».") % verbale.incontro
        return Esame("autentico", frase, segno)
    conservato = _conservato(segno)
    try:
        interno, esami = _esami(contenuto, conservato)
    except FirmaNonAmmessa as errore:
        return Esame("ignoto", frase_del_file(errore.guasto), segno)
    if conservato:
        return _nostro(segno, *_posto(conservato), conservato, [_letta(e, conservato) for e in esami])
    firme = [_letta(e, None) for e in esami]
    if interno and (dentro := _conservato(impronta(interno))):
        _esito, frase = _posto(dentro)
        frase = _("La busta non è fra le firme raccolte qui. Quello che contiene, invece: %s") % frase
        return _nostro(segno, "superato", frase, dentro, firme)
    return Esame(*_giudizio(esami), segno, firme=firme)


def _nostro(segno: str, esito: str, frase: str, conservato: Conservato, firme: list[FirmaLetta]) -> Esame:
    accordo = conservato.accordo if conservato.accordo.stato != StatoAccordo.BOZZA else None
    return Esame(esito, frase, segno, accordo, _dettaglio(conservato), firme)


def _conservato(segno: str) -> Conservato | None:
    firme = Firma.objects.select_related("versione__accordo__protocollo", "parte__soggetto")
    # An envelope leaves the document as it is: the last signature with these bytes is where it stands.
    firma = (
        firme.filter(impronta_dopo=segno).order_by("pk").last()
        or firme.filter(evidenza__impronta_busta=segno).order_by("pk").last()
    )
    if firma:
        return Conservato(firma.versione, list(firme.filter(versione=firma.versione, pk__lte=firma.pk).order_by("pk")))
    versione = VersioneTesto.objects.filter(impronta=segno).select_related("accordo__protocollo").first()
    return Conservato(versione, []) if versione else None


def _esami(contenuto: bytes, conservato: Conservato | None) -> tuple[bytes, list[EsameFirma]]:
    """(document inside the envelope if it is one, signatures). Ours are judged when they came, and not asked again."""
    fiducia = fiducia_corrente(con_sigillo=True)
    if conservato:
        fiducia = Fiducia(fiducia.ancore)
    ora = conservato.ora if conservato else adesso()
    if e_busta(contenuto):
        interno, esame = esamina_busta(contenuto, fiducia=fiducia, ora=ora)
        return interno, [esame]
    return b"", esamina_pdf(contenuto, fiducia=fiducia, ora=ora)


def _letta(esame: EsameFirma, conservato: Conservato | None) -> FirmaLetta:
    nostra = _registrata(esame, conservato.firme) if conservato else None
    revoca = (nostra.revoca if nostra else "") or str(esame.revoca.stato.label)
    return FirmaLetta(esame, frase_della_firma(esame), revoca, str(nostra.parte) if nostra else "")


def _registrata(esame: EsameFirma, firme: Sequence[Firma]) -> Firma | None:
    """The signature of ours that the file shows: by its field, or the one that the envelope is."""
    if esame.formato == Firma.Formato.CADES:
        return firme[-1] if firme else None
    return next((f for f in firme if f.formato == esame.formato and f.parte.campo == esame.campo), None)


def _posto(conservato: Conservato) -> tuple[str, str]:
    """(outcome, sentence) of a document kept here: current, earlier, superseded, withdrawn."""
    accordo, ultima = conservato.accordo, conservato.accordo.versioni.last()
    if conservato.versione != ultima:
        return "superato", _(
            "Il documento è autentico, ma il suo testo è stato corretto: oggi vale la versione %d, con altre firme."
        ) % ultima.numero
    if accordo.stato == StatoAccordo.BOZZA:
        return "superato", _("Il documento è autentico, ma il testo è stato ritirato dalla firma: non vale.")
    if accordo.stato in (StatoAccordo.ANNULLATO, StatoAccordo.RIFIUTATO):
        return "superato", _("Il documento è autentico, ma non è mai stato firmato da tutti e non vale: %s.") % (
            accordo.get_stato_display().lower()
        )
    if conservato.impronta != revisione_corrente(accordo).impronta:
        return "superato", _("Il documento è autentico, ma dopo ne è stata fatta una versione più recente.")
    return "autentico", _("Il documento è autentico ed è la versione più recente.")


def _dettaglio(conservato: Conservato) -> str:
    quante = conservato.accordo.parti.filter(firma_la_modifica=True).count()
    return ngettext(
        "Versione %(n)d del testo, con %(k)d firma su %(tot)d.",
        "Versione %(n)d del testo, con %(k)d firme su %(tot)d.",
        len(conservato.firme),
    ) % {"n": conservato.versione.numero, "k": len(conservato.firme), "tot": quante}


def _giudizio(esami: Sequence[EsameFirma]) -> tuple[str, str]:
    """(outcome, sentence) of a file that isn't ours."""
    if not esami:
        return "ignoto", _("Il documento non è fra quelli conservati qui e non contiene firme.")
    if not all(e.integra for e in esami):
        return "alterato", _("Il documento è stato modificato dopo la firma: non è quello firmato.")
    if any(e.guasto == Guasto.CATENA for e in esami):
        return "ignoto", _(
            "Il documento non è fra quelli conservati qui, "
            "e almeno una firma viene da un'autorità che non riconosciamo."
        )
    if not all(e.valida for e in esami):
        return "ignoto", _("Il documento non è fra quelli conservati qui, e almeno una firma non è valida.")
    if not esami[-1].copre_tutto and not esami[-1].aggiunte:
        return "ignoto", _("Il documento non è fra quelli conservati qui, e le firme non lo coprono tutto.")
    return "valido", _(
        "Il documento non è fra quelli conservati qui. Le firme che contiene sono valide, "
        "di autorità che riconosciamo: non diciamo niente del suo contenuto."
    )
