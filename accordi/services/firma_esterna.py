"""A document signed outside with one's own certificate comes back: checked and stored (R02, R03, R10)."""

import secrets
from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import Q
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from accordi.aggiunta import controlla_aggiunta, controlla_busta
from accordi.fiducia import fiducia_corrente
from accordi.guasti import FirmaNonAmmessa, Guasto
from accordi.models import Accordo, Firma, Parte
from accordi.permissions import motivo_rifiuto_firma_esterna
from accordi.queries.accordi import Revisione, revisione_corrente
from accordi.queries.giro import basta, livello_dovuto, poteri_di_firma
from accordi.revoca import StatoRevoca
from accordi.services.conclusione import concludi_firma
from accordi.services.marche import recupera_marca
from accordi.validazione import EsameFirma, e_busta, impronta_della_firma
from core.archivio import impronta
from core.errori import Rifiuto
from core.orologio import adesso
from reti.models import Rappresentanza
from utenti.models import Utente

SENZA_MARCA = "Il programma usato per firmare non l'ha apposta."


def firma_dall_esterno(*, utente: Utente, parte: Parte, contenuto: bytes, evidenza: Mapping[str, Any]) -> Firma:
    """Accept `contenuto`, the document that `utente` signed outside for `parte`: a PDF, or a .p7m where allowed.

    Checked before the lock, because revocation services may be slow; then, in
    one transaction, everything that may have changed meanwhile is checked
    again, the signature is stored and what follows happens (services.conclusione).
    Raises PermissionDenied and Rifiuto, whose sentence says what is wrong with
    the file and what to do; nothing changes then.
    """
    revisione, poteri = _controlla(utente, parte)
    documento = _leggi(revisione)
    esame = _esamina(contenuto, documento, parte, revisione)
    _esigi_chi_e_come(esame, parte, poteri)
    with transaction.atomic():
        accordo = Accordo.objects.select_for_update().get(pk=parte.accordo_id)
        parte = accordo.parti.select_related("soggetto").get(pk=parte.pk)
        parte.accordo = accordo
        ancora, poteri = _controlla(utente, parte)
        if ancora.impronta != revisione.impronta:
            raise Rifiuto(_superato())
        _esigi_chi_e_come(esame, parte, poteri)
        _esigi_nuova(contenuto, ancora)
        firma = _registra(utente, parte, revisione, poteri, esame, contenuto, evidenza)
        concludi_firma(utente, accordo, firma)
    return firma


def _controlla(utente: Utente, parte: Parte) -> tuple[Revisione, Rappresentanza]:
    if motivo := motivo_rifiuto_firma_esterna(utente, parte):
        raise PermissionDenied(motivo)
    return revisione_corrente(parte.accordo), poteri_di_firma(utente, parte).exclude(codice_fiscale="")[0]


def _leggi(revisione: Revisione) -> bytes:
    with revisione.pdf.open("rb") as file:
        documento = file.read()
    if impronta(documento) != revisione.impronta:
        raise Rifiuto(_("Il documento conservato non è integro: non si può firmare. Avvisa la Provincia."))
    return documento


def _esamina(contenuto: bytes, documento: bytes, parte: Parte, revisione: Revisione) -> EsameFirma:
    fiducia, ora = fiducia_corrente(), adesso()
    try:
        if e_busta(contenuto):
            if not parte.accordo.accetta_p7m:
                raise FirmaNonAmmessa(Guasto.P7M_NON_AMMESSO)
            return controlla_busta(contenuto, documento, fiducia=fiducia, ora=ora)
        return controlla_aggiunta(contenuto, documento, campo=parte.campo, fiducia=fiducia, ora=ora)
    except FirmaNonAmmessa as errore:
        if errore.guasto in (Guasto.ALTERATO, Guasto.RISCRITTO) and _su_una_revisione_di_prima(contenuto, revisione):
            raise Rifiuto(_superato())
        raise Rifiuto(str(errore.guasto.label), code=errore.guasto.value)


def _su_una_revisione_di_prima(contenuto: bytes, revisione: Revisione) -> bool:
    """Signed over the document as it was before someone else signed."""
    with revisione.versione.pdf.open("rb") as file:
        return bool(revisione.firme) and contenuto.startswith(file.read())


def _superato() -> str:
    return _(
        "Mentre firmavi, un'altra parte ha firmato: il tuo file non ha la sua firma. Prendi il documento di nuovo, "
        "firmalo e ricaricalo."
    )


