"""Timestamps asked for again in the background, when the authority was down at signing."""

from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _
from django_tasks import task
from pyhanko.sign.timestamps import HTTPTimeStamper

from accordi.firma import MarcaNonOttenuta, marca_staccata
from accordi.models import Accordo, Firma, MarcaTemporale
from accordi.queries.marche import PAUSE_MINUTI, firme_senza_marca
from accordi.services.passaggi import esigi_gestione
from core.errori import Rifiuto
from core.orologio import adesso
from core.registro import annota
from utenti.models import Utente

ATTESA = 15  # seconds


@task()
def recupera_marca(firma_id: int, tentativo: int = 0) -> str:
    """Ask for a detached timestamp on a signed document; safe to run again. Returns what happened.

    The authority's own instant is kept: it says when the mark was made, later
    than the signature.
    """
    firma = Firma.objects.select_related("parte__accordo").get(pk=firma_id)
    if MarcaTemporale.objects.filter(firma=firma).exists():
        return "già presente"
    if not settings.MARCA_TEMPORALE_URL:
        return "rinunciato: nessuna autorità configurata"
    try:
        marcatore = HTTPTimeStamper(settings.MARCA_TEMPORALE_URL, timeout=ATTESA)
        gettone, istante = marca_staccata(bytes.fromhex(firma.impronta_dopo), marcatore)
    except MarcaNonOttenuta as errore:
        if tentativo >= len(PAUSE_MINUTI):
            return f"rinunciato: {errore}"
        prossimo = adesso() + timedelta(minutes=PAUSE_MINUTI[tentativo])
        recupera_marca.using(run_after=prossimo).enqueue(firma_id, tentativo + 1)
        return f"da riprovare: {errore}"
    with transaction.atomic():
        _marca, nuova = MarcaTemporale.objects.get_or_create(
            firma=firma,
            defaults={"istante": istante, "autorita": settings.MARCA_TEMPORALE_URL, "gettone": gettone},
        )
        if nuova:
            annota(None, "accordo.marca_ottenuta", firma.parte.accordo, firma=firma.pk, istante=istante.isoformat())
    return "ottenuta"


def richiedi_marche(*, utente: Utente, accordo: Accordo) -> None:
    """Ask now for the timestamps that the signatures of an agreement still lack, and again later for those refused.

    Refuses when none is missing, no authority is configured, or the authority doesn't answer.
    """
    esigi_gestione(utente, accordo)
    if not settings.MARCA_TEMPORALE_URL:
        raise Rifiuto(_("Non è configurata nessuna autorità di marcatura temporale: avvisa chi gestisce l'impianto."))
    firme = list(firme_senza_marca().filter(parte__accordo=accordo))
    if not firme:
        raise Rifiuto(_("Nessuna firma aspetta la marca temporale."))
    annota(utente, "accordo.marca_richiesta", accordo, firme=[f.pk for f in firme])
    esiti = [recupera_marca.func(f.pk) for f in firme]
    if any(esito.startswith("da riprovare") for esito in esiti):
        raise Rifiuto(
            _("L'autorità di marcatura temporale ancora non risponde: si riprova da soli nelle prossime ore.")
        )
