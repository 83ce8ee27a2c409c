"""Reports on the accessibility of the site: received, answered within the term, closed (R60)."""

from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from core.errori import Rifiuto
from core.orologio import oggi
from core.posta import accoda
from core.registro import annota
from punti_informativi import permissions
from punti_informativi.models import Segnalazione


@transaction.atomic
def segnala(*, testo: str, pagina: str = "", email: str = "") -> Segnalazione:
    """Open a case; who left an address gets a mail with the last day of the term and the link to the answer."""
    segnalazione = Segnalazione(testo=testo.strip(), pagina=pagina, email=email, ricevuta_il=oggi())
    segnalazione.full_clean()
    segnalazione.save()
    annota(None, "accessibilita_segnalata", segnalazione, entro=segnalazione.entro.isoformat())
    _scrivi(segnalazione, email, "segnalazione_ricevuta", _("Abbiamo ricevuto la tua segnalazione"))
    return segnalazione


@transaction.atomic
def rispondi(*, utente: Any, segnalazione: Segnalazione, risposta: str) -> Segnalazione:
    """Close the case with an answer, sent to who left an address; the address is then erased.

    Refuses a case that has its answer, and an empty one.
    """
    if rifiuto := permissions.motivo_rifiuto_rispondi(utente):
        raise PermissionDenied(rifiuto)
    segnalazione = Segnalazione.objects.select_for_update().get(pk=segnalazione.pk)
    if segnalazione.chiusa_il:
        raise Rifiuto(_("A questa segnalazione è già stato risposto: la risposta non si cambia."))
    if not risposta.strip():
        raise Rifiuto(_("Scrivi la risposta: che cosa avete corretto, o che cosa può fare intanto chi ha scritto."))
    email, segnalazione.email = segnalazione.email, ""
    segnalazione.risposta, segnalazione.chiusa_il, segnalazione.chiusa_da = risposta.strip(), oggi(), utente
    segnalazione.full_clean()
    segnalazione.save()
    annota(utente, "accessibilita_risposta", segnalazione, in_ritardo=segnalazione.in_ritardo)
    _scrivi(segnalazione, email, "segnalazione_chiusa", _("La risposta alla tua segnalazione"))
    return segnalazione


def _scrivi(segnalazione: Segnalazione, email: str, modello: str, oggetto: str) -> None:
    if not email:
        return
    with override(settings.LANGUAGE_CODE):
        indirizzo = settings.INDIRIZZO_PUBBLICO + reverse("punti:segnalazione", args=[segnalazione.codice])
        accoda(
            chiave=f"{modello}-{segnalazione.codice}",
            destinatario=email,
            oggetto=oggetto,
            testo=render_to_string(
                f"punti_informativi/email/{modello}.txt", {"segnalazione": segnalazione, "indirizzo": indirizzo}
            ),
            riservato=True,
            riferimento=f"segnalazione-{segnalazione.pk}",
        )
