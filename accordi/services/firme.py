"""Signing online: the person's second factor, then the platform seal in the party's own field (R02-R05, R10)."""

import secrets
from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from pyhanko.sign.timestamps import HTTPTimeStamper

from accordi.documento import timbro
from accordi.firma import Apposizione, MarcaNonOttenuta, SigilloNonValido, apri_sigillo, sigilla
from accordi.models import Accordo, Firma, Parte
from accordi.permissions import motivo_rifiuto_firma
from accordi.queries.accordi import Revisione, revisione_corrente
from accordi.queries.marche import MARCA_IN_ATTESA
from accordi.scelte import Livello
from accordi.services import secondo_fattore
from accordi.services.conclusione import concludi_firma
from accordi.services.marche import recupera_marca
from core.archivio import impronta
from core.errori import Rifiuto
from core.orologio import adesso
from reti.models import Rappresentanza, Soggetto
from utenti.models import Utente

ATTESA_MARCA = 5  # seconds
SENZA_AUTORITA = "Nessuna autorità di marcatura configurata."


def firma_accordo(
    *, utente: Utente, parte: Parte, impronta_vista: str, codice: str, evidenza: Mapping[str, Any]
) -> Firma:
    """Sign for `parte` the document whose fingerprint the person has seen.

    `codice` is the second factor; `evidenza` what the view knows of the person
    (address, browser). In one transaction: the code is spent, the sealed
    document is stored under a new name, the signature and its audit line are
    written, and what follows a signature happens (services.conclusione). A
    failure leaves everything as it was before, at most with a file that nothing names.

    Raises PermissionDenied (no powers, signed already, level too low) and
    Rifiuto (document changed meanwhile, wrong code, seal not valid).
    """
    _controlla(utente, parte, impronta_vista)
    secondo_fattore.conta_tentativo(utente=utente, parte=parte)
    with transaction.atomic():
        accordo = Accordo.objects.select_for_update().get(pk=parte.accordo_id)
        parte = accordo.parti.select_related("soggetto").get(pk=parte.pk)
        parte.accordo = accordo
        revisione, poteri = _controlla(utente, parte, impronta_vista)
        metodo = secondo_fattore.spendi(utente=utente, parte=parte, codice=codice)
        firma = _apponi(utente, parte, revisione, poteri, {"metodo": metodo, **evidenza})
        concludi_firma(utente, accordo, firma)
    return firma


def _controlla(utente: Utente, parte: Parte, impronta_vista: str) -> tuple[Revisione, Rappresentanza]:
    motivo = motivo_rifiuto_firma(utente, parte)
    if motivo:
        raise PermissionDenied(motivo)
    revisione = revisione_corrente(parte.accordo)
    if revisione is None or revisione.impronta != impronta_vista:
        raise Rifiuto(
            _("Il documento è cambiato mentre lo leggevi: un'altra parte ha firmato. Apri quello nuovo e riprova.")
        )
    poteri = Rappresentanza.objects.valide().filter(utente=utente, soggetto=parte.soggetto, puo_firmare=True)
    return revisione, poteri.order_by("pk")[0]


def _apponi(
    utente: Utente, parte: Parte, revisione: Revisione, poteri: Rappresentanza, evidenza: dict[str, Any]
) -> Firma:
    with revisione.pdf.open("rb") as file:
        documento = file.read()
    if impronta(documento) != revisione.impronta:
        raise Rifiuto(_("Il documento conservato non è integro: non si può firmare. Avvisa la Provincia."))
    ora = adesso()
    qualita = f"{poteri.get_titolo_display()} di {parte.soggetto}"[:200]
    firmato, marca, da_recuperare = _sigilla(documento, utente, parte, qualita)
    firma = Firma(
        parte=parte,
        versione=revisione.versione,
        utente=utente,
        qualita=qualita,
        livello=Livello.SEMPLICE,
        firmata_il=ora,
        impronta_prima=revisione.impronta,
        impronta_dopo=impronta(firmato),
        marca_temporale=marca[:255],
        evidenza={**evidenza, "rappresentanza": poteri.pk, "email": utente.email},
    )
    # A fresh name: until the commit nothing points at it, and the previous document stays as it is.
    firma.pdf.save(f"{parte.accordo.codice}-{secrets.token_urlsafe(9)}.pdf", ContentFile(firmato), save=False)
    firma.full_clean()
    firma.save()
    if da_recuperare:
        recupera_marca.enqueue(firma.pk)
    return firma


def _sigilla(documento: bytes, utente: Utente, parte: Parte, qualita: str) -> tuple[bytes, str, bool]:
    """(signed bytes, what is said of the timestamp, whether one must be asked for later)."""
    ora = adesso()
    apposizione = Apposizione(
        campo=parte.campo,
        timbro=timbro(
            [
                f"Firmato da {utente.get_full_name()}",
                qualita,
                f"il {timezone.localtime(ora):%d/%m/%Y alle %H:%M:%S} (ora di Roma)",
                "Firma elettronica semplice con sigillo della piattaforma",
            ]
        ),
        motivo=f"{qualita}: {parte.accordo.titolo}",
        nome=utente.get_full_name(),
        luogo=str(Soggetto.objects.titolare()),
        quando=ora,
    )
    try:
        sigillo = apri_sigillo(settings.SIGILLO_P12, settings.SIGILLO_PASSWORD)
        if not settings.MARCA_TEMPORALE_URL:
            return sigilla(documento, apposizione, sigillo=sigillo, marcatore=None), SENZA_AUTORITA, False
        try:
            marcatore = HTTPTimeStamper(settings.MARCA_TEMPORALE_URL, timeout=ATTESA_MARCA)
            return sigilla(documento, apposizione, sigillo=sigillo, marcatore=marcatore), "", False
        except MarcaNonOttenuta as errore:
            senza = sigilla(documento, apposizione, sigillo=sigillo, marcatore=None)
            return senza, f"{MARCA_IN_ATTESA} {errore}.", True
    except SigilloNonValido as errore:
        raise Rifiuto(_("Non si può firmare: %s. Avvisa la Provincia.") % errore)
