"""Timestamps asked for again in the background, when the authority was down at signing."""

from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django_tasks import task
from pyhanko.sign.timestamps import HTTPTimeStamper

from accordi.firma import MarcaNonOttenuta, marca_staccata
from accordi.models import Firma, MarcaTemporale
from core.orologio import adesso
from core.registro import annota

PAUSE_MINUTI = (1, 5, 15, 60, 240, 720, 1440)
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