def _esigi_chi_e_come(esame: EsameFirma, parte: Parte, poteri: Rappresentanza) -> None:
    """The person expected, at the level asked of `parte`, with a certificate known not to be revoked."""
    if not esame.codice_fiscale:
        raise _rifiuto(Guasto.SENZA_CODICE_FISCALE)
    if esame.codice_fiscale != poteri.codice_fiscale:
        raise _rifiuto(Guasto.ALTRA_PERSONA)
    if not basta(esame.livello, livello_dovuto(parte)):
        raise _rifiuto(Guasto.LIVELLO)
    if esame.revoca.stato == StatoRevoca.NON_VERIFICABILE and settings.REVOCA_IGNOTA_RIFIUTA:
        raise _rifiuto(Guasto.REVOCA_IGNOTA)


def _esigi_nuova(contenuto: bytes, revisione: Revisione) -> None:
    """An envelope leaves the document as it was: sent twice, or written otherwise, it must not sign for a second body.

    Signatures kept before `impronta_firma` are known by the bytes of their envelope.
    """
    if not e_busta(contenuto):
        return
    gia_data = Q(evidenza__impronta_busta=impronta(contenuto)) | Q(
        evidenza__impronta_firma=impronta_della_firma(contenuto)
    )
    if revisione.versione.firme.filter(gia_data).exists():
        raise Rifiuto(_("Questa busta .p7m è già stata registrata: per un'altra parte firma di nuovo il documento."))


def _rifiuto(guasto: Guasto) -> Rifiuto:
    return Rifiuto(str(guasto.label), code=guasto.value)


def _registra(
    utente: Utente,
    parte: Parte,
    revisione: Revisione,
    poteri: Rappresentanza,
    esame: EsameFirma,
    contenuto: bytes,
    evidenza: Mapping[str, Any],
) -> Firma:
    cades = esame.formato == Firma.Formato.CADES
    firma = Firma(
        parte=parte,
        versione=revisione.versione,
        utente=utente,
        qualita=f"{poteri.get_titolo_display()} di {parte.soggetto}"[:200],
        livello=esame.livello,
        formato=esame.formato,
        certificato_di=esame.nome[:255],
        certificato_cf=esame.codice_fiscale,
        revoca=_revoca_in_parole(esame),
        firmata_il=adesso(),
        impronta_prima=revisione.impronta,
        impronta_dopo=revisione.impronta if cades else impronta(contenuto),
        marca_temporale="" if esame.marca else SENZA_MARCA,
        evidenza={**evidenza, **_referto(esame), "rappresentanza": poteri.pk, "email": utente.email},
    )
    nome = f"{parte.accordo.codice}-{secrets.token_urlsafe(9)}"
    if cades:
        # The document isn't touched: the envelope carries a copy of it.
        firma.pdf.name = revisione.pdf.name
        firma.busta.save(f"{nome}.pdf.p7m", ContentFile(contenuto), save=False)
        firma.evidenza |= {
            "impronta_busta": impronta(contenuto),
            "impronta_firma": impronta_della_firma(contenuto),
        }
    else:
        firma.pdf.save(f"{nome}.pdf", ContentFile(contenuto), save=False)
    firma.full_clean()
    firma.save()
    if not esame.marca and settings.MARCA_TEMPORALE_URL:
        recupera_marca.enqueue(firma.pk)
    return firma


def _revoca_in_parole(esame: EsameFirma) -> str:
    """What is known of revocation, and when it was asked."""
    dettagli = [esame.revoca.fonte] if esame.revoca.fonte else []
    if esame.revoca.quando:
        dettagli.append(_("dal %s, dopo la marca temporale") % f"{localtime(esame.revoca.quando):%d/%m/%Y %H:%M}")
    parole = ", ".join([str(esame.revoca.stato.label), *dettagli])
    return _("%(parole)s (controllo del %(quando)s)") % {
        "parole": parole,
        "quando": f"{localtime(adesso()):%d/%m/%Y %H:%M}",
    }


def _referto(esame: EsameFirma) -> dict[str, Any]:
    """The validation report that stays with the signature."""
    return {
        "metodo": "firma digitale propria",
        "campo": esame.campo,
        "emittente": esame.emittente,
        "certificato_dal": esame.valido_dal.isoformat(),
        "certificato_al": esame.valido_al.isoformat(),
        "giudicato_al": esame.istante.isoformat(),
        "dichiarata_il": esame.dichiarata_il.isoformat() if esame.dichiarata_il else "",
        "marca": esame.marca.isoformat() if esame.marca else "",
        "marca_autorita": esame.marca_autorita,
        "revoca": esame.revoca.stato.value,
        "revoca_fonte": str(esame.revoca.fonte),
    }
