"""Files of an application: put, replace, take away while it is a draft; send with an answer during the examination."""

from collections.abc import Sequence
from datetime import datetime

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.core.files.base import File
from django.db import transaction
from django.utils.translation import gettext as _

from accordi.allegati import Richiesta, controlla, estensione, impronta_di, richieste
from accordi.fiducia import fiducia_corrente
from accordi.guasti import FirmaNonAmmessa, Guasto
from accordi.models import DocumentoIstanza, Istanza, Sospensione
from accordi.permissions import motivo_rifiuto_candida, puo_gestire_istanza
from accordi.queries.sottoscrizione import PER_FIRMARE, esamina_firmata
from accordi.revoca import StatoRevoca
from accordi.services.chiusura import esigi_non_chiuso
from accordi.services.decadenza import fa_decadere_la_conferma_di, fa_decadere_le_conferme
from accordi.services.istanze import bloccata
from accordi.stati import StatoIstanza
from core.errori import Rifiuto
from core.registro import annota
from reti.models import Soggetto
from utenti.models import Utente

FORMATI_RISPOSTA = ("pdf", "p7m", "docx", "xlsx", "jpg", "png")
FILE_PER_RISPOSTA = 10


@transaction.atomic
def carica_documento(
    *,
    utente: Utente,
    istanza: Istanza,
    richiesta: str,
    file: File,
    soggetto: Soggetto | None = None,
    arrivata_il: datetime | None = None,
) -> DocumentoIstanza:
    """Put one file in its place in the draft; what stood there goes.

    `richiesta`: id of the call's block, or FIRMATA / IDENTITA. A body that isn't the leading one puts
    only what is asked of itself. Refuses a request that came after the closing (`arrivata_il`), another format,
    more than 20 MB, a content that isn't what the name says.
    """
    istanza = _bozza(utente, istanza, soggetto, arrivata_il)
    controlla(file, _formati(istanza, richiesta, soggetto))
    istanza.documenti.filter(richiesta=richiesta, soggetto=soggetto).scarta()
    documento = _conserva(utente, istanza, file, richiesta=richiesta, soggetto=soggetto)
    annota(utente, "istanza.documento_caricato", istanza, nome=documento.nome, impronta=documento.impronta)
    _riconfermare(utente, istanza, soggetto)
    return documento


def carica_firmata(
    *, utente: Utente, istanza: Istanza, file: File, arrivata_il: datetime | None = None
) -> DocumentoIstanza:
    """Take back the application that was downloaded and signed (CAD art. 65).

    A digital signature is checked before anything is locked, because revocation services may be slow: over the
    very text of the draft, by somebody who may present for the leading body. A scan is kept as it is.
    """
    controlla(file, PER_FIRMARE[DocumentoIstanza.FIRMATA])
    contenuto = file.read()
    file.seek(0)
    try:
        esame = esamina_firmata(istanza, contenuto, fiducia=fiducia_corrente())
    except FirmaNonAmmessa as errore:
        raise Rifiuto(str(errore.guasto.label), code=errore.guasto.value) from errore
    if esame and esame.revoca.stato == StatoRevoca.NON_VERIFICABILE and settings.REVOCA_IGNOTA_RIFIUTA:
        raise Rifiuto(str(Guasto.REVOCA_IGNOTA.label))
    dati = {"richiesta": DocumentoIstanza.FIRMATA, "file": file, "arrivata_il": arrivata_il}
    return carica_documento(utente=utente, istanza=istanza, **dati)


@transaction.atomic
def togli_documento(
    *, utente: Utente, istanza: Istanza, documento: DocumentoIstanza, arrivata_il: datetime | None = None
) -> None:
    """Take a file away from the draft, for good."""
    istanza = _bozza(utente, istanza, documento.soggetto, arrivata_il)
    if documento.istanza_id != istanza.pk:
        raise PermissionDenied(_("Il documento è di un'altra istanza."))
    istanza.documenti.filter(pk=documento.pk).scarta()
    annota(utente, "istanza.documento_tolto", istanza, nome=documento.nome)
    _riconfermare(utente, istanza, documento.soggetto)


def allega_risposta(
    *, utente: Utente, istanza: Istanza, sospensione: Sospensione, file: Sequence[File]
) -> list[DocumentoIstanza]:
    """Keep the files sent with an answer, in the caller's transaction and under its lock."""
    if len(file) > FILE_PER_RISPOSTA:
        raise Rifiuto(_("Puoi mandare al massimo %d file: riuniscili.") % FILE_PER_RISPOSTA)
    for uno in file:
        controlla(uno, FORMATI_RISPOSTA)
    dati = {"richiesta": DocumentoIstanza.INTEGRAZIONE, "sospensione": sospensione}
    return [_conserva(utente, istanza, uno, **dati) for uno in file]


def _bozza(utente: Utente, istanza: Istanza, soggetto: Soggetto | None, arrivata_il: datetime | None) -> Istanza:
    istanza = bloccata(istanza)
    partecipa = soggetto is not None and istanza.partecipanti.filter(soggetto=soggetto).exists()
    propria = partecipa and not motivo_rifiuto_candida(utente, soggetto)
    if not (propria or puo_gestire_istanza(utente, istanza)):
        raise PermissionDenied(_("Carica i documenti chi può presentare istanze per il soggetto."))
    if istanza.stato != StatoIstanza.BOZZA:
        raise Rifiuto(_("L'istanza è già stata presentata e non si può più modificare."))
    esigi_non_chiuso(istanza.avviso, arrivata_il)
    return istanza


def _riconfermare(utente: Utente, istanza: Istanza, soggetto: Soggetto | None) -> None:
    """Whose confirmation a changed file touches: everyone's, or the body's when another changed it."""
    if soggetto is None:
        fa_decadere_le_conferme(utente, istanza)
    elif motivo_rifiuto_candida(utente, soggetto):
        fa_decadere_la_conferma_di(utente, istanza, soggetto)


def _formati(istanza: Istanza, richiesta: str, soggetto: Soggetto | None) -> Sequence[str]:
    if richiesta in PER_FIRMARE and soggetto is None:
        return PER_FIRMARE[richiesta]
    chiesta: Richiesta | None = next(
        (r for r in richieste(istanza.avviso.documenti_richiesti) if r.id == richiesta), None
    )
    if chiesta is None or chiesta.di_ogni_soggetto != (soggetto is not None):
        raise Rifiuto(_("L'avviso non chiede più questo documento: ricarica la pagina."))
    if soggetto and not istanza.partecipanti.filter(soggetto=soggetto).exists():
        raise Rifiuto(_("%s non è nella rete: aggiungilo prima di caricare i suoi documenti.") % soggetto)
    return chiesta.formati


def _conserva(utente: Utente, istanza: Istanza, file: File, **campi: object) -> DocumentoIstanza:
    documento = DocumentoIstanza(
        istanza=istanza,
        nome=(file.name or "").rsplit("/", 1)[-1].rsplit("\\", 1)[-1][-200:],
        dimensione=file.size,
        impronta=impronta_di(file),
        caricato_da=utente,
        **campi,
    )
    # The archive's name is ours: what the person's machine called the file is kept as text only.
    documento.file.save(f"{documento.codice}.{estensione(documento.nome)}", file, save=False)
    documento.full_clean()
    documento.save()
    return documento
