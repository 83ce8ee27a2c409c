"""Whether and how an application is signed (CAD art. 65; R06)."""

from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from accordi.aggiunta import controlla_aggiunta, controlla_busta
from accordi.allegati import Richiesta
from accordi.fiducia import fiducia_corrente
from accordi.guasti import FirmaNonAmmessa, Guasto
from accordi.models import DocumentoIstanza, Istanza
from accordi.queries.contenuto import Casella
from accordi.queries.istanze import condizioni_mancanti
from accordi.queries.stampe import CAMPO_FIRMA, pdf_da_firmare
from accordi.validazione import EsameFirma, Fiducia, apri_pdf, e_busta
from core.orologio import adesso
from reti.models import Rappresentanza

PER_FIRMARE = {
    DocumentoIstanza.FIRMATA: ("pdf", "p7m", "jpg", "png"),
    DocumentoIstanza.IDENTITA: ("pdf", "jpg", "png"),
}


@dataclass(frozen=True)
class Sottoscrizione:
    """How it is signed, in words for the register; `mancano`: what must still be done."""

    come: str
    mancano: tuple[str, ...] = ()


def si_firma(istanza: Istanza, modalita: str) -> bool:
    """The call wants a signature, and the session isn't one by SPID or CIE."""
    return istanza.avviso.esige_firma_istanza and modalita != Istanza.Modalita.IDENTITA_DIGITALE


def sottoscrizione(istanza: Istanza, modalita: str) -> Sottoscrizione:
    """How this application would be signed if presented now, from a session of that kind.

    Certificates are judged without the network: revocation was asked when the file came.
    """
    if modalita == Istanza.Modalita.IDENTITA_DIGITALE:
        return Sottoscrizione(_("identificazione con SPID o CIE (art. 65 CAD): non serve firma"))
    if not istanza.avviso.esige_firma_istanza:
        return Sottoscrizione(_("non chiesta dall'avviso"))
    documenti = {d.richiesta: d for d in istanza.documenti.filter(richiesta__in=PER_FIRMARE)}
    firmata = documenti.get(DocumentoIstanza.FIRMATA)
    if firmata is None:
        return Sottoscrizione("", (_("Scarica il testo da firmare, firmalo e ricaricalo."),))
    with firmata.file.open("rb") as file:
        contenuto = file.read()
    try:
        esame = esamina_firmata(istanza, contenuto, fiducia=replace(fiducia_corrente(), scarica=None))
    except FirmaNonAmmessa as errore:
        if errore.guasto in (Guasto.RISCRITTO, Guasto.ALTERATO):
            return Sottoscrizione(
                "", (_("Il testo è cambiato dopo la firma: scaricalo di nuovo, firmalo e ricaricalo."),)
            )
        return Sottoscrizione("", (str(errore.guasto.label),))
    if esame:
        return Sottoscrizione(_("firma digitale di %s") % esame.nome)
    if DocumentoIstanza.IDENTITA not in documenti:
        return Sottoscrizione("", (_("Con la firma a mano serve anche il documento d'identità di chi firma."),))
    return Sottoscrizione(_("firma a mano, con copia del documento d'identità"))


def esamina_firmata(istanza: Istanza, contenuto: bytes, *, fiducia: Fiducia) -> EsameFirma | None:
    """The digital signature over the very text of the draft, by who may present for the leading body; None
    for a scan or a photo, which only a person can judge. Raises FirmaNonAmmessa.
    """
    testo, ora = pdf_da_firmare(istanza), adesso()
    if e_busta(contenuto):
        esame = controlla_busta(contenuto, testo, fiducia=fiducia, ora=ora)
    elif not contenuto.startswith(b"%PDF-") or _scansione(contenuto, testo):
        return None
    else:
        esame = controlla_aggiunta(contenuto, testo, campo=CAMPO_FIRMA, fiducia=fiducia, ora=ora)
    if not esame.codice_fiscale:
        raise FirmaNonAmmessa(Guasto.SENZA_CODICE_FISCALE)
    if esame.codice_fiscale not in _codici_attesi(istanza):
        raise FirmaNonAmmessa(Guasto.ALTRA_PERSONA)
    return esame


def _scansione(contenuto: bytes, testo: bytes) -> bool:
    """A PDF without signatures that isn't the text itself."""
    return not contenuto.startswith(testo) and not apri_pdf(contenuto).embedded_signatures


def _codici_attesi(istanza: Istanza) -> set[str]:
    poteri = Rappresentanza.objects.valide().filter(soggetto=istanza.capofila, puo_presentare=True)
    return set(poteri.exclude(codice_fiscale="").values_list("codice_fiscale", flat=True))


def caselle_firma(istanza: Istanza, modalita: str) -> list[Casella]:
    """Where the signed application and the identity card go; none where no signature is asked."""
    if not si_firma(istanza, modalita):
        return []
    caricati = {d.richiesta: d for d in istanza.documenti.filter(richiesta__in=PER_FIRMARE)}
    nomi = {
        DocumentoIstanza.FIRMATA: (
            _("Istanza firmata"),
            _("Il PDF o il .p7m con la tua firma digitale, oppure la scansione del foglio firmato a mano."),
        ),
        DocumentoIstanza.IDENTITA: (
            _("Documento d'identità di chi firma"),
            _("Solo se hai firmato a mano. Lo vede chi esamina l'istanza, non gli altri soggetti."),
        ),
    }
    return [
        Casella(
            Richiesta(r, nomi[r][0], nomi[r][1], obbligatorio=r == DocumentoIstanza.FIRMATA, formati=formati),
            None,
            caricati.get(r),
        )
        for r, formati in PER_FIRMARE.items()
    ]


def mancanti_per_presentare(istanza: Istanza, modalita: str) -> list[str]:
    """Everything that keeps this application from being presented from a session of that kind."""
    return [*condizioni_mancanti(istanza), *sottoscrizione(istanza, modalita).mancano]
